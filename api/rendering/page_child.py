"""The child process that draws a page: reads one request on stdin, writes one PNG on stdout, within limits."""

from __future__ import annotations

import io
import json
import resource
import sys

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

_MEMORY = 1 << 30
_CPU_SECONDS = 15
_WIDTH = 1200
"""Pixels: readable when zoomed in to twice the width of the column."""
_MOST_PIXELS = 6_000_000
_BOX = (169, 120, 0)
_FILL = (255, 230, 148)
_PADDING = 3
_LINE_SHARE = 0.6
"""Two characters are on the same line where the second's middle is within this share of the first's height."""

_SHORTEST_LINE = 12
"""Letters of a line that is looked for by itself: a shorter one may stand in several places."""

Box = tuple[float, float, float, float]


def boxed_page(path: str, number: int, quotes: list[str]) -> Image.Image:
    """Page `number` (1-based) as a picture, with a box around each line of each quote that the page has."""
    document = pypdfium2.PdfDocument(path)
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    text = _PageText(page.get_textpage())
    boxes = [box for quote in quotes for box in _lines(text.boxes_of(quote))]
    return _drawn(image, [_in_pixels(box, height, scale) for box in boxes])


class _PageText:
    """The letters and digits of a page, each with its place among the page's characters.

    Blanks and hyphens are left out: the canonical text and the page do not share them.
    """

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        self._page = page
        signs = [(place, sign) for place in range(page.count_chars()) for sign in _kept(page, place)]
        self._places = [place for place, _ in signs]
        self._text = "".join(sign for _, sign in signs)

    def boxes_of(self, quote: str) -> list[Box]:
        """Boxes of the quote's characters in points from below; of those of its lines that are found, where the whole is not."""
        whole = self._find(quote)
        if whole:
            return whole
        lines = (line for line in quote.splitlines() if len(_letters(line)) >= _SHORTEST_LINE)
        return [box for line in lines for box in self._find(line)]

    def _find(self, words: str) -> list[Box]:
        wanted = _letters(words)
        at = self._text.find(wanted) if wanted else -1
        if at < 0:
            return []
        places = dict.fromkeys(self._places[at : at + len(wanted)])
        return [self._page.get_charbox(place) for place in places]


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _kept(page: pypdfium2.PdfTextPage, place: int) -> str:
    return _letters(page.get_text_range(place, 1))


def _lines(boxes: list[Box]) -> list[Box]:
    """One box a line of text."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if lines:
            first, low, last, high = lines[-1]
            same = abs((bottom + top) / 2 - (low + high) / 2) <= _LINE_SHARE * max(high - low, top - bottom)
            if same and left >= first:
                lines[-1] = (first, min(low, bottom), max(last, right), max(high, top))
                continue
        lines.append((left, bottom, right, top))
    return lines


def _in_pixels(box: Box, height: float, scale: float) -> Box:
    left, bottom, right, top = box
    return (
        left * scale - _PADDING,
        (height - top) * scale - _PADDING,
        right * scale + _PADDING,
        (height - bottom) * scale + _PADDING,
    )


def _drawn(image: Image.Image, boxes: list[Box]) -> Image.Image:
    """The picture with the boxes laid over it so that the words show through."""
    shade = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(shade)
    for box in boxes:
        pen.rectangle(box, fill=_FILL, outline=_BOX, width=2)
    return ImageChops.multiply(image, shade)


def main() -> None:
    """Draw the page that stdin asks for."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.loads(sys.stdin.buffer.read())
    written = io.BytesIO()
    boxed_page(asked["path"], asked["number"], asked["quotes"]).save(written, "PNG", optimize=True)
    sys.stdout.buffer.write(written.getvalue())


if __name__ == "__main__":
    main()
