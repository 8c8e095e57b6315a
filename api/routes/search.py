"""Search, ask and suggest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.metrics import Metrics
from api.routes.common import (
    Asked,
    EngineNow,
    FiltersGiven,
    Limit,
    Offset,
    Paging,
    SettingsNow,
    SuggesterNow,
    Typed,
    allowed,
    link_pages,
    revalidated,
)
from api.schemas import Suggestions
from api.telemetry import measures_of
from retriever.answer import ask
from retriever.phrasing.phrase import with_phrasing
from retriever.results import SearchResult, search
from retriever.types import Answer

router = APIRouter(prefix="/api", tags=["Sök"], dependencies=[Depends(revalidated)])


@router.get("/search", summary="Rankade stycken, deras avtal och facetter")
def get_search(
    q: Asked,
    engine: EngineNow,
    filters: FiltersGiven,
    settings: SettingsNow,
    request: Request,
    response: Response,
    limit: Limit = None,
    offset: Offset = 0,
) -> SearchResult:
    """Every passage is scored; the `limit` best after the `offset` best are returned, of `total`."""
    most = allowed(limit, settings)
    found = search(engine, q, filters, most, offset)
    link_pages(request, response, Paging(offset, most, found.total))
    return found


@router.get("/ask", summary="Ett svar med källor")
def get_ask(
    q: Asked,
    engine: EngineNow,
    filters: FiltersGiven,
    settings: SettingsNow,
    request: Request,
    limit: Limit = None,
) -> Answer:
    """The set of agreements, a short fact, the best passages, or an honest no."""
    answer = ask(engine, q, filters, allowed(limit, settings))
    answer = with_phrasing(answer, q, request.app.state.language_model)
    if answer.phrased is not None and answer.phrased.failed:
        request.state.etag = None  # another time the model may answer
    metrics: Metrics = request.app.state.metrics
    metrics.answered(answer)
    request.state.measured = measures_of(answer)
    request.app.state.questions.record(q, answer)
    return answer


@router.get("/suggest", summary="Titlar, parter och ord som finns i indexet")
def get_suggest(
    q: Typed,
    suggester: SuggesterNow,
    limit: Annotated[int, Query(ge=1, le=20, description="Högst så många förslag")] = 8,
) -> Suggestions:
    """Ways to go on with what is typed; none for nothing."""
    items = suggester.suggest(q, limit)
    return Suggestions(suggestions=tuple(item.text for item in items), items=items)
