"""Rows of tables among the lines of a PDF page: cells side by side whose edges meet those above or below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.reading.hyphens import join_broken_words
from corpus.reading.pdf_lines import SEPARATOR, Cell, Line
from corpus.reading.pdf_stacks import Stacked, stacked_rows

# Edges of cells in one column of a table, left, right or middle, differ by less than so many points.
_SAME_EDGE = 4.0
# A row stands at most so many line heights below the one above it.
_NEXT_ROW = 4.0
# Columns of numbers share their right edges only; they stand so many font heights apart.
_WIDE_GAP = 2.0
# Lines of one cell stand at most so many heights apart, the first lines of a row's cells on the same height.
_TIGHT = 0.3
_SAME_LINE = 0.3
# "4.1   Parterna …" is a number before its clause, "a)   lokaler" an item of a list: no cells.
_NUMBER = re.compile(
    r"(?:§\s*)?\d{1,2}(?:\.\d{1,3})*[.)]?|\d{1,2}\s*§|\(?[a-zA-ZåäöÅÄÖ]\)|\(?[ivx]{1,4}\)|[•·▪●◦‣○■*\-–—\uf000-\uf8ff]"
)

# What stands right below a row and opens a section is none of its cells.
_OPENS_SECTION = re.compile(
    r"\s*(?:§\s*\d|\d{1,2}\s*§|\d{1,2}\s*kap\b|(?:kapitel|artikel|avsnitt|bilaga)\s+\d)", re.IGNORECASE
)
# "1 Parter . . . . . 3" is a row of a contents page, not of a table.
_LEADER = re.compile(r"(?:\.[ \u00a0]?){4,}|…{2,}|_{4,}")


def with_rows(page: Sequence[Line]) -> tuple[Line, ...]:
    """The page's lines, each row of a table as "cell | cell" with `is_row` set, also where its cells take several lines.

    A table is two rows or more right below each other with two edges in common.
    """
    stacked = stacked_rows(page)
    whole = [each.row if isinstance(each, Stacked) else each for each in stacked]
    rows, _ = _table_rows(whole)
    kept = [
        line
        for at, each in enumerate(stacked)
        for line in ((each.row,) if isinstance(each, Stacked) and at in rows else _drawn(each))
    ]
    return _with_rows(kept)


def _drawn(each: Line | Stacked) -> tuple[Line, ...]:
    return each.lines if isinstance(each, Stacked) else (each,)


def _table_rows(page: Sequence[Line]) -> tuple[set[int], list[tuple[Cell, ...]]]:
    """The positions of the lines that are rows of tables, and the cells of every line."""
    cells = [_cells(line) for line in page]
    rows: set[int] = set()
    above: int | None = None
    for row, own in enumerate(cells):
        if len(own) < 2:
            continue
        if above is not None and _near(page[above], page[row]) and _one_table(page[row], cells[above], own):
            rows |= {above, row}
        above = row
    return rows, cells


def _with_rows(page: Sequence[Line]) -> tuple[Line, ...]:
    rows, cells = _table_rows(page)
    columns = _columns(cells, rows)
    wrapped = _wrapped(page, columns, rows)
    inside = {at for more in wrapped.values() for at in more}
    return tuple(
        _row([page[at] for at in (row, *wrapped[row])], cells[row], columns[row]) if row in rows else line
        for row, line in enumerate(page)
        if row not in inside
    )


def _columns(cells: Sequence[Sequence[Cell]], rows: set[int]) -> dict[int, list[Cell]]:
    """For each row the columns of its table, as a cell of each: its own, and those of the rows above that it leaves empty."""
    found: dict[int, list[Cell]] = {}
    known: list[Cell] = []
    for row in sorted(rows):
        own = list(cells[row])
        if _shared(known, own) < 2:
            known = []
        free = [cell for cell in known if all(cell.right < one.left or cell.left > one.right for one in own)]
        known = found[row] = sorted([*own, *free], key=lambda cell: cell.left)
    return found


def _wrapped(
    page: Sequence[Line], columns: Mapping[int, Sequence[Cell]], rows: set[int]
) -> dict[int, list[int]]:
    """For each row the lines that its cells go on with: below it, or beside it where the file draws cell by cell."""
    found: dict[int, list[int]] = {row: [] for row in rows}
    current: int | None = None
    low = 0.0
    waiting: list[int] = []
    for at, line in enumerate(page):
        if at in rows:
            found[at] += [other for other in waiting if _beside(page[at], page[other], columns[at])]
            current, waiting = at, []
            low = max(page[other].bottom or 0.0 for other in (at, *found[at]))
        elif current is not None and line.cells and _goes_below(page[current], low, line, columns[current]):
            found[current].append(at)
            low = max(low, line.bottom or 0.0)
        elif current is not None:
            waiting.append(at)
    return found


def _goes_below(row: Line, low: float, line: Line, columns: Sequence[Cell]) -> bool:
    """True for a line in the row's columns that stands right below what the row holds, or beside its first line."""
    if row.top is None or row.bottom is None or line.top is None or line.bottom is None:
        return False
    if _OPENS_SECTION.match(line.text) or (line.bold and not row.bold):
        return False
    height = row.bottom - row.top
    close = row.top - _SAME_LINE * height <= line.top <= low + _TIGHT * height
    return close and all(_column(cell, columns) is not None for cell in line.cells)


def _beside(row: Line, line: Line, columns: Sequence[Cell]) -> bool:
    """True for a line in the row's columns, or left of them all, on the height of the row's first line or right below."""
    if row.top is None or row.bottom is None or line.top is None or not line.cells:
        return False
    height = row.bottom - row.top
    if not row.top - _SAME_LINE * height <= line.top <= row.bottom + _TIGHT * height:
        return False
    return all(cell.right < columns[0].left or _column(cell, columns) is not None for cell in line.cells)


def _column(cell: Cell, columns: Sequence[Cell]) -> int | None:
    """The column that the cell has an edge or the middle in common with, and that it does not leave."""
    for at, column in enumerate(columns):
        after = columns[at + 1].left if at + 1 < len(columns) else column.left + 1_000
        if _aligned(cell, column) and cell.right <= after:
            return at
    return None


def _row(lines: Sequence[Line], own: Sequence[Cell], columns: Sequence[Cell]) -> Line:
    """One line for the row, the words of each column together. `own` are the cells of its first line."""
    texts: list[list[str]] = [
        [] for _ in range(len(columns) + 1)
    ]  # the first for what stands left of all columns
    for cell in [*own, *(cell for line in lines[1:] for cell in line.cells)]:
        column = _column(cell, columns)
        texts[0 if column is None else column + 1].append(cell.text)
    shown = [_whole(part) for part in texts if part]
    low = max((line.bottom for line in lines if line.bottom is not None), default=None)
    return replace(lines[0], text=SEPARATOR.join(shown), bottom=low, is_row=True)


def _whole(texts: list[str]) -> str:
    join_broken_words(texts, ())
    return " ".join(filter(None, texts))


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


def _one_table(line: Line, above: Sequence[Cell], own: Sequence[Cell]) -> bool:
    """True where two edges are in common, and not just the margins, which the lines of justified text share too."""
    if _shared(above, own) < 2:
        return False
    if any(abs(cell.left - other.left) <= _SAME_EDGE for cell in own[1:] for other in above[1:]):
        return True
    gaps = [after.left - before.right for before, after in pairwise(own)]
    return min(gaps) >= _WIDE_GAP * (line.size or 0.0)


def _shared(above: Sequence[Cell], below: Sequence[Cell]) -> int:
    """How many cells of the lower row have an edge or a middle in common with a cell of the upper one."""
    return sum(any(_aligned(cell, other) for other in above) for cell in below)


def _aligned(one: Cell, other: Cell) -> bool:
    return (
        abs(one.left - other.left) <= _SAME_EDGE
        or abs(one.right - other.right) <= _SAME_EDGE
        or abs(one.left + one.right - other.left - other.right) <= 2 * _SAME_EDGE
    )
