"""An agreement's text by sections, as paragraphs: headings, page breaks, and page furniture folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.rendering.flow import Group, Point, Run, flow, inline
from api.rendering.marks import Mark, MarkKind
from api.rendering.wording import Words
from corpus.types import Agreement, Section, Span

_BARE_NUMBER = re.compile(r"(?:§\s*)?\d+(?:\.\d+)*\.?")
_DIMMED = 60
"""Characters: "Läs mer om …" in the middle of a page is less in the way as a grey line than as a fold."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a section, or furniture: `folded`, or `dimmed` where it is short."""

    groups: tuple[Group, ...]
    folded: bool = False
    dimmed: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section to show. `level` is of the heading (2..6), empty `heading` for none; `clause`: a bare number."""

    number: int
    classes: str
    level: int
    heading: tuple[Run, ...]
    clause: bool
    pages: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The parts in order; `shown` are the numbers of the sections that have a place of their own."""

    parts: tuple[Part, ...]

    @property
    def shown(self) -> frozenset[int]:
        return frozenset(
            part.number
            for part in self.parts
            if not all(piece.folded for piece in part.pieces) or part.heading
        )


def sheet_of(agreement: Agreement, span: Span | None, words: Words) -> Sheet:
    """The agreement's text with the span marked; the first marked run is the one that links point at."""
    marks = (Mark(span.start, span.end, MarkKind.CITED),) if span else ()
    points = [
        Point(page.start, words("Sida {0} (OCR)" if page.ocr else "Sida {0}", page.number))
        for page in agreement.document.pages
    ]
    made = _Maker(agreement.text, agreement.furniture, marks, points)
    parts = [made.part(number, section) for number, section in enumerate(agreement.sections, 1)]
    return Sheet(tuple(_with_anchor(part for part in parts if part.heading or part.pieces or part.pages)))


def bare_number(heading: str) -> bool:
    """True for "§ 4" or "4.2": a clause without words of its own."""
    return _BARE_NUMBER.fullmatch(heading) is not None


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the parts of one text."""

    text: str
    furniture: Sequence[Span]
    marks: Sequence[Mark]
    points: Sequence[Point]

    def part(self, number: int, section: Section) -> Part:
        heading = self.text[section.start : section.body].strip()
        begins = section.body if heading else section.start
        pieces = list(self._pieces(section.start, section.end))
        if pieces and all(piece.folded or piece.dimmed for piece, _ in pieces):
            folds = tuple(replace(piece, folded=True, dimmed=False) for piece, _ in pieces)
            return Part(
                number, section.role.value, 2, (), False, self._pages(section.start, section.end), folds
            )
        at = self.text.find(heading, section.start)
        return Part(
            number=number,
            classes=f"level-{min(section.level, 4)} {section.role.value}",
            level=min(max(section.level, 1) + 1, 6),
            heading=inline(self.text, at, at + len(heading), self.marks) if heading else (),
            clause=bool(heading) and bare_number(heading),
            pages=self._pages(section.start, begins),
            pieces=tuple(piece for piece, _ in self._pieces(begins, section.end)),
        )

    def _pages(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(point.words for point in self.points if start <= point.at < end)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[Piece, Span]]:
        """[start, end) cut where furniture begins and ends; blank pieces are left out."""
        at = start
        for frame in (*self.furniture, Span(end, end)):
            if frame.end < at or frame.start > end or (frame.end == at and frame.start < at):
                continue
            yield from self._content(at, max(at, min(frame.start, end)))
            at = max(at, min(frame.start, end))
            yield from self._frame(at, min(frame.end, end))
            at = max(at, min(frame.end, end))

    def _content(self, start: int, end: int) -> Iterator[tuple[Piece, Span]]:
        if self.text[start:end].strip():
            yield Piece(flow(self.text, start, end, self.marks, self.points)), Span(start, end)

    def _frame(self, start: int, end: int) -> Iterator[tuple[Piece, Span]]:
        words = self.text[start:end].strip()
        if words:
            groups = flow(self.text, start, end, self.marks, self.points)
            short = len(words) <= _DIMMED
            opened = any(mark.start < end and start < mark.end for mark in self.marks)
            yield Piece(groups, folded=not short, dimmed=short, opened=opened), Span(start, end)


def _with_anchor(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts with their first cited run told apart."""
    anchor = _Anchor()
    for part in parts:
        heading = anchor.runs(part.heading)
        yield replace(part, heading=heading, pieces=tuple(anchor.piece(piece) for piece in part.pieces))


class _Anchor:
    """Remembers whether the first cited run has been seen."""

    def __init__(self) -> None:
        self._seen = False

    def runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        made: list[Run] = []
        for run in runs:
            first = run.kind == MarkKind.CITED and not self._seen
            self._seen = self._seen or first
            made.append(replace(run, first=True) if first else run)
        return tuple(made)

    def piece(self, piece: Piece) -> Piece:
        groups = tuple(
            Group(group.is_list, tuple(self.runs(runs) for runs in group.paragraphs))
            for group in piece.groups
        )
        return replace(piece, groups=groups)
