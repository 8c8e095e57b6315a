"""A sample as DOCX. The same source gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import docx

from evals.samples.source import Block, BlockKind

_FIXED = datetime(2024, 1, 1, tzinfo=UTC)


def docx_bytes(blocks: Sequence[Block]) -> bytes:
    """The file's bytes: Word's own heading, list and table styles, no author, fixed dates."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = ""
    properties.comments = ""
    properties.language = "sv-SE"
    properties.created = properties.modified = _FIXED
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            document.add_heading(block.text, level=block.level - 1)
        elif block.kind is BlockKind.BULLET:
            document.add_paragraph(block.text, style="List Bullet")
        elif block.kind is BlockKind.TABLE:
            table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(block.text)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _with_fixed_times(data: bytes) -> bytes:
    """The same zip with one date on every member, so that a rebuild changes nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=_FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
