"""The overviews: validity in time, clauses by agreement, parties and their ties; and the accessibility statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotReadyError
from api.rendering.clause_table import MOST_COMPARED, Departures, clause_table, departures
from api.rendering.environment import page
from api.rendering.overview import PER_PAGE, Pager, frame_of, pager_of
from api.rendering.request import PageRequest
from api.rendering.ties import parties_in, ties_of
from api.rendering.timeline import timeline_of
from api.rendering.watch import watch_of
from api.routes.common import SettingsNow, engine
from api.routes.problems import PageAsked, not_ready, problem_page, refused
from corpus.types import Agreement, AvtalError
from retriever.engine import Engine

router = APIRouter(include_in_schema=False)
ROWS_OF_CLAUSES = 60
"""A row has a link for each type of clause: more rows make a page that is slow to draw."""
Draw = Callable[[Engine, list[Agreement], Pager], dict[str, object]]


class Departing:
    """What departs in the agreements last asked for: comparing them takes seconds, and few collections are asked for."""

    KEPT = 8

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[tuple[str, ...], Departures] = {}

    def of(self, found: Engine, agreements: list[Agreement]) -> Departures:
        """The departures, computed once for the same agreements of the same generation."""
        key = (found.index.generation, *(each.agreement_id for each in agreements))
        with self._lock:
            if key not in self._found:
                if len(self._found) >= self.KEPT:
                    del self._found[next(iter(self._found))]
                self._found[key] = departures(found, agreements)
            return self._found[key]


@dataclass(frozen=True, slots=True)
class _Part:
    """One overview: its name in the address, what its template shows, rows a page, and how many rows there are."""

    name: str
    draw: Draw
    per_page: int = PER_PAGE
    rows: Callable[[list[Agreement]], int] = len


@router.get("/oversikt")
def get_timeline(request: Request, asked: PageAsked) -> HTMLResponse:
    """When the agreements are in force, and what days are ahead."""
    day = date.today()

    def draw(_: Engine, agreements: list[Agreement], pager: Pager) -> dict[str, object]:
        return {
            "watch": watch_of(agreements, day, asked.to, asked.words),
            "timeline": timeline_of(agreements, pager.rows, day, asked.to, asked.words),
        }

    return _overview(request, asked, _Part("", draw))


@router.get("/oversikt/klausuler")
def get_clauses(request: Request, asked: PageAsked) -> HTMLResponse:
    """Which agreement has which type of clause."""

    def draw(found: Engine, agreements: list[Agreement], pager: Pager) -> dict[str, object]:
        departs = request.app.state.departing.of(found, agreements)
        table = clause_table(found, agreements, pager.rows, departs, asked)
        return {"table": table, "most_compared": MOST_COMPARED}

    return _overview(request, asked, _Part("klausuler", draw, ROWS_OF_CLAUSES))


@router.get("/oversikt/parter")
def get_parties(request: Request, asked: PageAsked) -> HTMLResponse:
    """The parties and the agreements that tie them together."""

    def draw(_: Engine, agreements: list[Agreement], pager: Pager) -> dict[str, object]:
        return {"ties": ties_of(agreements, pager.rows, asked)}

    return _overview(request, asked, _Part("parter", draw, rows=parties_in))


@router.get("/tillganglighet")
def get_accessibility(request: Request, asked: PageAsked, settings: SettingsNow) -> HTMLResponse:
    """The accessibility statement, with the contact that the settings name."""
    return page(request, asked, "accessibility.html", contact=settings.contact)


def _overview(request: Request, asked: PageRequest, part: _Part) -> HTMLResponse:
    """An overview, or the problem in its place."""
    try:
        found = engine(request)
        agreements = found.agreements_in_scope(asked.filters())
        wanted = request.query_params.get("sida", "")
        pager = pager_of((part.rows(agreements), part.per_page), wanted, asked, part.name)
        frame = frame_of(found, asked, part.name)
        drawn = part.draw(found, agreements, pager)
    except NotReadyError:
        return problem_page(request, asked, 503, "Det gick inte att visa sidan", not_ready(asked))
    except AvtalError as error:
        return problem_page(request, asked, 400, "Det gick inte att visa sidan", refused(asked, str(error)))
    return page(
        request,
        asked,
        f"overview_{part.name or 'giltighet'}.html",
        frame=frame,
        pager=pager,
        count=len(agreements),
        view=drawn,
        generation=found.index.generation,
    )
