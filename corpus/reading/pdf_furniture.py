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
# Addresses and account numbers in one footer line; what is longer is text.
_LONGEST = 400
_LONGEST_COUNTED = 160
# A header stands on at least this share of the pages (left and right pages may differ), and on two; or, as a
# chapter's does, on so many pages in a row.
_SHARE = 0.4
_IN_A_ROW = 3
_LAST_NUMBER = re.compile(r"(?<![\w.,/:-])(?:(\d{1,4})|([ivxl]{1,6}))$", re.I)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

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
    """For each page, the indices of its lines that are repeated headers, footers or watermarks, or page numbers."""
    edges = [sorted({*_edge(page), *turned_rows(page)}) for page in pages]
    seen: Counter[str] = Counter()
    running: dict[str, int] = {}  # key to how many pages in a row have had it
    in_a_row: set[str] = set()
    offsets: Counter[int] = Counter()
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        keys = {key for row in edge for key in _keys(page[row].text, number)}
        seen.update(keys)
        running = {key: running.get(key, 0) + 1 for key in keys}
        in_a_row.update(key for key, count in running.items() if count >= _IN_A_ROW)
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
            repeated = any(seen[key] >= least or key in in_a_row for key in _keys(text, number))
            if lone or (repeated and len(text) <= _LONGEST):
                frame.add(row)
        frames.append(frozenset(frame))
    return frames


def turned_rows(page: Sequence[Line]) -> frozenset[int]:
    """The rows that are turned otherwise than most of the page's text: a template's name in the margin, a watermark."""
    angles: Counter[int] = Counter()
    for line in page:
        angles[line.angle] += len(line.text)
    usual = angles.most_common(1)[0][0] if angles else 0
    return frozenset(row for row, line in enumerate(page) if line.angle != usual)


def _edge(page: Sequence[Line]) -> Iterator[int]:
    """The rows that can be header or footer. Below all else a page number may stand anywhere."""
    lowest = max(range(len(page)), key=lambda row: page[row].top or 0.0, default=-1)
    for row, line in enumerate(page):
        drawn = row < _EDGE_LINES or row >= len(page) - _EDGE_LINES
        if line.top is None or line.bottom is None:
            placed = drawn
        else:
            placed = line.bottom <= _EDGE_TOP or line.top >= _EDGE_BOTTOM
        if placed or (row == lowest and _number(line.text) is not None):
            yield row


def _number(text: str) -> int | None:
    """The page number that the line consists of, or None."""
    found = _NUMBERED.fullmatch(text.strip()) if len(text) <= _LONGEST_COUNTED else None
    return int(found[1]) if found else None


def _keys(text: str, page: int) -> set[str]:
    """What makes two lines the same header: the words, as they are or with the page's own number left open.

    Both, as the page's number may also stand in a registry number that every page repeats.
    """
    words = " ".join(text.split()).casefold()
    if len(words) > _LONGEST_COUNTED:
        return {words}
    counted = _LAST_NUMBER.search(words)
    own = _OWN_NUMBER.match(words) is not None
    before = words[: counted.start()] if counted else ""
    if counted is not None and (before or counted[2]) and (not own or any(map(str.isdigit, before))):
        # The number that follows the pages, wherever their count began: "Kapitel 2 12" on page 17.
        last = int(counted[1]) if counted[1] else _roman(counted[2])
        return {words, f"{before}#{last - page}", *(set() if own else _own(words, page))}
    return {words} if own else {words, *_own(words, page)}


def _own(words: str, page: int) -> set[str]:
    if _OF_TOTAL.search(words):
        return {_OF_TOTAL.sub("#", words)}
    # The last one: in "Version 2 s. 2" it is the page's number.
    return {re.sub(rf"(?<!\d){page}(?!\d)(?!.*(?<!\d){page}(?!\d))", "#", words)}


def _roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written.lower()]
    return sum(
        -value if at + 1 < len(values) and value < values[at + 1] else value
        for at, value in enumerate(values)
    )
