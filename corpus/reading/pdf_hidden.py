"""Letters of a PDF page that nobody sees: beyond its edge, of no size, drawn with no ink, or white on the white page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.reading.pdf_frame import Box, Frame

_TINY = 1.0
"""Points. Smaller letters than any print; two points are a mark on a drawing."""
_WHITE = 250
_CLEAR = 10
"""Of 255: colours from the first on are white, opacities to the second none."""
_DEEPEST = 8
_PLAIN_FILL = frozenset((pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP))
_NO_INK = frozenset((pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP))

_NOWHERE: Box = (0.0, 0.0, -1.0, -1.0)


class Unseen:
    """What of a page's text shows nothing. Ask while the page is open."""

    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, frame: Frame) -> None:
        self._text_page, self._frame = text_page, frame
        objects = list(page.get_objects(max_depth=_DEEPEST))
        self._objects = {_address(found) for found in _unseen(objects)}
        self._crossing: set[int] = set()
        for each in objects:
            if each.type == pdfium.FPDF_PAGEOBJ_TEXT and not frame.holds(box := _bounds(each)):
                (self._crossing if frame.shows(box) else self._objects).add(_address(each.raw))

    def __bool__(self) -> bool:
        return bool(self._objects or self._crossing)

    def hides(self, index: int) -> bool:
        """True where the character at that index is one that nobody sees."""
        if index < 0:
            return False
        drawn = _address(pdfium.FPDFText_GetTextObject(self._text_page, index))
        if drawn not in self._crossing or drawn in self._objects:
            return drawn in self._objects
        try:
            return not self._frame.shows(self._text_page.get_charbox(index))
        except pypdfium2.PdfiumError:
            return False


def _unseen(objects: Sequence[pypdfium2.PdfObject]) -> Iterator[object]:
    """The page's text objects that nobody sees. White ones show on what has a colour and was drawn before them; the
    letters over a scanned picture, drawn without ink, are what it shows."""
    grounds: list[Box] | None = None
    for at, each in enumerate(objects):
        if each.type != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        mode = pdfium.FPDFTextObj_GetTextRenderMode(each)
        red, green, blue, ink = _fill(each)
        if _size(each) < _TINY or (mode in _PLAIN_FILL and ink <= _CLEAR):
            yield each.raw
        elif mode in _NO_INK:
            pictures = (other for other in objects if other.type == pdfium.FPDF_PAGEOBJ_IMAGE)
            if not _holds((_bounds(other) for other in pictures), each):
                yield each.raw
        elif mode in _PLAIN_FILL and min(red, green, blue) >= _WHITE:
            grounds = grounds or [_bounds(other) if _coloured(other) else _NOWHERE for other in objects]
            if not _holds(grounds[:at], each):
                yield each.raw


def _coloured(each: pypdfium2.PdfObject) -> bool:
    """True for what may give the letters drawn on it a ground that is not white."""
    if each.type != pdfium.FPDF_PAGEOBJ_PATH:
        return each.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(each, ctypes.byref(fill), ctypes.byref(stroked))
    red, green, blue, ink = _fill(each)
    filled = fill.value != pdfium.FPDF_FILLMODE_NONE and ink > _CLEAR and min(red, green, blue) < _WHITE
    return bool(stroked.value) or filled


def _holds(grounds: Iterable[Box], text: pypdfium2.PdfObject) -> bool:
    """True where the middle of the text lies on one of the grounds."""
    left, bottom, right, top = _bounds(text)
    x, y = (left + right) / 2, (bottom + top) / 2
    return any(ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3] for ground in grounds)


def _bounds(each: pypdfium2.PdfObject) -> Box:
    """Where it is on the page, whatever forms it lies in."""
    try:
        box = each.get_bounds()
        form = each.container
        while form is not None:
            corners = [form.get_matrix().on_point(x, y) for x in box[::2] for y in box[1::2]]
            across, along = zip(*corners, strict=True)
            box, form = (min(across), min(along), max(across), max(along)), form.container
    except pypdfium2.PdfiumError:
        return _NOWHERE
    return box[0], box[1], box[2], box[3]


def _fill(each: pypdfium2.PdfObject) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity, 0..255; black where pdfium knows none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(each, *map(ctypes.byref, parts)):
        return 0, 0, 0, 255
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


def _size(text: pypdfium2.PdfObject) -> float:
    """The font's height in points as printed, but for the scale of a form around it; a large one where pdfium knows none."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    known = pdfium.FPDFTextObj_GetFontSize(text, ctypes.byref(size)) and pdfium.FPDFPageObj_GetMatrix(
        text, ctypes.byref(matrix)
    )
    return abs(size.value) * math.hypot(matrix.c, matrix.d) if known else math.inf


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
