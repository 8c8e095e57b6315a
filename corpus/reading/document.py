"""One file in, one `Document` out, whatever its format."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

from corpus.reading.docx import read_docx
from corpus.reading.extract import Extract
from corpus.reading.html import read_html
from corpus.reading.markdown import read_markdown
from corpus.reading.pdf import read_pdf
from corpus.reading.signature import by_content
from corpus.reading.text import read_text
from corpus.types import Document, FileFormat, ReadError, ReadStatus

MOST_BYTES = 256 * 1024 * 1024

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
}
_WORDS = {
    FileFormat.TXT: "vanlig text",
    FileFormat.MARKDOWN: "Markdown",
    FileFormat.HTML: "en webbsida (HTML)",
    FileFormat.PDF: "en PDF",
    FileFormat.DOCX: "ett Word-dokument (DOCX)",
}
_READERS: dict[FileFormat, Callable[[bytes], Extract]] = {
    FileFormat.TXT: read_text,
    FileFormat.MARKDOWN: read_markdown,
    FileFormat.HTML: read_html,
    FileFormat.PDF: read_pdf,
    FileFormat.DOCX: read_docx,
}


def read_document(path: Path, relative: str) -> Document:
    """The document in the file at `path`; `relative` is the name it gets as `Document.path`.

    Raises `ReadError` for a file that gives no document. Put no limits on time or memory by itself: for
    files of unknown origin, go through `corpus.sandbox`.
    """
    data = _content(path)
    suffix = path.suffix.lower()
    shown = suffix if re.fullmatch(r"\.[a-zåäö0-9]{1,10}", suffix) else "utan känd filändelse"
    named = _BY_SUFFIX.get(suffix)
    found = by_content(data)
    actual = found or named
    if actual is None:
        raise ReadError(
            ReadStatus.REFUSED,
            f"formatet {shown} kan inte läsas; spara om filen som .txt, .md, .html, .pdf eller .docx",
        )
    extract = _READERS[actual](data)
    if not any(map(str.isalnum, extract.text)):
        raise ReadError(ReadStatus.REFUSED, "filen har ingen synlig text; kontrollera att rätt fil är sparad")
    warnings = extract.warnings
    if named is not actual:
        warnings = (
            f"filen heter {shown} men innehåller {_WORDS[actual]}, och lästes som det",
            *warnings,
        )
    return Document(
        path=relative,
        format=actual,
        text=extract.text,
        pages=extract.pages,
        headings=extract.headings,
        furniture=extract.furniture,
        title=extract.title,
        warnings=warnings,
    )


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
