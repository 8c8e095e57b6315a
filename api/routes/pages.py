"""The search page, the reading view and the ingestion report, written by the server."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import NotReadyError
from api.rendering.addresses import Addresses
from api.rendering.answers import AnswerView, answer_view
from api.rendering.cited import cited_of, hit_steps
from api.rendering.environment import Problem, page
from api.rendering.reading import cited_span, reading_view
from api.rendering.report import report_view
from api.rendering.request import PageRequest
from api.routes.common import SettingsNow, allowed, engine
from api.routes.problems import PageAsked, not_ready, problem_page, refused
from api.telemetry import measures_of
from corpus.types import AvtalError, ReadStatus
from retriever.answer import ask
from retriever.engine import Engine
from retriever.phrasing.phrase import with_phrasing

PAGE_FOLDER = Path(__file__).parents[1] / "page"

router = APIRouter(include_in_schema=False)


@router.get("/")
def get_page(request: Request, asked: PageAsked, settings: SettingsNow) -> HTMLResponse:
    """The search page, with the answer where the address asks a question."""
    answer: AnswerView | None = None
    problem: Problem | None = None
    status = 200
    if asked.question:
        try:
            found = engine(request)
            given = ask(found, asked.question, asked.filters(), allowed(None, settings))
            given = with_phrasing(given, asked.question, request.app.state.language_model)
            answer = answer_view(found, asked, given, date.today())
            request.app.state.metrics.answered(given)
            request.state.measured = measures_of(given)
            request.app.state.questions.record(asked.question, given)
        except NotReadyError:
            status, problem = 503, not_ready(asked)
        except AvtalError as error:
            status, problem = 400, refused(asked, str(error))
    feedback = request.app.state.drafts is not None
    return page(request, asked, "search.html", status, answer=answer, problem=problem, feedback=feedback)


@router.get("/rapport")
def get_report_page(request: Request, asked: PageAsked) -> HTMLResponse:
    """The ingestion report of the generation that answers; `status` narrows it, `alla` gives every file."""
    try:
        index = engine(request).index
    except NotReadyError:
        return problem_page(request, asked, 503, "Det gick inte att visa sidan", not_ready(asked))
    chosen = request.query_params.get("status", "")
    view = report_view(
        index.report,
        (len(index.agreements), len(index.passages)),
        chosen if chosen in set(ReadStatus) else "",
        "alla" in request.query_params,
        Addresses(asked.words.language),
        asked.words,
    )
    return page(request, asked, "report.html", view=view, generation=index.generation)


@router.get("/avtal/{agreement_id:path}")
def get_reading_view(agreement_id: str, request: Request, asked: PageAsked) -> HTMLResponse:
    """An agreement to read, with the place marked that `start` and `end` name in the text version `v`."""
    try:
        found = engine(request)
    except NotReadyError:
        return problem_page(request, asked, 503, "Det gick inte att visa sidan", not_ready(asked))
    if agreement_id not in found.index.agreements:
        return problem_page(request, asked, 404, "Avtalet finns inte", _missing(asked))
    return _reading(request, asked, found, agreement_id)


def _reading(request: Request, asked: PageRequest, found: Engine, agreement_id: str) -> HTMLResponse:
    params, words = request.query_params, asked.words
    agreement = found.index.agreements[agreement_id]
    span = cited_span(params.get("start"), params.get("end"), len(agreement.text))
    named = "start" in params
    return page(
        request,
        asked,
        "reading.html",
        view=reading_view(found.index, agreement, span, asked.to, words, date.today()),
        cited=cited_of(agreement, span, params.get("v", ""), words, asked.base) if named else None,
        steps=hit_steps(found, agreement, span, asked.to, words),
    )


def _missing(asked: PageRequest) -> Problem:
    gone = "Det finns inget avtal på den här adressen. Det kan ha bytt namn eller tagits bort sedan länken skapades."
    return Problem(asked.words(gone), asked.to.home, asked.words("Ny sökning"), translated=True)
