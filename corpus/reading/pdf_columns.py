"""Two columns of running text that a PDF draws line by line across the page, put in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.reading.pdf_lines import Cell, Line

# Fewer lines side by side may be a table or two signatures.
_FEWEST = 8
# Running text fills its column: so many characters on average, and a right column that begins at one place.
_FULL = 24
_ALIGNED = 3.0
_MOST_ALIGNED = 0.8
# The rows of a table part at the same heights in both columns; paragraphs do not.
_PARAGRAPH = 1.3
_MOST_TOGETHER = 0.6


def in_reading_order(page: Sequence[Line]) -> tuple[Line, ...]:
    """The page's lines with the left column before the right one where two stand side by side.

    The lines come back as they are where the gap between is not that of two columns of running text.
    """
    columns = _columns(page)
    if columns is None:
        return tuple(page)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    above: Line | None = None
    for line in page:
        across = not line.cells or (len(line.cells) == 1 and columns.crosses(line.cells[0]))
        below_gap = above is not None and _step(above, line) > _PARAGRAPH * columns.step
        if across or (below_gap and len(line.cells) == 1):
            ordered += [*left, *right]
            left, right = [], []
        if across:
            ordered.append(line)
        else:
            left += _parts(line, [cell for cell in line.cells if cell.left < columns.right])
            right += _parts(line, [cell for cell in line.cells if cell.left >= columns.right])
        above = line
    return (*ordered, *left, *right)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the left column ends and the right one begins, in points, and the usual step from line to line."""

    left: float
    right: float
    step: float

    def crosses(self, cell: Cell) -> bool:
        return cell.left < self.left and cell.right > self.right


def _columns(page: Sequence[Line]) -> _Columns | None:
    """The two columns of running text that most of the page's divided lines show, or None."""
    pairs = [row for row, line in enumerate(page) if len(line.cells) == 2]
    if len(pairs) < _FEWEST:
        return None
    edge = Counter(round(page[row].cells[1].left) for row in pairs).most_common(1)[0][0]
    beside = [row for row in pairs if abs(page[row].cells[1].left - edge) <= _ALIGNED]
    if len(beside) < max(_FEWEST, _MOST_ALIGNED * len(pairs)) or not _is_prose(page, beside):
        return None
    steps = sorted(_step(page[a], page[b]) for a, b in pairwise(beside))
    columns = _Columns(
        max(page[row].cells[0].right for row in beside), edge - _ALIGNED, steps[len(steps) // 2]
    )
    return columns if columns.left <= columns.right else None


def _step(above: Line, line: Line) -> float:
    return (line.bottom or 0.0) - (above.bottom or 0.0)


def _is_prose(page: Sequence[Line], beside: Sequence[int]) -> bool:
    for side in (0, 1):
        if sum(len(page[row].cells[side].text) for row in beside) < _FULL * len(beside):
            return False
    return not _breaks_together(page, beside)


def _breaks_together(page: Sequence[Line], beside: Sequence[int]) -> bool:
    """True where most gaps between lines go through both columns, as between the rows of a table."""
    steps = [_step(page[a], page[b]) for a, b in pairwise(beside)]
    usual = sorted(steps)[len(steps) // 2]
    gaps = [beside[i + 1] for i, step in enumerate(steps) if step > _PARAGRAPH * usual]
    # Beside a gap in one column only, the other column has a line of its own.
    together = sum(len(page[row - 1].cells) == 2 for row in gaps)
    return len(gaps) * 4 >= len(beside) and together >= _MOST_TOGETHER * len(gaps)


def _parts(line: Line, cells: list[Cell]) -> list[Line]:
    """The part of the line that those cells make up, none where there are none."""
    if not cells:
        return []
    text = " ".join(cell.text for cell in cells)
    # The hyphen of a broken word stands in the whole line's text only.
    if cells[-1] is line.cells[-1] and line.text.endswith("-") and not text.endswith("-"):
        text += "-"
    return [replace(line, text=text, cells=tuple(cells))]
