"""A sample as ODT, the text format of LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from evals.samples.source import Block, BlockKind
from evals.samples.zipped import zip_bytes

_MIME = "application/vnd.oasis.opendocument.text"
_XMLNS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def odt_bytes(blocks: Sequence[Block]) -> bytes:
    """The file's bytes: headings with outline levels, lists and tables."""
    body = "".join(
        f"<text:list>{markup}</text:list>" if kind is BlockKind.BULLET else markup
        for kind, group in groupby(blocks, key=lambda block: block.kind)
        for markup in ["".join(map(_markup, group))]
    )
    content = (
        f'{_XML}<office:document-content {_XMLNS} office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    members = {
        "mimetype": _MIME.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": _MANIFEST.encode(),
    }
    return zip_bytes(members, stored=frozenset({"mimetype"}))


def _markup(block: Block) -> str:
    text = escape(block.text)
    if block.kind is BlockKind.HEADING:
        return f'<text:h text:outline-level="{block.level}">{text}</text:h>'
    if block.kind is BlockKind.BULLET:
        return f"<text:list-item><text:p>{text}</text:p></text:list-item>"
    if block.kind is BlockKind.TABLE:
        columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
        return f"<table:table>{columns}{''.join(map(_row, block.rows))}</table:table>"
    return f"<text:p>{text}</text:p>"


def _row(cells: Sequence[str]) -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{inside}</table:table-row>"
