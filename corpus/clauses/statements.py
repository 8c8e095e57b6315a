"""Statements: sentences and label rows with the headings that they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.expressions import Expression, ExpressionKind, expressions_in
from corpus.lines import lines_of, sentences_of
from corpus.types import Section, SectionRole, Span

AGREEMENT = r"\w*(?:avtal|avsiktsförklaring|överenskommelse|partnerskap|kontrakt|tillägg|samverkan|samarbete|löfte|pakt|memorandum|agreement|contract)(?:e?n|e?ts?|ens)?"
"""What a text calls an agreement; in running text also the cooperation itself."""
_ROW = re.compile(r"^\|?[^\n|]{1,80}\|[^\n]+$|^[A-ZÅÄÖ][\wåäö /()-]{1,40}:(?:\s.*)?$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a label row ("Avtalstid: …"): `text[start:end]`. `heading` is the section path, in lower case."""

    text: str
    start: int
    end: int
    heading: str
    role: SectionRole

    @property
    def words(self) -> str:
        """The statement as written."""
        return self.text[self.start : self.end]

    def expressions(self, kind: ExpressionKind) -> list[Expression]:
        """The expressions of one kind, in order."""
        return list(expressions_in(self.text, self.start, self.end, kind))

    def before(self, offset: int) -> str:
        """The statement's words before an offset of the text."""
        return self.text[self.start : offset]

    def after(self, offset: int) -> str:
        """The statement's words from an offset of the text on."""
        return self.text[offset : self.end]

    def clause(self, start: int, end: int) -> Span:
        """The span start..end widened to the clause that holds it, inside the statement."""
        opens = max(self.before(start).rfind(mark) + len(mark) for mark in (", ", "; ", ": ", "\n\n", "| "))
        opens = opens if opens > 1 else 0
        closes = re.search(r"[,;](?=\s)|\.$|\s\|", self.after(end))
        last = end + closes.start() if closes else self.end
        words = self.text[self.start + opens : last]
        first = self.start + opens + len(words) - len(words.lstrip())
        return Span(min(first, start), max(end, first + len(words.strip())))


def statements_of(text: str, sections: Sequence[Section], furniture: Sequence[Span]) -> tuple[Statement, ...]:
    """The statements of the text in order, furniture left out."""
    found: list[Statement] = []
    for section in sections:
        heading = " · ".join(part for part in (*section.path[:-1], section.label)).casefold()
        for span in _whole(text, sentences_of(text, section.body, section.end)):
            found.extend(
                Statement(text, part.start, part.end, heading, section.role)
                for piece in _without(text, span, furniture)
                for row in _rows(text, piece)
                for part in _short(text, row)
            )
    return tuple(found)


_SHORT_MONTH = re.compile(r"\d\s(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\.$")


def _whole(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences, those joined that a month's full stop parted: "den 1 jan. 2024"."""
    joined: list[Span] = []
    for span in sentences:
        if (
            joined
            and _SHORT_MONTH.search(text, joined[-1].start, joined[-1].end)
            and text[span.start].isdigit()
        ):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _without(text: str, span: Span, furniture: Sequence[Span]) -> Iterator[Span]:
    """What furniture leaves of a sentence: a page's foot and head may stand in the middle of one."""
    at = span.start
    for each in (*(f for f in furniture if span.overlaps(f)), Span(span.end, span.end)):
        words = text[at : max(at, each.start)]
        if words.strip():
            first = at + len(words) - len(words.lstrip())
            yield Span(first, first + len(words.strip()))
        at = max(at, each.end)


_LONGEST = 2000
"""Characters. A longer sentence is a list or a table without marks: its lines are read one by one."""


def _short(text: str, span: Span) -> Iterator[Span]:
    """The span, or its lines where it is longer than any sentence, a longer line cut at white space."""
    if span.end - span.start <= _LONGEST:
        yield span
        return
    for line in lines_of(text, span.start, span.end):
        at = line.first
        while line.last - at > _LONGEST:
            cut = text.rfind(" ", at, at + _LONGEST)
            stop = cut if cut > at else at + _LONGEST
            yield Span(at, stop)
            at = stop + 1 if cut > at else stop
        if line.last > at:
            yield Span(at, line.last)


def _rows(text: str, span: Span) -> Iterator[Span]:
    """The sentence, parted where a line of it is a table's row or opens with a label."""
    opens, last = span.start, span.start
    was_row = False
    for line in lines_of(text, span.start, span.end):
        row = bool(_ROW.match(line.words))
        if (row or was_row) and last > opens:
            yield Span(opens, last)
            opens = line.first
        was_row = "|" in line.words if row else False
        last = line.last
    if last > opens:
        yield Span(opens, last)
