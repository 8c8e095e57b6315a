"""ODT: the document's text with tracked changes accepted, numbered as LibreOffice shows it."""

from __future__ import annotations

from dataclasses import replace

from corpus.reading.encoding import mojibake_warning
from corpus.reading.extract import Block, Extract, assemble
from corpus.reading.hidden import hidden_warning
from corpus.reading.odt_flow import Flow
from corpus.reading.odt_names import MANIFEST, OFFICE
from corpus.reading.odt_numbering import Numbering
from corpus.reading.odt_styles import Styles, master_pages
from corpus.reading.title import sane_title
from corpus.reading.zipped import Archive, Element, refuse
from corpus.types import ReadError, ReadStatus

_TEXT_TYPE = "application/vnd.oasis.opendocument.text"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_odt(data: bytes) -> Extract:
    """The document's paragraphs, lists and tables in order, its headings and its title.

    Page headers come first and page footers last, once each and as furniture. What the file hides is left out
    and counted in a warning. Raises `ReadError` (REFUSED, ENCRYPTED).
    """
    archive = Archive(data)
    _check(archive)
    content, sheet = archive.tree("content.xml"), archive.tree("styles.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        refuse("arkivet innehåller ingen OpenDocument-text; öppna filen och spara den som .odt eller .docx")
    styles = Styles([content] if sheet is None else [content, sheet])
    flow = Flow(styles, Numbering(styles.lists))
    blocks = list(flow.blocks(body))
    if blocks:
        blocks = [*_margin(sheet, flow, "header"), *blocks, *_margin(sheet, flow, "footer")]
    extract = assemble(blocks)
    marks = (hidden_warning(flow.hidden), mojibake_warning(extract.text))
    return replace(extract, title=_title(archive), warnings=tuple(filter(None, marks)))


def _check(archive: Archive) -> None:
    """Raises `ReadError` for a locked document and for what is no text document."""
    manifest = archive.tree("META-INF/manifest.xml")
    locked = manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None
    if locked or "encrypted-package" in archive.names:
        raise ReadError(ReadStatus.ENCRYPTED, "filen är låst med lösenord; spara en kopia utan lösenord")
    if "mimetype" in archive.names:
        kind = archive.content("mimetype")[:200].decode("ascii", "replace").strip()
        if not kind.startswith(_TEXT_TYPE):
            refuse(
                f"filen är ett OpenDocument av typen {kind}, inte en text; spara om den som .odt eller .pdf"
            )


def _margin(sheet: Element | None, flow: Flow, kind: str) -> list[Block]:
    """The lines of the page headers or footers. Different first and left pages mostly repeat them."""
    texts = [block.text for part in master_pages(sheet, kind) for block in flow.blocks(part)]
    return [Block(text, tight=at > 0, furniture=True) for at, text in enumerate(dict.fromkeys(texts))]


def _title(archive: Archive) -> str | None:
    root = archive.tree("meta.xml")
    stated = root.find(f".//{_DC_TITLE}") if root is not None else None
    return sane_title(stated.text) if stated is not None else None
