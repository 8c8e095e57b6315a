"""An answer as an official note: what was asked, what was answered, and every quote with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.types import Agreement, FactName
from retriever.engine import Engine
from retriever.types import Answer, Citation, Coverage

GROUPS = {Coverage.EXPLICIT: "Uttryckligt", Coverage.RELATED: "Närliggande"}
OTHERWISE = "Med andra ord"
ABSENT_GROUPS = {Coverage.EXPLICIT: "Saknar ämnet", Coverage.RELATED: "Närliggande"}
SOURCE = "Källa"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with its place. `pages` is "s. 2", "s. 2–3" or empty; `start..end` index the text that the hash names."""

    text: str
    section: str
    pages: str
    start: int
    end: int
    text_sha256: str
    url: str
    ocr: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement of the note with its dates as ISO days, its file, that file's SHA-256, and its quotes."""

    agreement_id: str
    title: str
    group: str
    parties: tuple[str, ...]
    signed: str
    valid_from: str
    valid_to: str
    file: str
    file_sha256: str
    quotes: tuple[Quote, ...]

    @property
    def dates(self) -> str:
        """The dates in one line; empty where the card has none."""
        named = (("undertecknat", self.signed), ("gäller från", self.valid_from), ("till", self.valid_to))
        return ", ".join(f"{name} {value}" for name, value in named if value)


@dataclass(frozen=True, slots=True)
class Note:
    """An official note. `understood` are lines on how the question was read; `address` answers it again."""

    question: str
    day: date
    generation: str
    statement: str
    short_answer: str
    reason: str
    understood: tuple[str, ...]
    searched: int
    entries: tuple[Entry, ...]
    address: str


def note_of(engine: Engine, question: str, answer: Answer, address: str, day: date) -> Note:
    """The note of an answer to a question, on a day. `address` is the server's, without a last slash."""
    return Note(
        question=" ".join(question.split()),
        day=day,
        generation=answer.generation,
        statement=answer.statement,
        short_answer=answer.short_answer or "",
        reason=answer.reason or "",
        understood=tuple(_understood(answer)),
        searched=answer.completeness.searched,
        entries=tuple(_entries(engine, answer, address)),
        address=address,
    )


def _understood(answer: Answer) -> Iterator[str]:
    names = {"party": "Part", "type": "Avtalstyp", "valid_on": "Gäller den", "year": "Gäller under"}
    for name, value in answer.interpreted.filters.items():
        yield f"{names.get(name, name)}: {value}"
    yield from answer.interpreted.notes


def _entries(engine: Engine, answer: Answer, address: str) -> Iterator[Entry]:
    if answer.agreements:
        groups = ABSENT_GROUPS if answer.interpreted.absent else GROUPS
        for covered in answer.agreements:
            agreement = engine.index.agreements[covered.agreement_id]
            group = OTHERWISE if covered.otherwise else groups[covered.coverage]
            yield _entry(engine, agreement, group, covered.citations, address)
        return
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.agreement_id, []).append(citation)
    for agreement_id, citations in cited.items():
        yield _entry(engine, engine.index.agreements[agreement_id], SOURCE, citations, address)


def _entry(
    engine: Engine, agreement: Agreement, group: str, citations: Sequence[Citation], address: str
) -> Entry:
    manifest = engine.index.manifest
    file = manifest.read_from[agreement.agreement_id]
    until = agreement.values(FactName.VALID_TO)
    endless = agreement.values(FactName.UNTIL_FURTHER_NOTICE)
    return Entry(
        agreement_id=agreement.agreement_id,
        title=agreement.title,
        group=group,
        parties=agreement.parties,
        signed=_first(agreement, FactName.SIGNED),
        valid_from=_first(agreement, FactName.VALID_FROM),
        valid_to=until[0] if until else "tills vidare" if endless else "",
        file=file,
        file_sha256=manifest.sources[file],
        quotes=tuple(_quote(citation, address) for citation in _outermost(citations)),
    )


def _outermost(citations: Sequence[Citation]) -> list[Citation]:
    """The citations of one agreement that lie inside no other, in their order, each once."""
    spans = {(citation.start, citation.end): citation for citation in citations}
    return [
        citation
        for (start, end), citation in spans.items()
        if not any(first <= start and end <= last for first, last in spans if (first, last) != (start, end))
    ]


def _first(agreement: Agreement, name: FactName) -> str:
    return next(iter(agreement.values(name)), "")


def _quote(citation: Citation, address: str) -> Quote:
    first, last = citation.page_first, citation.page_last
    pages = "" if first is None else f"s. {first}" if last in (None, first) else f"s. {first}–{last}"
    return Quote(
        text=citation.quote,
        section=citation.section_label,
        pages=pages,
        start=citation.start,
        end=citation.end,
        text_sha256=citation.text_sha256,
        url=address + citation.url,
        ocr=citation.ocr,
    )
