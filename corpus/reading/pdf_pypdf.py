"""PDF pages through pypdf: the second chance where pdfium finds nothing."""

from __future__ import annotations

import io
import logging

from pypdf import PasswordType, PdfReader

from corpus.reading.pdf_lines import Line, PdfText
from corpus.reading.pdf_pdfium import check_pages
from corpus.types import ReadError, ReadStatus


def pypdf_text(data: bytes) -> PdfText:
    """The lines of all pages, without positions.

    Raises `ReadError` (ENCRYPTED, REFUSED), and `ValueError` with pypdf's words for a file it cannot read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise ReadError(ReadStatus.ENCRYPTED, "PDF:en är låst med lösenord; spara en kopia utan lösenord")
        count = len(reader.pages)
        check_pages(count)
        title = reader.metadata.title if reader.metadata else None
        pages = tuple(_page(reader, number) for number in range(count))
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # on broken files it raises what its parts happen to raise
        raise ValueError(f"{type(error).__name__}: {error}") from error
    return PdfText(pages, title)


def _page(reader: PdfReader, number: int) -> tuple[Line, ...]:
    try:
        text = reader.pages[number].extract_text()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - one broken page must not cost the others; the warning names it
        return ()
    return tuple(Line(line) for line in text.splitlines() if line.strip())
