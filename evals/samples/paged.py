"""A sample as a text PDF with a header and a page count. The same source gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evals.samples.source import Block, BlockKind, Style

_MARGIN = 72.0
_WIDTH = A4[0] - 2 * _MARGIN
_TOP = A4[1] - _MARGIN
_HEADER_Y = A4[1] - 40
_FOOTER_Y = 36.0
_BODY_SIZE = 10.5
_HEADING_SIZES = {1: 17.0, 2: 12.5, 3: 11.0}
_LEADING = 1.35
_GUTTER = 12.0

_Line = tuple[str, float, float, float, str]
"""Font, size, x, y, text."""


@dataclass(slots=True)
class _Sheets:
    """The lines set so far, page by page, and the height of the last one."""

    pages: list[list[_Line]] = field(default_factory=lambda: [[]])
    y: float = _TOP

    def make_room(self, height: float) -> None:
        """Start a new page unless `height` points are left above the bottom margin."""
        if self.y - height < _MARGIN:
            self.pages.append([])
            self.y = _TOP

    def put(self, font: str, size: float, x: float, text: str) -> None:
        """Set one line at the current height."""
        self.pages[-1].append((font, size, x, self.y, text))


def pdf_bytes(blocks: Sequence[Block], header: str, style: Style = Style.NUMBERED) -> bytes:
    """The file's bytes. `header` stands on top of every page, "Sida n (N)" at its foot."""
    pages = _pages(blocks, style)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, lang="sv-SE")
    canvas.setTitle(blocks[0].text)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, _HEADER_Y, header)
        canvas.drawRightString(A4[0] - _MARGIN, _FOOTER_Y, f"Sida {number} ({len(pages)})")
        for font, size, x, y, text in lines:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _pages(blocks: Sequence[Block], style: Style) -> list[list[_Line]]:
    """Lines with their places, page by page; a heading keeps at least two body lines with it."""
    sheets = _Sheets()
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            for number, row in enumerate(block.rows):
                _set_row(sheets, row, "Helvetica-Bold" if number == 0 else "Helvetica")
        else:
            _set_text(sheets, block, style)
        sheets.y -= _BODY_SIZE * 0.5
    return sheets.pages


def _set_text(sheets: _Sheets, block: Block, style: Style) -> None:
    heading = block.kind is BlockKind.HEADING
    font = "Helvetica-Bold" if heading else "Helvetica"
    own_size = heading and (style is Style.NUMBERED or block.level == 1)
    size = _HEADING_SIZES[block.level] if own_size else _BODY_SIZE
    text = f"– {block.text}" if block.kind is BlockKind.BULLET else block.text
    sheets.y -= size if heading else 0.0
    lines = simpleSplit(text, font, size, _WIDTH)
    for number, line in enumerate(lines):
        # No line of a paragraph stands alone on a page, as in a word processor.
        together = 2 if len(lines) > 1 and number in (0, len(lines) - 2) else 1
        sheets.make_room(size * _LEADING * together + (_BODY_SIZE * 4 if heading else 0.0))
        sheets.y -= size * _LEADING
        sheets.put(font, size, _MARGIN, line)


def _set_row(sheets: _Sheets, cells: Sequence[str], font: str) -> None:
    """A row is as high as its highest cell and is not parted by a page break."""
    column = _WIDTH / len(cells)
    split = [simpleSplit(cell, font, _BODY_SIZE, column - _GUTTER) for cell in cells]
    height = max(map(len, split)) * _BODY_SIZE * _LEADING
    sheets.make_room(height)
    top = sheets.y
    for number, lines in enumerate(split):
        sheets.y = top
        for line in lines:
            sheets.y -= _BODY_SIZE * _LEADING
            sheets.put(font, _BODY_SIZE, _MARGIN + number * column, line)
    sheets.y = top - height
