"""A sample as DOCX. The same source gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx

from evals.samples.numbering import add_numbering, automatic_numbers, number_paragraph
from evals.samples.source import Block, BlockKind, Style
from evals.samples.zipped import zip_bytes

_FIXED = datetime(2024, 1, 1, tzinfo=UTC)


def docx_bytes(blocks: Sequence[Block], style: Style | None = None) -> bytes:
    """The file's bytes: Word's own heading, list and table styles, no author, fixed dates.

    With the numbered style Word counts the headings where it would count as printed; with the bold
    style a heading is a paragraph in bold type.
    """
    document = docx.Document()
    properties = document.core_properties
    properties.author = ""
    properties.comments = ""
    properties.language = "sv-SE"
    properties.created = properties.modified = _FIXED
    automatic = automatic_numbers(blocks) if style is Style.NUMBERED else None
    words: dict[int, str] = {}
    if automatic:
        pattern, words = automatic
        add_numbering(document, pattern)
    for index, block in enumerate(blocks):
        paragraph = _add(document, block, words.get(index, block.text), style)
        if index in words:
            number_paragraph(paragraph, block.level - 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _add(document: Any, block: Block, text: str, style: Style | None) -> Any:
    """The paragraph added, or the table."""
    if block.kind is BlockKind.HEADING and style is Style.BOLD:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        return paragraph
    if block.kind is BlockKind.HEADING:
        return document.add_heading(text, level=block.level - 1)
    if block.kind is BlockKind.BULLET:
        return document.add_paragraph(text, style="List Bullet")
    if block.kind is BlockKind.TABLE:
        table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, block.rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
        return table
    return document.add_paragraph(text)


def _with_fixed_times(data: bytes) -> bytes:
    """The same zip with one date on every member, so that a rebuild changes nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return zip_bytes({name: source.read(name) for name in source.namelist()})
