"""One file in, one `Document` out, whatever its format."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.reading.docx import read_docx
from corpus.reading.eml import MOST_MESSAGES, read_eml
from corpus.reading.extract import Extract
from corpus.reading.html import read_html
from corpus.reading.markdown import read_markdown
from corpus.reading.odt import read_odt
from corpus.reading.pdf import read_pdf
from corpus.reading.rtf import read_rtf
from corpus.reading.signature import by_content
from corpus.reading.tesseract import Recognise, recognise_here
from corpus.reading.text import read_text
from corpus.types import Document, FileFormat, ReadError, ReadStatus

MOST_BYTES = 256 * 1024 * 1024
READABLE_SUFFIXES = ".txt, .md, .html, .pdf, .docx, .odt, .rtf eller .eml"

_BY_SUFFIX = {
    ".txt": FileFormat.TXT,
    ".text": FileFormat.TXT,
    ".md": FileFormat.MARKDOWN,
    ".markdown": FileFormat.MARKDOWN,
    ".html": FileFormat.HTML,
    ".htm": FileFormat.HTML,
    ".xhtml": FileFormat.HTML,
    ".pdf": FileFormat.PDF,
    ".docx": FileFormat.DOCX,
    ".odt": FileFormat.ODT,
    ".ott": FileFormat.ODT,
    ".rtf": FileFormat.RTF,
    ".eml": FileFormat.EML,
}
_WORDS = {
    FileFormat.TXT: "vanlig text",
    FileFormat.MARKDOWN: "Markdown",
    FileFormat.HTML: "en webbsida (HTML)",
    FileFormat.PDF: "en PDF",
    FileFormat.DOCX: "ett Word-dokument (DOCX)",
    FileFormat.ODT: "ett OpenDocument (ODT)",
    FileFormat.RTF: "RTF",
    FileFormat.EML: "ett e-postmeddelande",
}
_READERS: dict[FileFormat, Callable[[bytes], Extract]] = {
    FileFormat.TXT: read_text,
    FileFormat.MARKDOWN: read_markdown,
    FileFormat.HTML: read_html,
    FileFormat.DOCX: read_docx,
    FileFormat.ODT: read_odt,
    FileFormat.RTF: read_rtf,
}


def is_readable_suffix(suffix: str) -> bool:
    """True for a file's ending, with its dot, that says a format that is read; case makes no difference."""
    return suffix.lower() in _BY_SUFFIX


def read_document(path: Path, relative: str, recognise: Recognise = recognise_here) -> Document:
    """The document in the file at `path`; `relative` is the name it gets as `Document.path`.

    `recognise` reads scanned pages. Raises `ReadError` for a file that gives no document. Puts no limits on time or
    memory by itself: for files of unknown origin, go through `corpus.sandbox`.
    """
    actual, extract = _extract(_content(path), path.name, recognise, 0)
    return Document(
        path=relative,
        format=actual,
        text=extract.text,
        pages=extract.pages,
        headings=extract.headings,
        furniture=extract.furniture,
        title=extract.title,
        warnings=extract.warnings,
        ocr=extract.ocr,
    )


def _extract(data: bytes, name: str, recognise: Recognise, messages: int) -> tuple[FileFormat, Extract]:
    """The content's format and what its reader makes of it; `messages` counts those that it lies in."""
    suffix = PurePosixPath(name).suffix.lower()
    shown = suffix if re.fullmatch(r"\.[a-zåäö0-9]{1,10}", suffix) else "utan känd filändelse"
    named = _BY_SUFFIX.get(suffix)
    actual = by_content(data) or named
    if actual is None:
        raise ReadError(
            ReadStatus.REFUSED, f"formatet {shown} kan inte läsas; spara om filen som {READABLE_SUFFIXES}"
        )
    if not data:
        raise ReadError(ReadStatus.REFUSED, "filen är tom (0 byte)")
    if actual is FileFormat.PDF:
        extract = read_pdf(data, recognise)
    elif actual is FileFormat.EML:
        extract = _message(data, recognise, messages)
    else:
        extract = _READERS[actual](data)
    if not any(map(str.isalnum, extract.text)):
        raise ReadError(ReadStatus.REFUSED, "filen har ingen synlig text; kontrollera att rätt fil är sparad")
    if named is not actual:
        warning = f"filen heter {shown} men innehåller {_WORDS[actual]}, och lästes som det"
        extract = replace(extract, warnings=(warning, *extract.warnings))
    return actual, extract


def _message(data: bytes, recognise: Recognise, messages: int) -> Extract:
    if messages >= MOST_MESSAGES:
        raise ReadError(ReadStatus.REFUSED, f"det ligger djupare än {MOST_MESSAGES} meddelanden i varandra")

    def attached(content: bytes, name: str, depth: int) -> Extract:
        return _extract(content, name, recognise, depth)[1]

    return read_eml(data, attached, messages)


def _content(path: Path) -> bytes:
    """The file's bytes. Raises `ReadError` (REFUSED) where there is no regular, readable, non-empty file."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ReadError(ReadStatus.REFUSED, "det är ingen vanlig fil (utan t.ex. en mapp eller enhet)")
        if about.st_size == 0:
            raise ReadError(ReadStatus.REFUSED, "filen är tom (0 byte)")
        if about.st_size > MOST_BYTES:
            raise ReadError(
                ReadStatus.REFUSED,
                f"filen är {about.st_size >> 20} MiB och gränsen är {MOST_BYTES >> 20} MiB; dela upp den",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadError(
            ReadStatus.REFUSED, f"filen kan inte öppnas ({reason}); kontrollera att den finns och får läsas"
        ) from error
