"""PDF pages through pdfium.

pdfium is not thread-safe and nothing here locks it: it runs in the child process of `corpus.sandbox`,
which has one thread. Do not call this module from several threads.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.reading.pdf_cells import cells_of, units
from corpus.reading.pdf_frame import Frame
from corpus.reading.pdf_hidden import Unseen
from corpus.reading.pdf_lines import Line, PdfText
from corpus.reading.pdf_marks import whole_lines
from corpus.reading.pdf_rules import Grid, grids_of
from corpus.types import ReadError, ReadStatus

MOST_PAGES = 5_000
_MOST_BOOKMARKS = 5_000
_LONGEST_NAME = 128
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LONGEST_PRINTED = 2_000
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
        frame = Frame.of(page)
        lines = _lines(text_page, frame, grids_of(page, frame), Unseen(page, text_page, frame))
        unseen = [line for line in lines if not line.text]
        return (*whole_lines([line for line in lines if line.text]), *unseen)


def _lines(
    text_page: pypdfium2.PdfTextPage, frame: Frame, grids: Sequence[Grid], unseen: Unseen
) -> list[Line]:
    """The lines that hold something; the text of one that nobody sees is empty."""
    lines = []
    at = 0
    text = text_page.get_text_range()
    start = 0
    for end in _LINE_END.finditer(text):
        raw = text[start : end.start()]
        shown, hidden = _parted(text_page, at, raw, unseen) if unseen else (raw, "")
        if hidden and not shown.strip():
            lines.append(Line("", hidden=hidden))
        elif hidden:
            first = at + units(raw[: raw.index(shown.strip()[0])])
            lines.append(replace(_line(text_page, first, shown, frame, ()), cells=(), hidden=hidden))
        elif raw.strip():
            # pdfium counts UTF-16 units; the first printed character stands for the line.
            first = at + units(raw[: len(raw) - len(raw.lstrip())])
            line = _line(text_page, first, raw, frame, grids)
            lines.append(replace(line, text=raw + "-") if end[1] else line)
        at += units(text[start : end.end()])
        start = end.end()
    return lines


def _parted(text_page: pypdfium2.PdfTextPage, at: int, raw: str, unseen: Unseen) -> tuple[str, str]:
    """What is seen of the line that begins at that UTF-16 unit of the page, and what nobody sees."""
    shown: list[str] = []
    hidden: list[str] = []
    hides = False
    for sign in raw:
        if not sign.isspace():
            hides = unseen.hides(pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, at))
        (hidden if hides else shown).append(sign)
        at += units(sign)
    return "".join(shown), "".join(hidden).strip()


def _line(
    text_page: pypdfium2.PdfTextPage, first: int, text: str, frame: Frame, grids: Sequence[Grid]
) -> Line:
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    if index < 0:
        return Line(text)
    try:
        box = text_page.get_charbox(index, loose=True)
    except pypdfium2.PdfiumError:
        return Line(text)
    top, bottom = frame.rows_of(box)
    last = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, first + units(text.strip()) - 1)
    bold = _is_bold(text_page, index) and _is_bold(text_page, last)
    words = text.strip()
    # Where every unit has a character, a gap is looked up by counting on from the first.
    countable = len(words) <= _LONGEST_PRINTED and last - index == units(words) - 1
    cells = cells_of(text_page, index, words, frame, grids) if countable else ()
    size = _size(text_page, index) or bottom - top
    return Line(
        text, top / frame.height, bottom / frame.height, size, bold, cells,
        angle=_angle(text_page, index),
    )  # fmt: skip


def _size(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    """The character's font size in points as printed, 0 where pdfium knows none. A box is higher for "Å" than for "a"."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix)):
        return 0.0
    return float(pdfium.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d)


def _angle(text_page: pypdfium2.PdfTextPage, index: int) -> int:
    """How the character is turned in the page's own coordinates, 0..355 degrees in steps of 5."""
    turned = pdfium.FPDFText_GetCharAngle(text_page, index)
    return round(math.degrees(turned) / 5) * 5 % 360 if turned > 0 else 0


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    if index < 0 or not pdfium.FPDFText_GetFontInfo(
        text_page, index, name, _LONGEST_NAME, ctypes.byref(flags)
    ):
        return False
    return bool(_BOLD.search(name.value)) or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT


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
