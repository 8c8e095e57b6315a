"""What routes share: the live engine and the reader's filters, as dependencies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Request, Response
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from api.access.guard import Guard
from api.caching import revalidate
from api.errors import NotReadyError
from api.live import LiveEngine
from api.settings import Settings
from corpus.parties import canonical_name
from corpus.types import AvtalError
from retriever.engine import Engine
from retriever.suggestions import Suggester
from retriever.types import Filters


def engine(request: Request) -> Engine:
    """The engine of the current generation, over just what the reader may read; one request answers from one generation.

    Raises NotReadyError where no generation can be opened.
    """
    live: LiveEngine = request.app.state.live
    guard: Guard = request.app.state.guard
    try:
        whole = live.get()
    except AvtalError as error:
        raise NotReadyError(str(error)) from error
    if not guard.on:
        return whole
    view = guard.view(request.state.identity, whole)
    request.state.suggester = view.suggester
    return view.engine


def settings(request: Request) -> Settings:
    """The server's settings."""
    found: Settings = request.app.state.settings
    return found


def _whole_day(value: object) -> object:
    """The value, where it is a day as it is written. Raises ValueError for a number of seconds or a time of day."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_wanted", "en dag skrivs ÅÅÅÅ-MM-DD")
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_whole_day)]


def _none() -> list[str]:
    """Nothing given. The type list itself is read by its documentation, three times a request: a millisecond, and 300 kB that
    only a full collection frees."""
    return []


def filters(
    party: Annotated[list[str], Query(default_factory=_none, description="Part, kan upprepas")],
    type: Annotated[list[str], Query(default_factory=_none, description="Avtalstyp, kan upprepas")],
    without: Annotated[
        list[Literal["party", "type", "valid_on"]],
        Query(default_factory=_none, description="Filter som frågans egna ord inte ska sätta, kan upprepas"),
    ],
    valid_on: Annotated[Day | None, Query(description="Gäller denna dag, ÅÅÅÅ-MM-DD")] = None,
    year: Annotated[int | None, Query(ge=1900, le=2200, description="Gäller någon dag detta år")] = None,
) -> Filters:
    """The filters of a request; a party may be given by any name it goes by."""
    return Filters(
        tuple(canonical_name(name) for name in party),
        tuple(kind.casefold() for kind in type),
        valid_on,
        tuple(without),
        year,
    )


def suggester(request: Request, engine: Annotated[Engine, Depends(engine)]) -> Suggester:
    """The suggestions of the engine's generation, over just what the reader may read."""
    of_view: Suggester | None = getattr(request.state, "suggester", None)
    if of_view is not None:
        return of_view
    live: LiveEngine = request.app.state.live
    return live.suggester(engine)


def revalidated(
    request: Request,
    engine: Annotated[Engine, Depends(engine)],
    if_none_match: Annotated[str | None, Header(description="ETag från ett tidigare svar")] = None,
) -> None:
    """A dependency of what answers from the index alone: 304 where the caller holds the answer."""
    revalidate(engine, request, if_none_match or "")


def base_url(request: Request) -> str:
    """The address of the server as the reader knows it, without a last slash."""
    given: Settings = request.app.state.settings
    return given.public_url or str(request.base_url).rstrip("/")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of `total` rows was given: at most `limit` after the first `offset`."""

    offset: int
    limit: int
    total: int


def link_pages(request: Request, response: Response, paging: Paging) -> None:
    """Name the next and the previous page in a Link header (RFC 8288), where there are such."""
    links: list[str] = []
    if paging.offset + paging.limit < paging.total:
        links.append(_page(request, paging.offset + paging.limit, paging.limit, "next"))
    if paging.offset > 0:
        links.append(_page(request, max(0, paging.offset - paging.limit), paging.limit, "prev"))
    if links:
        response.headers["Link"] = ", ".join(links)


def _page(request: Request, offset: int, limit: int, relation: str) -> str:
    url = request.url.include_query_params(offset=offset, limit=limit)
    return f'<{base_url(request)}{url.path}?{url.query}>; rel="{relation}"'


MOST_PASSAGES = 500
"""The highest that a server can be set to give at a time; what it is set to is `most_hits`."""

EngineNow = Annotated[Engine, Depends(engine)]
SuggesterNow = Annotated[Suggester, Depends(suggester)]
SettingsNow = Annotated[Settings, Depends(settings)]
FiltersGiven = Annotated[Filters, Depends(filters)]
SOME_SIGN = r"[^\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""Something but what Python strips, letter by letter: \\s in a JSON schema is another set (ECMA-262)."""
Asked = Annotated[
    str,
    Query(max_length=1000, description="Frågan eller sökorden", json_schema_extra={"pattern": SOME_SIGN}),
]
"""An empty question is answered by the retriever's own sentence, so the reference says it and nothing checks it here."""
Typed = Annotated[str, Query(max_length=1000, description="Det som är skrivet så långt; får vara tomt")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Hoppa över så många")]
Limit = Annotated[int | None, Query(ge=1, le=MOST_PASSAGES, description="Högst så många stycken")]
BaseUrl = Annotated[str, Depends(base_url)]


def allowed(limit: int | None, settings: Settings) -> int:
    """The limit asked for, ten or the server's own where none is. Raises AvtalError where it is above the server's own."""
    if limit is None:
        return min(10, settings.most_hits)
    if limit > settings.most_hits:
        raise AvtalError(
            f"limit är {limit} men servern visar högst {settings.most_hits} stycken; ange ett lägre tal"
        )
    return limit
