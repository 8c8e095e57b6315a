"""Feeds to subscribe to: last notice days, new agreements, and a search for intranets that federate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.feeds.atom import Feed, FeedEntry, as_atom
from api.feeds.calendar import as_calendar
from api.feeds.entries import arrivals, changed_at, notice_days
from api.routes.common import (
    Asked,
    BaseUrl,
    EngineNow,
    FiltersGiven,
    Limit,
    Offset,
    SettingsNow,
    allowed,
    revalidated,
)
from retriever.results import search

router = APIRouter(prefix="/api/feeds", tags=["Flöden"], dependencies=[Depends(revalidated)])

ATOM_TYPE = "application/atom+xml"
CALENDAR_TYPE = "text/calendar"
_ATOM_SAID: dict[int | str, dict[str, Any]] = {200: {"content": {ATOM_TYPE: {"schema": {"type": "string"}}}}}
_CALENDAR_SAID: dict[int | str, dict[str, Any]] = {
    200: {"content": {CALENDAR_TYPE: {"schema": {"type": "string"}}}}
}
Most = Annotated[int, Query(ge=1, le=1000, description="Högst så många avtal")]


@router.get(
    "/last-notice.ics",
    summary="Sista uppsägningsdagar som kalender",
    response_class=Response,
    responses=_CALENDAR_SAID,
)
def get_calendar(engine: EngineNow, filters: FiltersGiven, address: BaseUrl) -> Response:
    """Every last notice day that the cards hold, past ones too: a calendar keeps its history."""
    days = notice_days(engine.index, engine.agreements_in_scope(filters))
    content = as_calendar(days, address, changed_at(engine.index))
    return Response(content, media_type=f"{CALENDAR_TYPE}; charset=utf-8")


@router.get(
    "/last-notice.atom",
    summary="Sista uppsägningsdagar som närmar sig",
    response_class=Response,
    responses=_ATOM_SAID,
)
def get_notice_feed(
    engine: EngineNow,
    filters: FiltersGiven,
    address: BaseUrl,
    request: Request,
    within: Annotated[int, Query(ge=1, le=3660, description="Så många dagar framåt från i dag")] = 365,
) -> Response:
    """The last notice days from today on, the nearest first."""
    today = date.today()
    written = changed_at(engine.index)
    entries = [
        FeedEntry(
            key=f"{address}/avtal/{notice.agreement_id}#{notice.day.isoformat()}",
            title=f"Senast {notice.day.isoformat()} ska {notice.title} sägas upp",
            summary=notice.sentences,
            link=_reading(address, notice.agreement_id),
            updated=written,
        )
        for notice in notice_days(engine.index, engine.agreements_in_scope(filters))
        if today <= notice.day <= today + timedelta(days=within)
    ]
    return _atom(
        Feed("Avtalssök: sista uppsägningsdagar", f"{address}/", _itself(address, request), written, entries)
    )


@router.get("/new.atom", summary="Nya avtal", response_class=Response, responses=_ATOM_SAID)
def get_new_feed(
    engine: EngineNow, filters: FiltersGiven, address: BaseUrl, request: Request, limit: Most = 50
) -> Response:
    """The agreements that came last into the index."""
    inside = {agreement.agreement_id for agreement in engine.agreements_in_scope(filters)}
    came = [found for found in arrivals(engine.index) if found.agreement.agreement_id in inside]
    entries = [
        FeedEntry(
            key=f"{address}/avtal/{found.agreement.agreement_id}",
            title=found.agreement.title,
            summary=f"{(found.agreement.kind or 'avtal').capitalize()}. Parter: {', '.join(found.agreement.parties) or 'okända'}.",
            link=_reading(address, found.agreement.agreement_id),
            updated=found.at,
        )
        for found in came[:limit]
    ]
    written = changed_at(engine.index)
    itself = _itself(address, request)
    return _atom(Feed("Avtalssök: nya avtal", f"{address}/", itself, written, entries, len(came)))


@router.get("/search.atom", summary="En sökning som flöde", response_class=Response, responses=_ATOM_SAID)
def get_search_feed(
    q: Asked,
    engine: EngineNow,
    filters: FiltersGiven,
    settings: SettingsNow,
    address: BaseUrl,
    request: Request,
    limit: Limit = None,
    offset: Offset = 0,
) -> Response:
    """Ranked passages with OpenSearch's response elements."""
    found = search(engine, q, filters, allowed(limit, settings), offset)
    written = changed_at(engine.index)
    entries = [
        FeedEntry(
            key=f"{address}/{hit.passage_id}",
            title=" · ".join(part for part in (hit.citation.title, hit.citation.section_label) if part),
            summary=hit.text,
            link=address + hit.citation.url,
            updated=written,
        )
        for hit in found.hits
    ]
    page = f"{address}/?{urlencode({'q': q})}"
    itself = _itself(address, request)
    return _atom(Feed(f"Avtalssök: {q}", page, itself, written, entries, found.total, offset))


def _reading(address: str, agreement_id: str) -> str:
    return f"{address}/avtal/{quote(agreement_id)}"


def _itself(address: str, request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{address}{request.url.path}{query}"


def _atom(feed: Feed) -> Response:
    return Response(as_atom(feed), media_type=f"{ATOM_TYPE}; charset=utf-8")
