"""Page headers, page footers and page numbers among the lines of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.reading.pdf_lines import Line

# Only lines this near a page's edge can be its header or footer: among its first and last few, by the
# order of drawing or by place (some programs draw the header last).
_EDGE_LINES = 4
_EDGE_TOP = 0.12
_EDGE_BOTTOM = 0.88
_LONGEST = 160
# A header stands on at least this share of the pages (left and right pages may differ), and on two.
_SHARE = 0.4

_NUMBERED = re.compile(
    r"(?:(?:sid(?:a|an|nr)?|page|s)\.?\s*)?[-–]?\s*(\d{1,4})\s*[-–]?\s*(?:(?:av|of|/|\()\s*\d{1,4}\s*\)?)?",
    re.I,
)
_OF_TOTAL = re.compile(r"(?<![\d/.-])\d{1,4}\s*(?:av|of|/|\()\s*\d{1,4}\)?(?![\d/.-])")
# Lines that count something of the agreement's own, not its pages.
_OWN_NUMBER = re.compile(
    r"^\W*(?:§|\d+[.)]|\d+(?:\.\d+)+|kap|kapitel|artikel|avsnitt|bilaga|appendix|punkt|del|avtal\w*\s+\d)",
    re.I,
)


def furniture_lines(pages: Sequence[Sequence[Line]]) -> list[frozenset[int]]:
    """For each page, the indices of its lines that are repeated headers or footers, or page numbers."""
    edges = [list(_edge(page)) for page in pages]
    seen: Counter[str] = Counter()
    offsets: Counter[int] = Counter()
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        seen.update({key for row in edge for key in _keys(page[row].text, number)})
        offsets.update({found - number for row in edge if (found := _number(page[row].text)) is not None})
    least = max(2.0, _SHARE * sum(1 for page in pages if page))
    offset, agreeing = offsets.most_common(1)[0] if offsets else (0, 0)
    frames = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        frame = set()
        for row in edge:
            text = page[row].text.strip()
            counted = _number(text)
            lone = (
                counted is not None and counted - number == offset and (agreeing >= 2 or not text.isdigit())
            )
            if lone or (any(seen[key] >= least for key in _keys(text, number)) and len(text) <= _LONGEST):
                frame.add(row)
        frames.append(frozenset(frame))
    return frames


def _edge(page: Sequence[Line]) -> Iterator[int]:
    """The rows that can be header or footer."""
    for row, line in enumerate(page):
        drawn = row < _EDGE_LINES or row >= len(page) - _EDGE_LINES
        if line.top is None or line.bottom is None:
            placed = drawn
        else:
            placed = line.bottom <= _EDGE_TOP or line.top >= _EDGE_BOTTOM
        if placed:
            yield row


def _number(text: str) -> int | None:
    """The page number that the line consists of, or None."""
    found = _NUMBERED.fullmatch(text.strip())
    return int(found[1]) if found else None


def _keys(text: str, page: int) -> set[str]:
    """What makes two lines the same header: the words, as they are or with the page's own number left open.

    Both, as the page's number may also stand in a registry number that every page repeats.
    """
    words = " ".join(text.split()).casefold()
    if len(words) > _LONGEST or _OWN_NUMBER.match(words):
        return {words}
    if _OF_TOTAL.search(words):
        return {words, _OF_TOTAL.sub("#", words)}
    # The last one: in "Version 2 s. 2" it is the page's number.
    return {words, re.sub(rf"(?<!\d){page}(?!\d)(?!.*(?<!\d){page}(?!\d))", "#", words)}
