"""Search, ask and suggest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.routes.common import Asked, EngineNow, FiltersGiven, SettingsNow, allowed
from api.schemas import Suggestions
from retriever.answer import ask
from retriever.results import SearchResult, search, suggest
from retriever.types import Answer

router = APIRouter(prefix="/api", tags=["Sök"])
Limit = Annotated[int | None, Query(ge=1, le=500, description="Högst så många stycken")]


@router.get("/search", summary="Rankade stycken, deras avtal och facetter")
def get_search(
    q: Asked, engine: EngineNow, filters: FiltersGiven, settings: SettingsNow, limit: Limit = None
) -> SearchResult:
    """Every passage is scored; the `limit` best are returned."""
    return search(engine, q, filters, allowed(limit, settings))


@router.get("/ask", summary="Ett svar med källor")
def get_ask(
    q: Asked, engine: EngineNow, filters: FiltersGiven, settings: SettingsNow, limit: Limit = None
) -> Answer:
    """The set of agreements, a short fact, the best passages, or an honest no."""
    return ask(engine, q, filters, allowed(limit, settings))


@router.get("/suggest", summary="Titlar, parter och ord som finns i indexet")
def get_suggest(q: Asked, engine: EngineNow) -> Suggestions:
    """Ways to go on with what is typed."""
    return Suggestions(suggestions=suggest(engine, q))
