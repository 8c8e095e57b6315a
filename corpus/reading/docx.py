"""DOCX: the document's text with tracked changes accepted, numbered as Word shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.reading.docx_flow import Flow
from corpus.reading.docx_inline import Notes
from corpus.reading.docx_names import W, child, to_transitional
from corpus.reading.docx_numbering import Numbering
from corpus.reading.docx_package import Package
from corpus.reading.docx_styles import Styles
from corpus.reading.encoding import mojibake_warning
from corpus.reading.extract import Block, Extract, assemble
from corpus.reading.hidden import hidden_warning
from corpus.reading.title import sane_title
from corpus.reading.zipped import Element

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(data: bytes) -> Extract:
    """The document's paragraphs and tables in order, its headings and its title.

    Page headers come first and page footers last, once each and as furniture: the registry number often
    stands there only. Raises `ReadError` (REFUSED, ENCRYPTED).
    """
    package = Package(data)
    flow = Flow(
        Styles(_part(package, "styles")),
        Numbering(_part(package, "numbering")),
        Notes({**_notes(package, "footnote"), **_notes(package, "endnote")}),
    )
    root = package.tree(package.main)
    if root is None:
        return Extract("")
    to_transitional(root)
    if child(root, "background") is not None:
        flow.set_ground()
    body = child(root, "body")
    blocks = list(flow.blocks(body)) if body is not None else []
    if blocks:
        blocks = [*_margin(package, flow, "header"), *blocks, *_margin(package, flow, "footer")]
    extract = assemble(blocks)
    marks = (hidden_warning(flow.hidden), mojibake_warning(extract.text))
    return replace(extract, title=_title(package), warnings=tuple(filter(None, marks)))


def _parts(package: Package, kind: str) -> Iterator[Element]:
    for name in package.related(package.main, kind):
        root = package.tree(name)
        if root is not None:
            to_transitional(root)
            yield root


def _part(package: Package, kind: str) -> Element | None:
    return next(_parts(package, kind), None)


def _notes(package: Package, kind: str) -> dict[tuple[str, str], Element]:
    root = _part(package, kind + "s")
    if root is None:
        return {}
    return {(kind, note.get(W + "id", "")): note for note in root if note.get(W + "type") is None}


def _margin(package: Package, flow: Flow, kind: str) -> list[Block]:
    """The lines of the page headers or footers. Different first and even pages mostly repeat them."""
    texts = [block.text for root in _parts(package, kind) for block in flow.blocks(root)]
    return [Block(text, tight=at > 0, furniture=True) for at, text in enumerate(dict.fromkeys(texts))]


def _title(package: Package) -> str | None:
    for name in package.related("", "core-properties"):
        root = package.tree(name)
        if root is not None:
            return sane_title(root.findtext(_DC_TITLE))
    return None
