"""A stand-in for the real API, to look at the page in every state. From the repository's root:

    PYTHONPATH=. uvicorn --app-dir tests/api page_mock:app

Words in the question choose the answer: kompetens, många, säga, styrgrup; "fel" fails, "långsam" waits, all
else finds nothing. Every text is invented. Answers are the real records, so their shape is the contract's.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from page_mock_agreements import AGREEMENTS, BIBLIOTEK, DECLARATION, LILLAN, REGION, TALLVIK, span_of

from retriever.types import (
    Answer,
    AnswerKind,
    Citation,
    Completeness,
    Coverage,
    CoveredAgreement,
    Hit,
    Interpreted,
    NearAgreement,
    ShortAnswerSpan,
)

PAGE = Path(__file__).resolve().parents[2] / "api" / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SLOW_SECONDS = 30


def _cite(agreement_id: str, first: str, last: str) -> Citation:
    """The citation that begins with `first` and ends with the next `last`."""
    agreement = AGREEMENTS[agreement_id]
    text = agreement["text"]
    start, end = span_of(text, first, last)
    section = next(each for each in reversed(agreement["sections"]) if each["start"] <= start)
    pages = [page["number"] for page in agreement["pages"] if page["start"] < end and start < page["end"]]
    return Citation(
        agreement_id=agreement_id,
        title=agreement["title"],
        parties=tuple(agreement["parties"]),
        section_path=tuple(section["path"]),
        section_label=section["label"],
        page_first=pages[0] if pages else None,
        page_last=pages[-1] if pages else None,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(start - 40, 0) : start],
        suffix=text[end : end + 40],
        text_sha256=agreement["text_sha256"],
        url=f"/avtal/{agreement_id}",
    )


PURPOSE = _cite(REGION, "Parterna vill", "invånarna.")
LIST = _cite(REGION, "Samarbetet omfattar", "behovet av kompetens")
PARTNER = _cite(TALLVIK, "Det ska", "kompetensförsörjning.")
PLANNING = _cite(LILLAN, "Länsstyrelsen ansvarar", "kompetensförsörjningen.")
STAFF = _cite(BIBLIOTEK, "Parterna ger", "omfattning.")
NOTICE = _cite(REGION, "Vardera parten", "varsel.")
GROUPS = _cite(REGION, "Styrgruppen får", "protokoll.")


def _hits(word: str, *citations: Citation) -> tuple[Hit, ...]:
    hits = []
    for rank, cited in enumerate(citations, 1):
        marks = tuple(match.span() for match in re.finditer(rf"\w*{word}\w*", cited.quote, re.I))
        why = (f"ordet ”{word}”", "nära i betydelse") if marks else ("nära i betydelse",)
        hits.append(Hit(rank, 1 / rank, cited.agreement_id, f"p{rank}", cited.quote, marks, why, cited))
    return tuple(hits)


def _covered(coverage: Coverage, *citations: Citation) -> CoveredAgreement:
    return CoveredAgreement(citations[0].agreement_id, citations[0].title, coverage, 0.9, citations)


BLANK = Answer(
    kind=AnswerKind.NONE,
    statement="Inget stöd funnet.",
    short_answer=None,
    short_answer_span=None,
    agreements=(),
    citations=(),
    completeness=Completeness(6, 0, 0),
    abstained=False,
    reason=None,
    nearest=(),
    hits=(),
    interpreted=Interpreted(),
    generation="20260101-0001",
    took_ms=12.4,
)


def _agreements_answer() -> Answer:
    return replace(
        BLANK,
        kind=AnswerKind.AGREEMENTS,
        statement="3 av 6 avtal omfattar kompetensförsörjning. Alla 6 är genomsökta.",
        agreements=(
            _covered(Coverage.EXPLICIT, PURPOSE, LIST, NOTICE),
            _covered(Coverage.EXPLICIT, PLANNING),
            _covered(Coverage.EXPLICIT, PARTNER),
            _covered(Coverage.RELATED, STAFF),
        ),
        citations=(PURPOSE, PLANNING, PARTNER, STAFF),
        completeness=Completeness(6, 3, 1),
        hits=_hits("kompetens", PURPOSE, PLANNING, PARTNER, LIST, STAFF),
        interpreted=Interpreted(terms=("kompetensförsörjning",)),
    )


def _many_answer() -> Answer:
    return replace(
        _agreements_answer(),
        statement="180 av 1 240 avtal omfattar kompetensförsörjning. Alla 1 240 är genomsökta.",
        completeness=Completeness(1240, 180, 45),
    )


def _fact_answer() -> Answer:
    start, end = span_of(DECLARATION, "säga upp den", "skriftligen")
    return replace(
        BLANK,
        kind=AnswerKind.FACT,
        statement="Avsiktsförklaringen mellan Region Nordmark och Ekby universitet kan sägas upp.",
        short_answer="Ja, skriftligen",
        short_answer_span=ShortAnswerSpan(0, start, end),
        citations=(NOTICE,),
        hits=_hits("säga", NOTICE, GROUPS),
        interpreted=Interpreted(("säga upp",), ("Region Nordmark",), {"kind": "avsiktsförklaring"}),
    )


def _passages_answer() -> Answer:
    places = (GROUPS, PURPOSE, LIST, NOTICE, PARTNER, PLANNING, STAFF, GROUPS, PURPOSE, LIST)
    return replace(
        BLANK,
        kind=AnswerKind.PASSAGES,
        statement="10 textställen i 4 avtal handlar om styrgrup.",
        hits=_hits("styrgrupp", *places),
        interpreted=Interpreted(("styrgrup",), (), {"valid_on": "2026-01-01"}, "styrgrupp"),
    )


def _no_answer() -> Answer:
    return replace(
        BLANK,
        abstained=True,
        reason="Inget av avtalen nämner parkeringsplatser. Alla 6 avtal är genomsökta.",
        nearest=(
            NearAgreement(TALLVIK, PARTNER.title, ("praktik", "forskning")),
            NearAgreement(BIBLIOTEK, STAFF.title, ("lokaler",)),
        ),
        hits=_hits("parkering", STAFF),
        interpreted=Interpreted(terms=("parkeringsplatser",)),
    )


ANSWERS = {
    "många": _many_answer,
    "kompetens": _agreements_answer,
    "säg": _fact_answer,
    "styrgrup": _passages_answer,
}

app = FastAPI(openapi_url=None)


@app.middleware("http")
async def _policy(request: Request, call_next: Any) -> Response:
    response: Response = await call_next(request)
    response.headers["Content-Security-Policy"] = CSP
    return response


@app.get("/")
async def start() -> FileResponse:
    """The search page."""
    return FileResponse(PAGE / "index.html")


@app.get("/avtal/{agreement_id:path}")
async def reading() -> FileResponse:
    """The reading view."""
    return FileResponse(PAGE / "agreement.html")


@app.get("/api/ask")
async def ask(q: str) -> JSONResponse:
    """A canned answer, chosen by words in the question."""
    asked = q.lower()
    if "fel" in asked.split():
        return _problem(503, "Indexet går inte att öppna. Kör ”avtal doctor” för att se varför.")
    if "långsam" in asked:
        await asyncio.sleep(SLOW_SECONDS)
    make = next((answer for word, answer in ANSWERS.items() if word in asked), _no_answer)
    return JSONResponse(asdict(make()))


@app.get("/api/agreements/{agreement_id:path}/source")
async def source(agreement_id: str) -> Response:
    """The original file: here, the text."""
    return PlainTextResponse(AGREEMENTS[agreement_id]["text"])


@app.get("/api/agreements/{agreement_id:path}")
async def agreement(agreement_id: str) -> JSONResponse:
    """One agreement with its text, or a problem."""
    if agreement_id not in AGREEMENTS:
        return _problem(404, f"Avtalet ”{agreement_id}” finns inte i indexet.")
    return JSONResponse(AGREEMENTS[agreement_id])


def _problem(status: int, detail: str) -> JSONResponse:
    body = {"title": "Fel", "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


app.mount("/page", StaticFiles(directory=PAGE))
