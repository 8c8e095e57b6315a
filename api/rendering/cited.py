"""The cited place of the reading view: where it stands, whether the text has changed, and the question's other hits."""

from __future__ import annotations

from dataclasses import dataclass

from api.rendering.addresses import Addresses
from api.rendering.quotes import citation_text, page_of
from api.rendering.reading import pages_of
from api.rendering.wording import Words
from corpus.types import Agreement, AvtalError, Span
from retriever.asked import put
from retriever.citation import cite
from retriever.engine import Engine
from retriever.search import hits
from retriever.types import Filters

MOST_HITS = 50
"""Passages of one agreement that a reader may go through with next and previous."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of the original with the cited words boxed."""

    number: int
    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What stands above the text about the place that the address names. Empty `clipboard`: there is no such place."""

    words: str
    warning: bool
    clipboard: str = ""
    pictures: tuple[PagePicture, ...] = ()


@dataclass(frozen=True, slots=True)
class HitSteps:
    """Where the reader is among the question's hits in this agreement, and where next and previous lead."""

    words: str
    previous: str
    next: str


def cited_of(agreement: Agreement, span: Span | None, version: str, words: Words, base: str) -> Cited:
    """The note on a place; `span` is None where the address names one that the text does not have."""
    if span is None:
        gone = (
            "Länken pekar på en plats som inte finns i texten. Avtalet kan ha ändrats sedan länken skapades."
        )
        return Cited(words(gone), warning=True)
    try:
        citation = cite(agreement, span)
    except AvtalError:
        return Cited(words("Platsen är markerad i texten."), warning=False)  # furniture is never quoted
    copied = citation_text(citation, words, base + Addresses().citation(citation))
    if version and not agreement.document.text_sha256.startswith(version):
        stale = "Texten har ändrats sedan länken skapades. Markeringen kan därför ligga fel."
        return Cited(words(stale), warning=True, clipboard=copied)
    label, page = citation.section_label.strip(), page_of(citation, words)
    where = ", ".join(part for part in (f"”{label}”" if label else "", page) if part)
    said = (
        words("Citatet är markerat i texten: {0}.", where)
        if where
        else words("Citatet är markerat i texten.")
    )
    return Cited(said, False, copied, _pictures(agreement, span, words))


def _pictures(agreement: Agreement, span: Span, words: Words) -> tuple[PagePicture, ...]:
    to = Addresses()
    return tuple(
        PagePicture(
            page.number,
            f"{to.source(agreement.agreement_id).removesuffix('/source')}/pages/{page.number}.png?start={span.start}&end={span.end}",
            words("Sida {0} av originalet med citatet inramat. Samma text står nedan.", page.number),
        )
        for page in pages_of(agreement, span)
    )


def hit_steps(
    engine: Engine, agreement: Agreement, span: Span | None, to: Addresses, words: Words
) -> HitSteps | None:
    """The question's hits in the agreement in text order; None where there is no question or no hit."""
    if not to.question:
        return None
    try:
        places = _hits_in(engine, agreement, to.question)
    except AvtalError:
        return None  # a question that cannot be put has no hits; the search page says why
    if not places:
        return None
    at = next((i for i, place in enumerate(places) if span and place.overlaps(span)), None)
    before = [place for place in places if span and place.end <= span.start] if at is None else places[:at]
    after = (
        [place for place in places if not span or place.start >= span.end] if at is None else places[at + 1 :]
    )
    said = (
        words.count(len(places), "träffar i avtalet")
        if at is None
        else words("Träff {0} av {1} i avtalet", at + 1, len(places))
    )
    return HitSteps(said, _link(agreement, before[-1:], to), _link(agreement, after[:1], to))


def _link(agreement: Agreement, places: list[Span], to: Addresses) -> str:
    """Where the only place leads; empty for none."""
    sha256 = agreement.document.text_sha256
    return "".join(to.place(agreement.agreement_id, each.start, each.end, sha256) for each in places)


def _hits_in(engine: Engine, agreement: Agreement, question: str) -> list[Span]:
    """The passages of the agreement that hold the question's words, in text order."""
    asked = put(engine, question, Filters(without=("party", "type", "valid_on")), MOST_HITS)
    passages = engine.index.passages
    rows = [row for row in asked.rows if passages[row].agreement_id == agreement.agreement_id][:MOST_HITS]
    found = hits(engine, asked.question, rows, asked.fused, asked.cosines)
    return sorted(
        (Span(hit.citation.start, hit.citation.end) for hit in found if hit.highlights),
        key=lambda span: span.start,
    )
