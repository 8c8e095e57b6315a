"""Rows of tables among the lines of a PDF page: cells side by side whose edges meet those above or below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.reading.pdf_lines import Cell, Line

SEPARATOR = " | "
# Edges of cells in one column of a table, left, right or middle, differ by less than so many points.
_SAME_EDGE = 4.0
# A row stands at most so many line heights below the one above it.
_NEXT_ROW = 4.0
# "4.1   Parterna …" is a number before its clause, "a)   lokaler" an item of a list: no cells.
_NUMBER = re.compile(
    r"(?:§\s*)?\d{1,2}(?:\.\d{1,3})*[.)]?|\d{1,2}\s*§|\(?[a-zA-ZåäöÅÄÖ]\)|\(?[ivx]{1,4}\)|[•·▪●◦‣○■*\-–—\uf000-\uf8ff]"
)

# "1 Parter . . . . . 3" is a row of a contents page, not of a table.
_LEADER = re.compile(r"(?:\.[ \u00a0]?){4,}|…{2,}|_{4,}")


def with_rows(page: Sequence[Line]) -> tuple[Line, ...]:
    """The page's lines, each row of a table as "cell | cell" with `is_row` set.

    A table is two rows or more right below each other with two edges in common.
    """
    cells = [_cells(line) for line in page]
    rows: set[int] = set()
    above: int | None = None
    for row, own in enumerate(cells):
        if len(own) < 2:
            continue
        if above is not None and _near(page[above], page[row]) and _shared(cells[above], own) >= 2:
            rows |= {above, row}
        above = row
    return tuple(
        replace(line, text=SEPARATOR.join(cell.text for cell in cells[row]), is_row=True)
        if row in rows
        else line
        for row, line in enumerate(page)
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    """The line's cells, none where it is a number with its text or a row of contents."""
    if _LEADER.search(line.text):
        return ()
    if len(line.cells) == 2 and _NUMBER.fullmatch(line.cells[0].text):
        return ()
    return line.cells


def _near(above: Line, line: Line) -> bool:
    if above.top is None or above.bottom is None or line.top is None:
        return False
    return (
        -0.01
        <= line.top - above.bottom + (above.bottom - above.top)
        <= _NEXT_ROW * (above.bottom - above.top)
    )


def _shared(above: Sequence[Cell], below: Sequence[Cell]) -> int:
    """How many cells of the lower row have an edge or a middle in common with a cell of the upper one."""
    return sum(any(_aligned(cell, other) for other in above) for cell in below)


def _aligned(one: Cell, other: Cell) -> bool:
    return (
        abs(one.left - other.left) <= _SAME_EDGE
        or abs(one.right - other.right) <= _SAME_EDGE
        or abs(one.left + one.right - other.left - other.right) <= 2 * _SAME_EDGE
    )
