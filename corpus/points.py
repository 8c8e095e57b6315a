"""Paragraphs (stycken) and points, a), (ii), 3), inside a section. Finer than sections, which stay whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lines import BULLET, blocks_of
from corpus.types import Section, Span

_POINT = re.compile(r"[ \t\xa0]*\(?(?P<mark>[a-zåäö]|[ivx]{1,5}|\d{1,2})\)[ \t\xa0]+(?=\S)")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_ORDINALS = (
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
)
# A footnote and a table's row are no paragraphs of the section.
_ASIDE = re.compile(r"\[\d{1,3}\]\s|[^\n]*\s\|\s")
_NUMBERED = re.compile(r"(?i)(?:§|\d|artikel|moment|mom\b)")


_SECTIONS = 4096
"""Sections whose points and paragraphs are remembered: a list answer cites hundreds, the next one the same."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its `marks` from the outermost ("b)", "ii)") and its span, trimmed."""

    marks: tuple[str, ...]
    start: int
    end: int


@lru_cache(maxsize=_SECTIONS)
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


def stycke_at(text: str, section: Section, start: int, end: int, furniture: Sequence[Span]) -> str:
    """ "andra stycket" for a quote in the second paragraph of a numbered section; "" where that says nothing.

    Nothing is said of a section with one paragraph, or a heading without a number, nor of a quote over several
    paragraphs. A list belongs to the paragraph before it. `furniture` stands between paragraphs and counts as none.
    """
    if not section.path or not _NUMBERED.match(section.path[-1]):
        return ""
    opened = [stycke.start for stycke in _stycken(text, section, tuple(furniture))]
    first, last = bisect_right(opened, start), bisect_left(opened, end)
    if not 2 <= len(opened) <= len(_ORDINALS) or not first or first != last:
        return ""
    return f"{_ORDINALS[first - 1]} stycket"


def stycke_span(text: str, section: Section, number: int, furniture: Sequence[Span]) -> Span | None:
    """The section's paragraph of that number, 1 being the first, with the list that belongs to it; None where there is none."""
    stycken = _stycken(text, section, tuple(furniture))
    return stycken[number - 1] if 1 <= number <= len(stycken) else None


def stycke_in(words: str) -> int | None:
    """The number of the paragraph that a reference names: 2 for "§ 4 andra stycket", "4 § 2 st." and "stycke 2"."""
    found = STYCKE.search(words)
    if found is None:
        return None
    written = found["number"] or found["after"]
    return int(written) if written else _ORDINALS.index(found["ordinal"].casefold()) + 1


STYCKE = re.compile(
    rf"(?i)\b(?:(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:stycket?|st\b\.?)|(?P<number>\d{{1,2}})(?::[ae])?\s*(?:stycket?\b|st\b\.?)(?!\s+\d)"
    r"|stycket?\s+(?P<after>\d{1,2})\b)"
)
"""How a question or a text refers to a paragraph of a section."""


@lru_cache(maxsize=_SECTIONS)
def _stycken(text: str, section: Section, furniture: tuple[Span, ...]) -> tuple[Span, ...]:
    """The section's paragraphs, each with its list."""
    found: list[Span] = []
    for block in blocks_of(text, section.body, section.end):
        if any(frame.overlaps(block) for frame in furniture) or _ASIDE.match(text, block.start, block.end):
            continue
        item = BULLET.match(text, block.start, block.end) or _POINT.match(text, block.start, block.end)
        if not found or not (item or text[block.start].islower()):
            found.append(block)
        else:
            found[-1] = Span(found[-1].start, block.end)
    return tuple(found)


def _kind(mark: str, open_marks: list[tuple[str, str]]) -> str:
    """ "number", "roman" or "letter". A lone i, v or x is a letter only where the letter before it is open."""
    if mark.isdigit():
        return "number"
    if _ROMAN.fullmatch(mark) is None:
        return "letter"
    if len(mark) == 1 and (chr(ord(mark) - 1), "letter") in open_marks:
        return "letter"
    return "roman"
