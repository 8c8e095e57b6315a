"""Rows of tables that a PDF draws cell by cell: each cell's lines below each other, then the next cell beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.reading.hyphens import join_broken_words
from corpus.reading.pdf_lines import Cell, Line

# A cell of more lines is a column of running text.
_MOST_LINES = 6
_FEWEST_CELLS = 2
# Cells of a row begin on the same height, in parts of the line's height; the lines of a cell follow each other closely.
_SAME_TOP = 0.3
_TIGHT = 0.6
_SAME_EDGE = 4.0


@dataclass(frozen=True, slots=True)
class Stacked:
    """A row put together, and the lines that it is made of, as drawn."""

    row: Line
    lines: tuple[Line, ...]


def stacked_rows(page: Sequence[Line]) -> list[Line | Stacked]:
    """The page's lines, those that stand side by side as the cells of one row put together.

    Whether it is a table's row is for others to say: the lines themselves come along.
    """
    found: list[Line | Stacked] = []
    at = 0
    while at < len(page):
        stacks = _stacks(page, at)
        count = sum(map(len, stacks))
        if len(stacks) >= _FEWEST_CELLS and count > len(stacks):
            lines = tuple(page[at : at + count])
            found.append(Stacked(_row(stacks), lines))
            at += count
        else:
            found.append(page[at])
            at += 1
    return found


def _stacks(page: Sequence[Line], first: int) -> list[list[Line]]:
    """The cells that begin beside each other with the line at `first`, each as its lines."""
    found: list[list[Line]] = []
    at = first
    right = 0.0
    while at < len(page) and page[at].cells and (not found or _begins_beside(page[first], page[at], right)):
        following = next(
            (
                to
                for to in range(at + 1, min(at + 1 + _MOST_LINES, len(page)))
                if page[to].cells and _begins_beside(page[first], page[to], _right(page[at:to]))
            ),
            None,
        )
        stack = _column(page, at) if following is None else list(page[at:following])
        if following is not None and len(_column(page, at)) != len(stack):
            break
        found.append(stack)
        right = max(right, _right(stack))
        at += len(stack)
    return found


def _column(page: Sequence[Line], first: int) -> list[Line]:
    """The lines of a cell: those that follow right below each other with their left edges in common."""
    found = [page[first]]
    for line in page[first + 1 : first + _MOST_LINES]:
        above = found[-1]
        if len(above.cells) != 1 or len(line.cells) != 1 or above.bold != line.bold:
            break
        if above.bottom is None or line.top is None or line.bottom is None:
            break
        if (
            not 0
            <= line.top - above.bottom + _SAME_TOP * (line.bottom - line.top)
            <= _TIGHT * (line.bottom - line.top) * 2
        ):
            break
        if abs(line.cells[0].left - above.cells[0].left) > _SAME_EDGE:
            break
        found.append(line)
    return found


def _begins_beside(first: Line, line: Line, right: float) -> bool:
    if first.top is None or first.bottom is None or line.top is None or not line.cells:
        return False
    same = abs(line.top - first.top) <= _SAME_TOP * (first.bottom - first.top)
    return same and line.cells[0].left > right


def _right(lines: Sequence[Line]) -> float:
    return max((line.cells[-1].right for line in lines if line.cells), default=0.0)


def _row(stacks: Sequence[Sequence[Line]]) -> Line:
    cells: list[Cell] = []
    for stack in stacks:
        first = stack[0]
        if len(stack) == 1:
            cells += first.cells
            continue
        texts = [line.text.strip() for line in stack]
        join_broken_words(texts, ())
        left = min(line.cells[0].left for line in stack)
        cells.append(Cell(" ".join(filter(None, texts)), left, _right(stack)))
    lines = [line for stack in stacks for line in stack]
    low = max((line.bottom for line in lines if line.bottom is not None), default=None)
    return replace(
        lines[0], text=" ".join(cell.text for cell in cells), cells=tuple(cells), bottom=low,
        bold=all(line.bold for line in lines),
    )  # fmt: skip
