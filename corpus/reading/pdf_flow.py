"""The order in which a page's lines are read: a sentence that goes on over the page break stays in one piece.

Page headers, page footers and footnotes that stand in such a sentence move to the nearest end of a paragraph on
their own page, so that the page map stays right and every word stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.lines import BULLET
from corpus.reading.pdf_lines import Line

_ENDS = (".", ":", ";", "!", "?", "…")
_OWN_NUMBER = re.compile(
    r"\s*(?:§|\d+(?:\.\d+)*[.)]?\s|(?:kap|kapitel|artikel|avsnitt|bilaga|appendix)\b)", re.I
)
# A line that is broken by the page's width fills most of it.
_FULL = 0.85
_SHORTEST = 40
_NOTE = re.compile(r"\[\d{1,3}\]\s|\d{1,2}\s+\S|\*\s*\S")
_NOTE_SIZE = 0.93
_LOWER_HALF = 0.5
_SAME = 0.08

IsGap = Callable[[Line, Line], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines, their cleaned words, its furniture rows and the rows where headings begin."""

    lines: Sequence[Line]
    texts: Sequence[str]
    frame: frozenset[int]
    headings: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a page that are its running text, and the footnotes below them."""

    rows: list[int]
    notes: list[int]


def reading_order(sheets: Sequence[Sheet], is_gap: IsGap) -> tuple[list[list[int]], list[bool]]:
    """For each page its rows in reading order, and whether its text goes on in the middle of a sentence on the next."""
    size = _usual_size(sheets)
    bodies = [_body(sheet, size) for sheet in sheets]
    over = [False] * len(sheets)
    for at in range(len(sheets) - 1):
        if bodies[at].rows and bodies[at + 1].rows:
            over[at] = _goes_on(sheets[at], bodies[at].rows, sheets[at + 1], bodies[at + 1].rows[0])
    orders = [
        _order(sheet, body, at > 0 and over[at - 1], over[at], is_gap)
        for at, (sheet, body) in enumerate(zip(sheets, bodies, strict=True))
    ]
    return orders, over


def runs_on(above: str, below: str) -> bool:
    """True where a sentence goes on from one line to a next that stands apart from it."""
    return not above.rstrip().endswith(_ENDS) and below[:1].islower() and BULLET.match(below) is None


def _usual_size(sheets: Sequence[Sheet]) -> float | None:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for row, line in enumerate(sheet.lines):
            if line.size and row not in sheet.frame:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _body(sheet: Sheet, size: float | None) -> _Body:
    rows = [row for row, text in enumerate(sheet.texts) if text and row not in sheet.frame]
    first = len(rows)
    for at in range(len(rows) - 1, 0, -1):
        line = sheet.lines[rows[at]]
        small = size is not None and line.size is not None and line.size <= _NOTE_SIZE * size
        if not small or line.top is None or line.top < _LOWER_HALF or line.is_row:
            break
        if _NOTE.match(sheet.texts[rows[at]]):
            first = at
    return _Body(rows[:first], rows[first:])


def _goes_on(page: Sheet, rows: Sequence[int], following: Sheet, first: int) -> bool:
    """True where the page's last line is broken off in a sentence that the next page's first line goes on with."""
    last = rows[-1]
    above, below = page.lines[last], following.lines[first]
    words, rest = page.texts[last], following.texts[first]
    if last in page.headings or first in following.headings or above.is_row or below.is_row:
        return False
    if runs_on(words, rest):
        return True
    if words.endswith(_ENDS) or BULLET.match(rest) or _OWN_NUMBER.match(rest) or len(words) < _SHORTEST:
        return False
    alike = above.bold == below.bold and abs((above.size or 0.0) - (below.size or 0.0)) <= _SAME * (
        above.size or 0.0
    )
    return alike and _is_full(page, rows, above)


def _is_full(page: Sheet, rows: Sequence[int], line: Line) -> bool:
    ends = [page.lines[row].cells[-1].right for row in rows if page.lines[row].cells]
    return bool(line.cells) and line.cells[-1].right >= _FULL * max(ends)


def _order(sheet: Sheet, body: _Body, goes_on_here: bool, goes_on_after: bool, is_gap: IsGap) -> list[int]:
    order = [row for row, text in enumerate(sheet.texts) if text]
    if not body.rows:
        return order
    first, last = order.index(body.rows[0]), order.index(body.rows[-1])
    head, middle, foot = order[:first], order[first : last + 1], order[last + 1 :]
    gaps = [
        at + 1
        for at in range(len(middle) - 1)
        if is_gap(sheet.lines[middle[at]], sheet.lines[middle[at + 1]]) or middle[at + 1] in sheet.headings
    ]
    inserted: dict[int, list[int]] = {}
    if goes_on_here and head:
        place = gaps[0] if gaps else None if goes_on_after else len(middle)
        if place is not None:
            inserted.setdefault(place, []).extend(head)
            head = []
    if goes_on_after and foot:
        place = gaps[-1] if gaps else None if goes_on_here else 0
        if place is not None:
            inserted.setdefault(place, []).extend(foot)
            foot = []
    flow = list(head)
    for at in range(len(middle) + 1):
        flow += inserted.get(at, [])
        flow += middle[at : at + 1]
    return flow + foot
