"""The box for other websites, and the description that lets a browser or an intranet search here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, JSONResponse, Response

from api.box.opensearch import description
from api.routes.common import BaseUrl, SuggesterNow

BOX_FOLDER = Path(__file__).parents[1] / "box"

router = APIRouter(include_in_schema=False)


@router.get("/avtalssok.js")
def get_box() -> FileResponse:
    """The custom element `<avtals-sok>`, for any page to load; which pages it answers in is a setting."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
    return FileResponse(BOX_FOLDER / "avtalssok.js", media_type="text/javascript", headers=headers)


@router.get("/sokruta")
def get_example() -> FileResponse:
    """The box shown, with the tag to paste."""
    return FileResponse(BOX_FOLDER / "example.html")


@router.get("/sokruta.css")
def get_example_style() -> FileResponse:
    """The style of the example page; the box has its own."""
    return FileResponse(BOX_FOLDER / "example.css")


@router.get("/opensearch.xml")
def get_description(address: BaseUrl) -> Response:
    """The OpenSearch description of this server."""
    return Response(description(address), media_type="application/opensearchdescription+xml; charset=utf-8")


@router.get("/opensearch/suggest")
def get_suggestions(suggester: SuggesterNow, q: Annotated[str, Query(max_length=1000)] = "") -> JSONResponse:
    """Suggestions in the form that browsers read: the words typed, and the completions."""
    texts = [item.text for item in suggester.suggest(q)]
    return JSONResponse([q, texts], media_type="application/x-suggestions+json")
