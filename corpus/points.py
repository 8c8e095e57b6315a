"""Points inside a section: a), (ii), 3). Finer than sections, which stay whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lines import blocks_of
from corpus.types import Section

_POINT = re.compile(r"[ \t\xa0]*\(?(?P<mark>[a-zåäö]|[ivx]{1,5}|\d{1,2})\)[ \t\xa0]+(?=\S)")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its `marks` from the outermost ("b)", "ii)") and its span, trimmed."""

    marks: tuple[str, ...]
    start: int
    end: int


def points_of(text: str, section: Section) -> tuple[Point, ...]:
    """The points of a section in order. A paragraph without a mark of its own belongs to none.

    Marks of one kind follow each other at one depth; another kind inside them is one deeper.
    """
    found: list[Point] = []
    open_marks: list[tuple[str, str]] = []  # mark and kind, outermost first
    for block in blocks_of(text, section.body, section.end):
        match = _POINT.match(text, block.start, block.end)
        if match is None:
            open_marks = []
            continue
        mark = match["mark"]
        kind = _kind(mark, open_marks)
        depth = next((at for at, (_, other) in enumerate(open_marks) if other == kind), len(open_marks))
        open_marks[depth:] = [(mark, kind)]
        found.append(Point(tuple(f"{each})" for each, _ in open_marks), block.start, block.end))
    return tuple(found)


def point_at(text: str, section: Section, start: int, end: int) -> tuple[str, ...]:
    """The marks of the point that holds all of `text[start:end]`, outermost first; none where no single one does."""
    for point in points_of(text, section):
        if point.start <= start and end <= point.end:
            return point.marks
    return ()


def _kind(mark: str, open_marks: list[tuple[str, str]]) -> str:
    """ "number", "roman" or "letter". A lone i, v or x is a letter only where the letter before it is open."""
    if mark.isdigit():
        return "number"
    if _ROMAN.fullmatch(mark) is None:
        return "letter"
    if len(mark) == 1 and (chr(ord(mark) - 1), "letter") in open_marks:
        return "letter"
    return "roman"
