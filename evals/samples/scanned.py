"""A sample as a scan: a PDF of black and white page images without a text layer."""

from __future__ import annotations

import io
import time

import pypdfium2
from PIL import Image

_DPI = 200
_WHITE_FROM = 160
"""A pixel this light or lighter becomes white; darker ones keep the strokes of 10-point type whole."""
_DATE = time.gmtime(1_704_067_200)


def scan_bytes(pdf: bytes) -> bytes:
    """The pages of a PDF as it would come from an office scanner, 1 bit a pixel."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [_bitmap(page) for page in document]
    document.close()
    out = io.BytesIO()
    pages[0].save(
        out,
        format="PDF",
        resolution=_DPI,
        save_all=True,
        append_images=pages[1:],
        creationDate=_DATE,
        modDate=_DATE,
    )
    return out.getvalue()


def _bitmap(page: pypdfium2.PdfPage) -> Image.Image:
    grey: Image.Image = page.render(scale=_DPI / 72, grayscale=True).to_pil().convert("L")
    black_or_white: Image.Image = grey.point(lambda value: 255 if value >= _WHITE_FROM else 0)
    return black_or_white.convert("1", dither=Image.Dither.NONE)
