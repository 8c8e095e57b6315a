"""Rows of ruled tables among the lines of a PDF page: each row one line, whatever its cells wrap to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.reading.canonical import canonical
from corpus.reading.hyphens import join_broken_words
from corpus.reading.pdf_lines import SEPARATOR, Cell, Line

# A cell of more characters is running text in a frame, not a table's.
_LONGEST_CELL = 900

_Part = tuple[Line, Cell]


def with_grid_rows(page: Sequence[Line]) -> tuple[Line, ...]:
    """The page's lines, with each row of a ruled table as one line "cell | cell" that has `is_row` set.

    The rows stand where the table's first line stood. A table of running text, and one where no two cells stand
    side by side, stays as it is.
    """
    tables: defaultdict[int, list[int]] = defaultdict(list)
    for row, line in enumerate(page):
        table = _table(line)
        if table is not None:
            tables[table].append(row)
    first: dict[int, list[Line]] = {}
    taken: set[int] = set()
    for rows in tables.values():
        found = _rows([page[row] for row in rows])
        if found:
            first[rows[0]] = found
            taken.update(rows)
    lines: list[Line] = []
    for row, line in enumerate(page):
        lines += first.get(row, []) if row in taken else [line]
    return tuple(lines)


def _table(line: Line) -> int | None:
    """The one table that all the line's cells stand in, or None."""
    tables = {cell.place[0] if cell.place else None for cell in line.cells}
    return tables.pop() if len(tables) == 1 else None


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The table's rows from the top, none where it is no table of short cells side by side."""
    parts: defaultdict[tuple[float, float], list[_Part]] = defaultdict(list)
    for line in lines:
        for cell in line.cells:
            if cell.place is not None:
                parts[cell.place[1:]].append((_ended(line, cell), cell))
    texts = {place: _text(own) for place, own in parts.items()}
    tops = sorted({top for top, _ in parts})
    beside = [[place for place in sorted(parts) if place[0] == top] for top in tops]
    if not any(len(row) > 1 for row in beside) or max(map(len, texts.values())) > _LONGEST_CELL:
        return []
    found: list[Line] = []
    for row in beside:
        own = [line for place in row for line, _ in parts[place]]
        if len(row) == 1:
            found += own
            continue
        found.append(_row([texts[place] for place in row], own))
    return found


def _ended(line: Line, cell: Cell) -> Line:
    """The part of the line that is the cell, with the hyphen of a broken word, which the whole line's text has."""
    text = cell.text
    if (
        cell is line.cells[-1]
        and line.text.rstrip().endswith(("-", "\u00ad"))
        and not text.endswith(("-", "\u00ad"))
    ):
        text += "-"
    return replace(line, text=text, cells=(cell,))


def _text(parts: Sequence[_Part]) -> str:
    """The cell's words on one line, those broken at its line ends made whole."""
    ordered = sorted(parts, key=lambda part: (part[0].top or 0.0, part[1].left))
    texts = [canonical(line.text).strip() for line, _ in ordered]
    join_broken_words(texts, ())
    return " ".join(filter(None, texts))


def _row(texts: Sequence[str], lines: Sequence[Line]) -> Line:
    tops = [line.top for line in lines if line.top is not None]
    bottoms = [line.bottom for line in lines if line.bottom is not None]
    return replace(
        lines[0], text=SEPARATOR.join(texts), top=min(tops), bottom=max(bottoms), cells=(), is_row=True,
        bold=all(line.bold for line in lines),
    )  # fmt: skip
