"""Tesseract's hOCR output as lines with their place on the picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

_SPAN = re.compile(
    r"<span class='(ocrx_word|ocr_[a-z]+)'[^>]*? title=(?P<q>[\"'])(.*?)(?P=q)[^>]*>(.*?)(?=<span|\Z)",
    re.DOTALL,
)
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size (\d+(?:\.\d+)?)")
_ANGLE = re.compile(r"textangle (\d+)")
_SURE = re.compile(r"x_wconf (\d+)")
_TAG = re.compile(r"<[^>]*>")
# Above and below the baseline, the parts of a line's height.
_ABOVE, _BELOW = 0.78, 0.22


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its box (left, top, right, bottom) in pixels, and how sure the program is (0..100)."""

    text: str
    box: tuple[int, int, int, int]
    sure: int


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line read off a picture. `base` is its baseline and `height` its font's, in pixels from the top.

    `angle`: how the text is turned, in degrees (0, 90, 180, 270).
    """

    words: tuple[Word, ...]
    base: float
    height: float
    angle: int = 0

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)

    @property
    def sure(self) -> float:
        """How sure the program is of the line (0..100), each word by its length."""
        weights = [len(word.text) for word in self.words]
        return sum(word.sure * weight for word, weight in zip(self.words, weights, strict=True)) / sum(
            weights
        )

    def edges(self, height: float) -> tuple[float, float]:
        """Upper and lower edge of a line of that height on this baseline."""
        return self.base - _ABOVE * height, self.base + _BELOW * height


def lines_of(hocr: str) -> tuple[ReadLine, ...]:
    """The lines with words in them, in reading order."""
    lines: list[ReadLine] = []
    title = ""
    words: list[Word] = []
    for found in _SPAN.finditer(hocr):
        kind, about, inside = found[1], html.unescape(found[3]), found[4]
        if kind != "ocrx_word":
            lines += _line(title, words)
            title, words = about, []
            continue
        text = html.unescape(_TAG.sub("", inside)).strip()
        if text and (box := _box(about)):
            sure = _SURE.search(about)
            words.append(Word(text, box, int(sure[1]) if sure else 0))
    return (*lines, *_line(title, words))


def with_signs(lines: Sequence[ReadLine], others: Sequence[ReadLine], signs: str) -> tuple[ReadLine, ...]:
    """The lines with the signs that only the other reading of the same picture knows.

    Where that reading has a sign, in words without letters, they take the place of the words they cover.
    """
    known = [group for line in others for group in _sign_groups(line, signs)]
    return tuple(_with_signs(line, known) for line in lines)


def usual_height(lines: Sequence[ReadLine]) -> float:
    """The font's height that the lines mostly have, in pixels."""
    return median(line.height for line in lines)


def _line(title: str, words: Sequence[Word]) -> Iterator[ReadLine]:
    box = _box(title)
    if not words or box is None:
        return
    base = _BASELINE.search(title)
    size, angle = _SIZE.search(title), _ANGLE.search(title)
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
    middle = box[3] + offset + slope * (box[2] - box[0]) / 2
    height = float(size[1]) if size else float(box[3] - box[1])
    yield ReadLine(tuple(words), middle, height, int(angle[1]) % 360 if angle else 0)


def _box(title: str) -> tuple[int, int, int, int] | None:
    found = _BOX.search(title)
    return (int(found[1]), int(found[2]), int(found[3]), int(found[4])) if found else None


def _sign_groups(line: ReadLine, signs: str) -> Iterator[list[Word]]:
    """Runs of words without letters among which there is a sign."""
    run: list[Word] = []
    for word in (*line.words, Word("x", (0, 0, 0, 0), 0)):
        if any(map(str.isalpha, word.text)):
            if any(sign in other.text for other in run for sign in signs):
                yield run
            run = []
        else:
            run.append(word)


def _with_signs(line: ReadLine, known: Sequence[list[Word]]) -> ReadLine:
    words = list(line.words)
    for group in known:
        box = (group[0].box[0], group[0].box[1], group[-1].box[2], group[-1].box[3])
        covered = [at for at, word in enumerate(words) if _covers(box, word.box)]
        plain = not any(character.isalpha() for at in covered for character in words[at].text)
        if covered and plain:
            words[covered[0] : covered[-1] + 1] = group
    return replace(line, words=tuple(words))


def _covers(outer: tuple[int, int, int, int], inner: tuple[int, int, int, int]) -> bool:
    """True where the middle of the inner box lies in the outer one."""
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= across <= outer[2] and outer[1] <= down <= outer[3]
