"""Agreements: the list, one to read, its original file, and re-checking a citation."""

from __future__ import annotations

import mimetypes
from email.utils import format_datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from api.errors import NotFoundError
from api.routes.common import EngineNow, FiltersGiven, Offset, Paging, link_pages, revalidated
from api.schemas import AgreementCard, AgreementList, AgreementText, CitationBody
from corpus.types import Agreement
from indexer.store import Index
from retriever.citation import verify
from retriever.engine import Engine
from retriever.types import Verification

router = APIRouter(prefix="/api", tags=["Avtal"])


def _charset(path: Path) -> str:
    """The encoding a text file is in, as the reader decides it: a byte-order mark, UTF-8, else Windows-1252."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


_SHOWN_AS_IS = {
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}


@router.get("/agreements", summary="Avtalen i indexet", dependencies=[Depends(revalidated)])
def get_agreements(
    engine: EngineNow,
    filters: FiltersGiven,
    request: Request,
    response: Response,
    limit: Annotated[
        int | None, Query(ge=1, le=1000, description="Högst så många avtal; utelämnat: alla")
    ] = None,
    offset: Offset = 0,
) -> AgreementList:
    """The cards of the agreements that the filters let through, in id order."""
    matching = engine.agreements_in_scope(filters)
    most = limit or max(1, len(matching))
    link_pages(request, response, Paging(offset, most, len(matching)))
    return AgreementList(
        total=len(engine.index.agreements),
        matching=len(matching),
        offset=offset,
        agreements=tuple(
            AgreementCard.of(agreement, engine.index) for agreement in matching[offset : offset + most]
        ),
        generation=engine.index.generation,
    )


@router.get(
    "/agreements/{agreement_id:path}/source",
    summary="Originalfilen",
    response_class=FileResponse,
    response_model=None,
    responses={200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}},
    dependencies=[Depends(revalidated)],
)
def get_source(agreement_id: str, engine: EngineNow) -> FileResponse | JSONResponse:
    """The file as it was indexed; formats that could run script are only downloaded."""
    if agreement_id not in engine.index.agreements and f"{agreement_id}/source" in engine.index.agreements:
        card = AgreementText.of(_agreement(engine, f"{agreement_id}/source"), engine.index)
        return JSONResponse(card.model_dump(mode="json"))
    agreement = _agreement(engine, agreement_id)
    path = engine.index.source_of(agreement.agreement_id)
    name = engine.index.manifest.read_from[agreement.agreement_id].rpartition("/")[2]
    shown = _SHOWN_AS_IS.get(path.suffix)
    if path.suffix in (".txt", ".md"):
        shown = f"text/plain; charset={_charset(path)}"
    guessed = shown or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(
        path,
        headers=_named_by_content(engine.index, agreement.agreement_id),
        media_type=guessed,
        filename=name,
        content_disposition_type="inline" if shown else "attachment",
    )


@router.get(
    "/agreements/{agreement_id:path}",
    summary="Ett avtal med text och avsnitt",
    dependencies=[Depends(revalidated)],
)
def get_agreement(agreement_id: str, engine: EngineNow) -> AgreementText:
    """The canonical text with everything that points into it."""
    return AgreementText.of(_agreement(engine, agreement_id), engine.index)


@router.post("/verify", summary="Kontrollera ett citat")
def post_verify(citation: CitationBody, engine: EngineNow) -> Verification:
    """`exact`, `moved`, `changed` or `gone`, against the texts of the current generation."""
    return verify(citation.record(), engine.index.agreements)


def _named_by_content(index: Index, agreement_id: str) -> dict[str, str]:
    """What the stored copy's own time would say: when a generation was published, for whosever sake."""
    dates = index.manifest.dates.get(agreement_id)
    sha256 = index.manifest.sources[index.manifest.read_from[agreement_id]]
    changed = {} if dates is None else {"Last-Modified": format_datetime(dates.changed, usegmt=True)}
    return {"ETag": f'"{sha256[:32]}"', **changed}


def _agreement(engine: Engine, agreement_id: str) -> Agreement:
    found = engine.index.agreements.get(agreement_id)
    if found is None:
        raise NotFoundError(f"avtalet {agreement_id} finns inte i indexet; se /api/agreements")
    return found
