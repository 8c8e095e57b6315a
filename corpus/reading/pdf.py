"""PDF: the embedded text of each page. pdfium first, pypdf where pdfium finds nothing."""

from __future__ import annotations

from dataclasses import replace

from corpus.reading.encoding import mojibake_warning
from corpus.reading.extract import Extract
from corpus.reading.hidden import hidden_warning
from corpus.reading.ocr import marked, with_ocr
from corpus.reading.pdf_layout import lay_out
from corpus.reading.pdf_lines import PdfText
from corpus.reading.pdf_pdfium import pdfium_text
from corpus.reading.pdf_pypdf import pypdf_text
from corpus.reading.tesseract import Recognise
from corpus.reading.title import sane_title
from corpus.types import ReadError, ReadStatus

# Above this share of characters that mean nothing on their own, the fonts lack a map to letters.
_MOST_UNREADABLE = 0.2
_LONGEST_REASON = 120


def read_pdf(data: bytes, recognise: Recognise) -> Extract:
    """The text of all pages with a page map that tiles it; repeated headers and footers as furniture.

    Pages without text are read off their pictures by `recognise`, and marked.

    Raises `ReadError`: NEEDS_OCR when no page has text, ENCRYPTED, or REFUSED with the reason.
    """
    found = _found(data)
    hidden = [line.hidden for page in found.pages for line in page if line.hidden]
    found = replace(found, pages=tuple(tuple(line for line in page if line.text) for page in found.pages))
    scanned = with_ocr(data, found, recognise)
    found = scanned.found
    if not found.has_text:
        count = len(found.pages)
        if scanned.blank:
            raise ReadError(
                ReadStatus.NEEDS_OCR,
                f"PDF:en har {count} {'sida' if count == 1 else 'sidor'} utan text, och inget syns på "
                f"{'den' if count == 1 else 'dem'}; kontrollera att rätt fil är sparad",
            )
        raise ReadError(
            ReadStatus.NEEDS_OCR,
            f"PDF:en har {count} {'sida' if count == 1 else 'sidor'} och ingen text, troligen är den "
            f"inskannad; {scanned.problem or 'den behöver textigenkänning (OCR)'}",
        )
    extract = lay_out(found)
    marks = (
        _pages_without_text(found), hidden_warning(hidden), _unreadable(extract.text), mojibake_warning(extract.text),
    )  # fmt: skip
    extract = replace(extract, title=sane_title(found.title), warnings=tuple(filter(None, marks)))
    return marked(extract, scanned)


def _found(data: bytes) -> PdfText:
    try:
        found = pdfium_text(data)
    except ValueError as first:
        try:
            return pypdf_text(data)
        except ValueError as second:
            words = " ".join(f"{first}; {second}".split())[:_LONGEST_REASON]
            raise ReadError(
                ReadStatus.REFUSED, f"PDF:en är trasig och kan inte öppnas ({words}); skaffa en hel kopia"
            ) from second
    if found.has_text or any(line.hidden for page in found.pages for line in page):
        return found
    try:
        other = pypdf_text(data)
    except (ValueError, ReadError):
        return found
    return other if other.has_text else found


def _pages_without_text(found: PdfText) -> str | None:
    empty = [number for number, page in enumerate(found.pages, start=1) if not page]
    if not empty:
        return None
    return (
        f"{len(empty)} av {len(found.pages)} sidor har ingen text (sida {_ranges(empty)}); de är inte sökbara"
    )


def _ranges(numbers: list[int]) -> str:
    """ "2, 4–6" for [2, 4, 5, 6]."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)


def _unreadable(text: str) -> str | None:
    signs = [sign for sign in text if not sign.isspace()]
    odd = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in signs)
    if odd <= _MOST_UNREADABLE * len(signs):
        return None
    return f"{odd} av {len(signs)} tecken saknar bokstavsvärde i PDF:ens typsnitt; texten är troligen oläslig"
