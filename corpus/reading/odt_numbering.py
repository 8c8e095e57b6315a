"""Paragraph numbers of an ODT file as LibreOffice shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.reading.numerals import numeral
from corpus.reading.odt_names import STYLE, TEXT, XML_ID, number_of
from corpus.reading.zipped import Element

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d{1,2})%")
_PLAIN_BULLETS = ("-", "–", "—", "o", "*")
_MOST_START = 32_767
_MOST_LEVELS = 10
_BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Level:
    """One list level. `style` is a name of `numerals`, "bullet", or "" for a level that shows no number.

    `pattern` ("%1%.%2%") holds the whole mark where the file gives one; else prefix, `shown` numbers, suffix.
    """

    style: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    pattern: str | None = None


_UNSTYLED = {at: Level(_BULLET) for at in range(1, _MOST_LEVELS + 1)}
"""A list without a style has bullets, as LibreOffice shows it."""


@dataclass(slots=True)
class Counts:
    """The numbers that a list has come to, by level (1-based)."""

    style: str
    at: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counted paragraph by paragraph in reading order."""

    def __init__(self, styles: dict[str, Element]) -> None:
        self._levels = {name: dict(map(_level, style)) for name, style in styles.items()}
        self._named: dict[str, Counts] = {}
        self._latest: dict[str, Counts] = {}

    def knows(self, style: str) -> bool:
        """True for a list style that the document defines."""
        return style in self._levels

    def opened(self, element: Element, style: str) -> Counts:
        """The counts for an outermost list: new ones, or those of the list that it continues."""
        continued = self._named.get(element.get(TEXT + "continue-list", ""))
        if continued is None and element.get(TEXT + "continue-numbering") == "true":
            continued = self._latest.get(style)
        counts = continued or Counts(style)
        self._latest[style] = counts
        if name := element.get(XML_ID):
            self._named[name] = counts
        return counts

    def next(self, counts: Counts, style: str, level: int, start: int | None = None) -> str:
        """The next item's number or bullet, without a space after; "" for none. `start` begins anew there."""
        levels = self._levels.get(style, _UNSTYLED)
        own = levels.get(level, Level())
        before = counts.at.get(level, own.start - 1)
        counts.at[level] = before + 1 if start is None else start
        for deeper in [at for at in counts.at if at > level]:
            del counts.at[deeper]
        if own.style == _BULLET:
            return own.prefix if own.prefix in _PLAIN_BULLETS else "•"
        if not own.style:
            return ""

        def number(at: int) -> str:
            other = levels.get(at, Level())
            shown = other.style not in ("", _BULLET)
            return numeral(counts.at.get(at, other.start), other.style) if shown else ""

        if own.pattern is not None:
            return _PLACE.sub(lambda place: number(int(place[1])), own.pattern).strip()
        numbers = [number(at) for at in range(max(1, level - own.shown + 1), level + 1)]
        return (own.prefix + ".".join(filter(None, numbers)) + own.suffix).strip()


def _level(element: Element) -> tuple[int, Level]:
    at = number_of(element, TEXT + "level", 1, _MOST_LEVELS)
    if element.tag == TEXT + "list-level-style-bullet":
        return at, Level(_BULLET, element.get(TEXT + "bullet-char", ""))
    if element.tag == TEXT + "list-level-style-image":
        return at, Level(_BULLET)
    return at, Level(
        style=_FORMATS.get(element.get(STYLE + "num-format", ""), ""),
        prefix=element.get(STYLE + "num-prefix", ""),
        suffix=element.get(STYLE + "num-suffix", ""),
        start=number_of(element, TEXT + "start-value", 1, _MOST_START),
        shown=number_of(element, TEXT + "display-levels", 1, _MOST_LEVELS),
        pattern=next((v for name, v in element.attrib.items() if name.endswith("}num-list-format")), None),
    )
