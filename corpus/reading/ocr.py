"""Scanned PDF pages: the pages without text are drawn as pictures and read by text recognition."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2

from corpus.reading.extract import Extract
from corpus.reading.hocr import ReadLine, usual_height
from corpus.reading.pdf_lines import Line, PdfText
from corpus.reading.tesseract import OcrFailedError, OcrMissingError, Picture, Recognise
from corpus.reading.waiting import WAITS

_DPI = 300
_MOST_PIXELS = 24_000_000  # A3 at 300 dots per inch is 17 million
_LEAST_SIDE = 32
# A picture with fewer dark pixels than this is a blank page.
_LIGHT = bytes(range(160, 256))
_LEAST_INK = 60
# Lines less sure than this are noise: stains, stamps, signatures. Pages less sure than the other are said to be.
_NOISE = 35.0
_UNSURE = 75.0


@dataclass(frozen=True, slots=True)
class Scanned:
    """What text recognition added. `pages`: the 0-based pages that it read; `problem`: why it read none.

    `missing`: there is no text recognition here, and pages that are not blank wait for it. `blank`: all pages are blank."""

    found: PdfText
    pages: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()
    problem: str | None = None
    missing: bool = False
    blank: bool = False


def with_ocr(data: bytes, found: PdfText, recognise: Recognise) -> Scanned:
    """The PDF's pages, those without text read off their pictures. A blank page stays without text."""
    empty = [at for at, page in enumerate(found.pages) if not _has_text(page)]
    if not empty:
        return Scanned(found)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Scanned(found)
    read: dict[int, tuple[Line, ...]] = {}
    warnings: list[str] = []
    problem = None
    missing = False
    inked = False
    with closing(document):
        for at in (at for at in empty if at < len(document)):
            try:
                picture = _drawn(document, at, 0)
                inked = inked or picture is not None
                if picture is None:
                    continue
                lines, height = _read(document, at, picture, recognise)
            except OcrMissingError as error:
                problem, missing = str(error), True
                break
            except OcrFailedError as error:
                warnings.append(f"sida {at + 1} kunde inte läsas med OCR: {error}")
                continue
            kept = [line for line in lines if line.sure >= _NOISE and any(map(str.isalnum, line.text))]
            if kept:
                read[at] = _placed(kept, height)
                warnings += _doubts(at + 1, kept, len(lines) - len(kept))
    if problem is None and not read and not found.has_text:
        problem = "; ".join(warnings[:1]) or "textigenkänningen (OCR) hittade inga ord"
    blank = not inked and not found.has_text and bool(len(empty))
    pages = tuple(read.get(at, page) for at, page in enumerate(found.pages))
    return Scanned(replace(found, pages=pages), frozenset(read), tuple(warnings), problem, missing, blank)


def marked(extract: Extract, scanned: Scanned) -> Extract:
    """The extract with its pages marked that were read by OCR, and with a warning that says so."""
    if not scanned.pages:
        waits = (f"{WAITS}: {scanned.problem}",) if scanned.missing else ()
        problem = (scanned.problem,) if scanned.problem and not waits else ()
        return replace(extract, warnings=(*extract.warnings, *waits, *problem, *scanned.warnings))
    pages = tuple(replace(page, ocr=page.number - 1 in scanned.pages) for page in extract.pages)
    count = len(scanned.pages)
    said = f"{count} av {len(pages)} sidor {'är läst' if count == 1 else 'är lästa'} med textigenkänning (OCR) och kan ha läsfel"
    return replace(extract, pages=pages, warnings=(*extract.warnings, said, *scanned.warnings))


def _has_text(page: tuple[Line, ...]) -> bool:
    return any(any(map(str.isalnum, line.text)) for line in page)


def _read(
    document: pypdfium2.PdfDocument, at: int, picture: Picture, recognise: Recognise
) -> tuple[tuple[ReadLine, ...], int]:
    """The page's lines and its height in pixels; a page that lies on its side is drawn upright and read again."""
    lines = recognise(picture)
    turned = sorted(line.angle for line in lines)
    angle = turned[len(turned) // 2] if turned else 0
    upright = _drawn(document, at, angle) if angle else None
    if upright is None:
        return lines, picture.height
    return recognise(upright), upright.height


def _drawn(document: pypdfium2.PdfDocument, at: int, turn: int) -> Picture | None:
    """The page as a picture, turned clockwise; None for a blank page and for one that pdfium cannot open."""
    try:
        with closing(document[at]) as page:
            width, height = page.get_size()
            scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            if min(width, height) * scale < _LEAST_SIDE:
                return None
            with closing(page.render(scale=scale, rotation=turn, grayscale=True)) as drawn:
                pixels, stride = bytes(drawn.buffer), drawn.stride
                wide, high = drawn.width, drawn.height
    except pypdfium2.PdfiumError:
        return None
    if stride != wide:
        pixels = b"".join(pixels[row * stride : row * stride + wide] for row in range(high))
    if len(pixels.translate(None, _LIGHT)) < _LEAST_INK:
        return None
    return Picture(wide, high, pixels[: wide * high], max(70, round(scale * 72)))


def _placed(lines: list[ReadLine], page: int) -> tuple[Line, ...]:
    """The lines with their places. All have one height: what the program says of each line's own is too rough."""
    height = usual_height(lines)
    edges = [line.edges(height) for line in lines]
    return tuple(
        Line(line.text, max(0.0, top / page), min(1.0, low / page))
        for line, (top, low) in zip(lines, edges, strict=True)
    )


def _doubts(number: int, kept: list[ReadLine], noise: int) -> list[str]:
    doubts = []
    if noise:
        rows = "rad" if noise == 1 else "rader"
        doubts.append(f"sida {number}: {noise} {rows} var oläsliga för OCR och utelämnades")
    sure = sum(line.sure * len(line.text) for line in kept) / sum(len(line.text) for line in kept)
    if sure < _UNSURE:
        doubts.append(f"sida {number}: OCR är osäker på texten ({sure:.0f} av 100); jämför med originalet")
    return doubts
