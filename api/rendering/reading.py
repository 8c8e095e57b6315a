"""The reading view: one agreement, its sections, and the cited place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.rendering.addresses import Addresses
from api.rendering.card import Row, card_rows, related_rows
from api.rendering.flow import first_words
from api.rendering.sheet import Sheet, bare_number, sheet_of
from api.rendering.validity import Badge, validity_of
from api.rendering.wording import Words
from corpus.types import Agreement, FileFormat, Page, Section, Span
from indexer.store import Index
from retriever.versions import related_to, replacing

_NAV_WORDS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents. `words` are the first of a clause that has no heading of its own."""

    href: str
    label: str
    words: str
    level: int
    current: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Everything that the template shows of an agreement, besides the cited place and the hits."""

    agreement_id: str
    title: str
    kind: str
    badge: Badge
    rows: tuple[Row, ...]
    newer: tuple[tuple[str, str], ...]
    source_href: str
    contents: tuple[Entry, ...]
    sheet: Sheet
    text_sha256: str


def reading_view(
    index: Index, agreement: Agreement, span: Span | None, to: Addresses, words: Words, day: date
) -> ReadingView:
    """The agreement with `span` marked."""
    sheet = sheet_of(agreement, span, words)
    newer = replacing(index.links, agreement.agreement_id)
    related = related_to(index, agreement.agreement_id)
    return ReadingView(
        agreement_id=agreement.agreement_id,
        title=agreement.title,
        kind=(agreement.kind or words("avtal"))[:1].upper() + (agreement.kind or words("avtal"))[1:],
        badge=validity_of(agreement, day, words, replaced=bool(newer)),
        rows=(*card_rows(agreement, to, words), *related_rows(related, to, words)),
        newer=tuple((index.agreements[each].title, to.agreement(each)) for each in newer),
        source_href=to.source(agreement.agreement_id),
        contents=tuple(_contents(agreement, sheet, span)),
        sheet=sheet,
        text_sha256=agreement.document.text_sha256,
    )


def _contents(agreement: Agreement, sheet: Sheet, span: Span | None) -> Iterator[Entry]:
    current = holding(agreement.sections, span.start) if span else None
    for number, section in enumerate(agreement.sections, 1):
        label = section.label.strip()
        if label and number in sheet.shown:
            words = (
                first_words(agreement.text[section.body : section.end], _NAV_WORDS)
                if bare_number(label)
                else ""
            )
            yield Entry(f"#avsnitt-{number}", label, words, min(section.level, 4), section is current)


def holding(sections: Sequence[Section], at: int) -> Section | None:
    """The last section that begins at or before `at`."""
    before = [section for section in sections if section.start <= at]
    return before[-1] if before else None


def cited_span(start: str | None, end: str | None, length: int) -> Span | None:
    """The span that an address names, None where it names none that a text of `length` characters has."""
    if not start or not end or not re.fullmatch(r"\d{1,9}", start) or not re.fullmatch(r"\d{1,9}", end):
        return None
    first, last = int(start), int(end)
    return Span(first, last) if first < last <= length else None


def pages_of(agreement: Agreement, span: Span) -> tuple[Page, ...]:
    """The pages that a span touches, of a PDF; none for other formats."""
    if agreement.document.format is not FileFormat.PDF:
        return ()
    return tuple(page for page in agreement.document.pages if page.start < span.end and span.start < page.end)
