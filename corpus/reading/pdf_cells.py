"""The parts of a printed line that wide gaps, or the drawn lines of a table, set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2

from corpus.reading.pdf_frame import Frame
from corpus.reading.pdf_lines import Cell
from corpus.reading.pdf_rules import Grid

# Justified text seldom widens a space to more than this part of the font's height; columns are further apart.
_WIDE = 0.9
# In a narrow column it does: then all spaces of the line are equally wide.
_EQUAL = 0.6
_FEWEST_WORDS = 3
_SPACE = re.compile(r" +")
_WORD = re.compile(r"[^\W\d_]{2,}")


def cells_of(
    text_page: pypdfium2.PdfTextPage, index: int, words: str, frame: Frame, grids: Sequence[Grid]
) -> tuple[Cell, ...]:
    """The parts of a line between gaps as wide as its font is high and between a table's drawn lines.

    `words` is the stripped line, its first character at `index` of the page's characters.
    """
    cells: list[Cell] = []
    top, bottom = _rows(text_page, index, frame)
    middle = (top + bottom) / 2
    ruled = False
    start, left = 0, _edges(text_page, index, frame)[0]
    for space in _SPACE.finditer(words):
        before = _edges(text_page, index + units(words[: space.start()]) - 1, frame)
        after = _edges(text_page, index + units(words[: space.end()]), frame)
        across = any(grid.parts(before[1], after[0], middle) for grid in grids)
        if across or after[0] - before[1] >= _WIDE * before[2]:
            cells.append(Cell(words[start : space.start()], left, before[1]))
            start, left, ruled = space.end(), after[0], ruled or across
    right = _edges(text_page, index + units(words) - 1, frame)[1]
    cells.append(Cell(words[start:], left, right))
    if not ruled and _is_justified(cells):
        cells = _joined(cells)
    return tuple(replace(cell, place=_place(cell, middle, grids)) for cell in cells)


def units(text: str) -> int:
    """How many UTF-16 units the text has: what pdfium counts in."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_justified(cells: Sequence[Cell]) -> bool:
    """True for words of a text, each a cell, with equal gaps between; the first gap may be a number's indent."""
    if len(cells) < _FEWEST_WORDS or any(" " in cell.text for cell in cells):
        return False
    if sum(bool(_WORD.search(cell.text)) for cell in cells) * 2 < len(cells):
        return False
    gaps = [right.left - left.right for left, right in pairwise(cells)]
    rest = gaps[1:] if len(gaps) > 2 else gaps
    return max(rest) - min(rest) <= _EQUAL


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    return [Cell(" ".join(cell.text for cell in cells), cells[0].left, cells[-1].right)]


def _place(cell: Cell, middle: float, grids: Sequence[Grid]) -> tuple[int, float, float] | None:
    for number, grid in enumerate(grids):
        place = grid.place((cell.left + cell.right) / 2, middle) or grid.place(cell.left, middle)
        if place is not None:
            return number, *place
    return None


def _edges(text_page: pypdfium2.PdfTextPage, index: int, frame: Frame) -> tuple[float, float, float]:
    """Left edge, right edge and height of a character, in points; zeros where pdfium knows none."""
    try:
        box = text_page.get_charbox(index, loose=True)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0
    top, bottom = frame.rows_of(box)
    return (*frame.columns_of(box), bottom - top)


def _rows(text_page: pypdfium2.PdfTextPage, index: int, frame: Frame) -> tuple[float, float]:
    """Upper and lower edge of a character, in points; zeros where pdfium knows none."""
    try:
        return frame.rows_of(text_page.get_charbox(index, loose=True))
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
