"""The ruled tables of a PDF page: where its drawn lines part it into rows and columns."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.reading.pdf_frame import Box, Frame

# A rule is at most so thick and at least so long, in points; ends and edges that nearly meet do meet.
_THICK = 2.5
_LONG = 6.0
_MEET = 3.0
# Drawings and maps have more: they are no tables, and looking through them takes time.
_MOST_OBJECTS = 6_000
_MOST_SEGMENTS = 400
_MOST_RULES = 250


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line across (`at` is its distance from the page's top) or down (from its left), in points."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - _MEET <= place <= self.end + _MEET


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines across and down, each sorted by place. Two rows and two columns at least."""

    across: tuple[_Rule, ...]
    down: tuple[_Rule, ...]

    def place(self, x: float, y: float) -> tuple[float, float] | None:
        """Upper and left edge of the cell that holds the point (all in points), None outside.

        A cell that spans several rows or columns has the edges of its first.
        """
        above = [rule.at for rule in self.across if rule.at <= y and rule.covers(x)]
        before = [rule.at for rule in self.down if rule.at <= x and rule.covers(y)]
        below = any(rule.at > y and rule.covers(x) for rule in self.across)
        after = any(rule.at > x and rule.covers(y) for rule in self.down)
        return (max(above), max(before)) if above and before and below and after else None

    def parts(self, left: float, right: float, y: float) -> bool:
        """True where a line down stands between the two places at that height."""
        return any(left <= rule.at <= right and rule.covers(y) for rule in self.down)


def grids_of(page: pypdfium2.PdfPage, frame: Frame) -> tuple[Grid, ...]:
    """The page's ruled tables, none where it is drawn with too many lines."""
    across: list[_Rule] = []
    down: list[_Rule] = []
    for box in _rules(page):
        top, bottom = frame.rows_of(box)
        left, right = frame.columns_of(box)
        if bottom - top <= _THICK and right - left >= _LONG:
            across.append(_Rule((top + bottom) / 2, left, right))
        elif right - left <= _THICK and bottom - top >= _LONG:
            down.append(_Rule((left + right) / 2, top, bottom))
    across, down = _merged(across), _merged(down)
    if len(across) + len(down) > _MOST_RULES:
        return ()
    found = (Grid(tuple(rows), tuple(columns)) for rows, columns in _connected(across, down))
    return tuple(grid for grid in found if len(grid.across) > 2 and len(grid.down) > 2)


def _rules(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """The boxes of the page's straight lines, and of the sides of its rectangles, in the page's coordinates."""
    count = pdfium.FPDFPage_CountObjects(page)
    for at in range(count if count <= _MOST_OBJECTS else 0):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, edges)):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if min(right - left, top - bottom) <= _THICK:
            yield left, bottom, right, top
        else:
            yield from _sides(drawn)


def _sides(drawn: pdfium.FPDF_PAGEOBJECT) -> Iterator[Box]:
    """The boxes of a path's own straight parts."""
    matrix = pdfium.FS_MATRIX()
    count = pdfium.FPDFPath_CountSegments(drawn)
    if count > _MOST_SEGMENTS or not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
        return
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _box(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _box(last, first)


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """The rules by place; those on one line that meet as one, as tables are drawn cell by cell."""
    found: list[_Rule] = []
    rows: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][0].at <= _THICK:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        place = row[0].at
        start, end = None, 0.0
        for rule in sorted(row, key=lambda rule: rule.start):
            if start is not None and rule.start > end + _MEET:
                found.append(_Rule(place, start, end))
                start = None
            start, end = (rule.start, rule.end) if start is None else (start, max(end, rule.end))
        if start is not None:
            found.append(_Rule(place, start, end))
    return found


def _connected(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """The lines across and down in groups that touch each other."""
    group = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    for row, rule in enumerate(across):
        for column, other in enumerate(down):
            if rule.covers(other.at) and other.covers(rule.at):
                group[root(len(across) + column)] = root(row)
    found: defaultdict[int, tuple[list[_Rule], list[_Rule]]] = defaultdict(lambda: ([], []))
    for at in range(len(group)):
        side, rule = (0, across[at]) if at < len(across) else (1, down[at - len(across)])
        found[root(at)][side].append(rule)
    return list(found.values())
