"""A sample as a text PDF with a header and a page count. The same source gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evals.samples.source import Block, BlockKind

_MARGIN = 72.0
_HEADER_Y = A4[1] - 40
_FOOTER_Y = 36.0
_BODY_SIZE = 10.5
_HEADING_SIZES = {1: 17.0, 2: 12.5, 3: 11.0}


def pdf_bytes(blocks: Sequence[Block], header: str) -> bytes:
    """The file's bytes. `header` stands on top of every page, "Sida n (N)" at its foot."""
    pages = _pages(blocks)
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


_Line = tuple[str, float, float, float, str]


def _pages(blocks: Sequence[Block]) -> list[list[_Line]]:
    """Lines with their places, page by page; a heading keeps at least two body lines with it."""
    pages: list[list[_Line]] = [[]]
    y = A4[1] - _MARGIN
    for block in blocks:
        heading = block.kind is BlockKind.HEADING
        font = "Helvetica-Bold" if heading else "Helvetica"
        size = _HEADING_SIZES[block.level] if heading else _BODY_SIZE
        text = f"– {block.text}" if block.kind is BlockKind.BULLET else block.text
        y -= size if heading else 0.0
        room = size * 1.35 + (_BODY_SIZE * 4 if heading else 0.0)
        for line in simpleSplit(text, font, size, A4[0] - 2 * _MARGIN):
            if y - room < _MARGIN:
                pages.append([])
                y = A4[1] - _MARGIN
            y -= size * 1.35
            pages[-1].append((font, size, _MARGIN, y, line))
        y -= _BODY_SIZE * 0.5
    return pages
