"""Pages of PDF originals as pictures, with the cited words boxed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from api.errors import NotFoundError
from api.rendering.page_picture import PagePicture, draw
from api.routes.common import EngineNow, revalidated
from corpus.types import FileFormat

router = APIRouter(prefix="/api", tags=["Avtal"])


@router.get(
    "/agreements/{agreement_id:path}/pages/{number}.png",
    summary="En sida av en PDF, med citatet inramat",
    response_class=Response,
    dependencies=[Depends(revalidated)],
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def get_page_picture(
    agreement_id: str,
    number: Annotated[int, Path(ge=1, description="Sidans nummer, från 1")],
    engine: EngineNow,
    start: Annotated[int, Query(ge=0, description="Citatets början i texten")] = 0,
    end: Annotated[int, Query(ge=0, description="Citatets slut i texten")] = 0,
) -> Response:
    """The page as it looks in the original. Other formats than PDF have no pages to show."""
    agreement = engine.index.agreements.get(agreement_id)
    document = agreement.document if agreement else None
    if document is None or document.format is not FileFormat.PDF:
        raise NotFoundError(f"avtalet {agreement_id} har ingen PDF att visa sidor ur")
    page = next((page for page in document.pages if page.number == number), None)
    if page is None:
        raise NotFoundError(
            f"avtalet {agreement_id} har {len(document.pages)} sidor, inte någon sida {number}"
        )
    quote = document.text[max(start, page.start) : min(end, page.end)]
    picture = PagePicture(engine.index.source_of(agreement_id), number, (quote,) if quote.strip() else ())
    return Response(draw(picture), media_type="image/png")
