"""PDF pages through pdfium.

pdfium is not thread-safe and nothing here locks it: it runs in the child process of `corpus.sandbox`,
which has one thread. Do not call this module from several threads.
"""

from __future__ import annotations

import ctypes
import re
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.reading.pdf_lines import Line, PdfText
from corpus.types import ReadError, ReadStatus

MOST_PAGES = 5_000
_MOST_BOOKMARKS = 5_000
_LONGEST_NAME = 128
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
# pdfium puts one mark in place of a hyphen and the line break after it, whatever the words: also in
# "forsknings-" + "och". The hyphen and the break are put back; `hyphens` then decides.
_LINE_END = re.compile("([\ufffe\x02]?)(?:\r\n|(?<=[\ufffe\x02]))|$")


def pdfium_text(data: bytes) -> PdfText:
    """The lines of all pages, in the order the file draws them.

    Raises `ReadError` (ENCRYPTED, REFUSED), and `ValueError` with pdfium's words for a file it cannot open.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise ReadError(
                ReadStatus.ENCRYPTED, "PDF:en är låst med lösenord; spara en kopia utan lösenord"
            ) from error
        raise ValueError(str(error)) from error
    try:
        count = len(document)
        check_pages(count)
        pages = tuple(_page(document, number) for number in range(count))
        return PdfText(pages, document.get_metadata_value("Title"), _outline(document))
    finally:
        document.close()


def check_pages(count: int) -> None:
    """Raises `ReadError` (REFUSED) for a PDF without pages or with more than `MOST_PAGES`."""
    if count == 0:
        raise ReadError(ReadStatus.REFUSED, "PDF:en har inga sidor")
    if count > MOST_PAGES:
        raise ReadError(
            ReadStatus.REFUSED,
            f"PDF:en har {count} sidor och gränsen är {MOST_PAGES}; dela upp den i flera filer",
        )


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[Line, ...]:
    """The page's lines, none where pdfium cannot open it: the reader's warning names such pages."""
    try:
        with closing(document[number]) as page:
            if pdfium.FPDFPage_GetAnnotCount(page) <= 0:
                return _page_lines(page)
            # What is filled in a form lies in annotations; flattening, in memory, makes it page content.
            flattened = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
            if not flattened:
                return _page_lines(page)
        with closing(document[number]) as page:
            return _page_lines(page)
    except pypdfium2.PdfiumError:
        return ()


def _page_lines(page: pypdfium2.PdfPage) -> tuple[Line, ...]:
    with closing(page.get_textpage()) as text_page:
        return tuple(_lines(text_page, _Frame.of(page)))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a reader sees of a page: its crop box in the page's own coordinates, and its turn in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> _Frame:
        left, bottom, right, top = page.get_cropbox()
        if right - left < 1 or top - bottom < 1:
            left, bottom, right, top = 0.0, 0.0, 595.0, 842.0  # no page at all: as if it were A4
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def rows_of(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """Upper and lower edge of a box (left, bottom, right, top), in points below the page's shown top."""
        left, bottom, right, top = box
        return {
            90: (left - self.left, right - self.left),
            180: (bottom - self.bottom, top - self.bottom),
            270: (self.right - right, self.right - left),
        }.get(self.turn, (self.top - top, self.top - bottom))

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """True when the box touches what is seen of the page."""
        left, bottom, right, top = box
        return left < self.right and right > self.left and bottom < self.top and top > self.bottom


def _lines(text_page: pypdfium2.PdfTextPage, frame: _Frame) -> list[Line]:
    lines = []
    at = 0
    text = text_page.get_text_range()
    start = 0
    for end in _LINE_END.finditer(text):
        raw = text[start : end.start()]
        if raw.strip():
            # pdfium counts UTF-16 units; the first printed character stands for the line.
            first = at + _units(raw[: len(raw) - len(raw.lstrip())])
            line = _line(text_page, first, raw, frame)
            lines.append(replace(line, text=raw + "-") if end[1] else line)
        at += _units(text[start : end.end()])
        start = end.end()
    return lines


def _line(text_page: pypdfium2.PdfTextPage, first: int, text: str, frame: _Frame) -> Line:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    if index < 0:
        return Line(text)
    try:
        box = text_page.get_charbox(index, loose=True)
    except pypdfium2.PdfiumError:
        return Line(text)
    top, bottom = frame.rows_of(box)
    last = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, first + _units(text.strip()) - 1)
    bold = _is_bold(text_page, index) and _is_bold(text_page, last)
    return Line(text, top / frame.height, bottom / frame.height, bottom - top, bold, not frame.shows(box))


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    if index < 0 or not pdfium.FPDFText_GetFontInfo(
        text_page, index, name, _LONGEST_NAME, ctypes.byref(flags)
    ):
        return False
    return bool(_BOLD.search(name.value)) or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _outline(document: pypdfium2.PdfDocument) -> tuple[tuple[int, int, str], ...]:
    marks: list[tuple[int, int, str]] = []
    for bookmark in document.get_toc(max_depth=6):
        if len(marks) >= _MOST_BOOKMARKS:
            break
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            marks.append((page, bookmark.level + 1, bookmark.get_title()))
    return tuple(marks)
