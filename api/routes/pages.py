"""The search page, the reading view and the ingestion report, written by the server."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.errors import NotReadyError
from api.rendering.addresses import Addresses
from api.rendering.answers import AnswerView, answer_view
from api.rendering.cited import cited_of, hit_steps
from api.rendering.environment import Problem, page
from api.rendering.reading import cited_span, reading_view
from api.rendering.report import report_view
from api.rendering.request import PageRequest, page_request
from api.routes.common import BaseUrl, SettingsNow, allowed, engine
from corpus.types import AvtalError, ReadStatus
from retriever.answer import ask
from retriever.engine import Engine

PAGE_FOLDER = Path(__file__).parents[1] / "page"

router = APIRouter(include_in_schema=False)


def _asked(request: Request, base: BaseUrl) -> PageRequest:
    return page_request(request, base)


Asked = Annotated[PageRequest, Depends(_asked)]


@router.get("/")
def get_page(request: Request, asked: Asked, settings: SettingsNow) -> HTMLResponse:
    """The search page, with the answer where the address asks a question."""
    answer: AnswerView | None = None
    problem: Problem | None = None
    status = 200
    if asked.question:
        try:
            found = engine(request)
            given = ask(found, asked.question, asked.filters(), allowed(None, settings))
            answer = answer_view(found, asked, given, date.today())
            request.app.state.metrics.answered(given)
        except NotReadyError:
            status, problem = 503, _not_ready(asked)
        except AvtalError as error:
            status, problem = 400, _refused(asked, str(error))
    feedback = request.app.state.drafts is not None
    return page(request, asked, "search.html", status, answer=answer, problem=problem, feedback=feedback)


@router.get("/rapport")
def get_report_page(request: Request, asked: Asked) -> HTMLResponse:
    """The ingestion report of the generation that answers; `status` narrows it, `alla` gives every file."""
    try:
        index = engine(request).index
    except NotReadyError:
        return _problem(request, asked, 503, "Det gick inte att visa sidan", _not_ready(asked))
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
def get_reading_view(agreement_id: str, request: Request, asked: Asked) -> HTMLResponse:
    """An agreement to read, with the place marked that `start` and `end` name in the text version `v`."""
    try:
        found = engine(request)
    except NotReadyError:
        return _problem(request, asked, 503, "Det gick inte att visa sidan", _not_ready(asked))
    if agreement_id not in found.index.agreements:
        return _problem(request, asked, 404, "Avtalet finns inte", _missing(asked))
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


def _problem(request: Request, asked: PageRequest, status: int, title: str, problem: Problem) -> HTMLResponse:
    return page(request, asked, "problem.html", status, title=title, problem=problem)


def _not_ready(asked: PageRequest) -> Problem:
    words = asked.words("Tjänsten är inte redo än. Försök igen om en stund.")
    href = asked.to.answer(asked.question, asked.chosen) if asked.question else asked.to.home
    return Problem(words, href, asked.words("Försök igen"), translated=True)


def _refused(asked: PageRequest, reason: str) -> Problem:
    """What the address asks for was refused: the same again would be refused again."""
    said = reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")
    if asked.chosen:
        return Problem(said, asked.to.answer(asked.question), asked.words("Sök utan filter"))
    return Problem(said, asked.to.home, asked.words("Ny sökning"))


def _missing(asked: PageRequest) -> Problem:
    gone = "Det finns inget avtal på den här adressen. Det kan ha bytt namn eller tagits bort sedan länken skapades."
    return Problem(asked.words(gone), asked.to.home, asked.words("Ny sökning"), translated=True)
