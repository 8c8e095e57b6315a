"""A drawn agreement as a file of each format."""

from __future__ import annotations

import html
import io
import textwrap

import docx
from docx.document import Document as WordDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evals.drawn.agreement import Drawn, Piece, PieceKind

_HEADS = (PieceKind.TITLE, PieceKind.HEADING)
_WIDTH = 72
_MARGIN, _BODY, _STEP = 72.0, 10.5, 1.35


def as_text(drawn: Drawn, wrapped: bool = False, tight: bool = False) -> bytes:
    """Plain text. `wrapped`: hard line breaks at 72 characters; `tight`: no blank line under a heading."""
    parts: list[str] = []
    for piece in drawn.pieces:
        lines = (
            [row.replace("|", "    ") for row in piece.lines]
            if piece.kind is PieceKind.TABLE
            else piece.lines
        )
        shown = [part for line in lines for part in (textwrap.wrap(line, _WIDTH) if wrapped else [line])]
        prose = piece.kind in (PieceKind.TEXT, PieceKind.CLAUSE)
        close = tight and prose and bool(parts) and parts[-1].endswith("\x00")
        gap = "\n" if close else "\n\n"
        parts[-1:] = [parts[-1].rstrip("\x00") + gap] if parts else []
        parts.append("\n".join(shown) + ("\x00" if piece.kind in _HEADS else ""))
    return ("".join(parts).rstrip("\x00") + "\n").encode()


def as_markdown(drawn: Drawn) -> bytes:
    """Markdown with # headings."""
    blocks = []
    for piece in drawn.pieces:
        if piece.kind in _HEADS:
            blocks.append(f"{'#' * (piece.level + 1)} {piece.text}")
        elif piece.kind is PieceKind.TABLE:
            blocks.append("\n".join(f"| {row.replace('|', ' | ')} |" for row in piece.lines))
        else:
            blocks.append("\n".join(piece.lines))
    return ("\n\n".join(blocks) + "\n").encode()


def as_html(drawn: Drawn) -> bytes:
    """A page with h1..h3."""
    parts = []
    for piece in drawn.pieces:
        lines = [html.escape(line) for line in piece.lines]
        if piece.kind in _HEADS:
            parts.append(f"<h{piece.level + 1}>{'<br>'.join(lines)}</h{piece.level + 1}>")
        elif piece.kind is PieceKind.TABLE:
            rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line.split('|'))}</tr>" for line in lines)
            parts.append(f"<table>{rows}</table>")
        elif piece.kind is PieceKind.ITEMS:
            parts.append("".join(f"<p>{line}</p>" for line in lines))
        else:
            parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return f"<!doctype html><html lang=sv><body>{''.join(parts)}</body></html>".encode()


def as_docx(drawn: Drawn, styled: bool = True) -> bytes:
    """Word, with heading styles or, not `styled`, with headings as plain paragraphs in bold."""
    document: WordDocument = docx.Document()
    for piece in drawn.pieces:
        if piece.kind in _HEADS and styled:
            document.add_heading(piece.text, level=piece.level)
        elif piece.kind in _HEADS:
            document.add_paragraph().add_run(piece.text).bold = True
        elif piece.kind is PieceKind.TABLE:
            cells = [line.split("|") for line in piece.lines]
            table = document.add_table(rows=len(cells), cols=len(cells[0]), style="Table Grid")
            for row, texts in zip(table.rows, cells, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            for line in piece.lines:
                document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_pdf(drawn: Drawn, heading_size: float = 12.5, bold: bool = True) -> bytes:
    """A PDF with page header, page count and wrapped lines; headings of that size and weight."""
    pages = _pages(drawn, heading_size, bold)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, A4[1] - 40, "Påhittsmarks samordningskansli · Dnr PS 2023-0042")
        canvas.drawRightString(A4[0] - _MARGIN, 36, f"Sida {number} av {len(pages)}")
        for font, size, x, y, text in lines:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


_Line = tuple[str, float, float, float, str]


def _pages(drawn: Drawn, heading_size: float, bold: bool) -> list[list[_Line]]:
    pages: list[list[_Line]] = [[]]
    y = A4[1] - _MARGIN
    for piece in drawn.pieces:
        heading = piece.kind in _HEADS
        font = "Helvetica-Bold" if heading and bold else "Helvetica"
        size = (heading_size + (4 if piece.kind is PieceKind.TITLE else 0)) if heading else _BODY
        y -= size * 0.6 if heading else 0.0
        printed = _printed(piece, font, size)
        for row, cells in enumerate(printed):
            after = size * _STEP * (len(printed) - row) + _BODY * 4 if heading else 0
            if y - size * _STEP - after < _MARGIN:
                pages.append([])
                y = A4[1] - _MARGIN
            y -= size * _STEP
            for column, text in enumerate(cells):
                pages[-1].append((font, size, _MARGIN + column * 150, y, text))
        y -= _BODY * 0.6
    return pages


def _printed(piece: Piece, font: str, size: float) -> list[list[str]]:
    """The piece's printed lines, each as the cells side by side on it."""
    if piece.kind is PieceKind.TABLE:
        return [line.split("|") for line in piece.lines]
    return [[part] for line in piece.lines for part in simpleSplit(line, font, size, A4[0] - 2 * _MARGIN)]
