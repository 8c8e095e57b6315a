"""Paragraph numbers as Word shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.reading.docx_names import W, child, value
from corpus.reading.numerals import numeral
from corpus.reading.zipped import Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_START = 32_767


@dataclass(frozen=True, slots=True)
class Level:
    """One list level: its first number, style, pattern ("§ %1", "%1.%2") and what resets it."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counted paragraph by paragraph in reading order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._linked: dict[tuple[str, str], int] = {}  # level by list and paragraph style
        if root is None:
            return
        styled: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self._lists[name] = _List(dict(map(_level, abstract.iter(W + "lvl"))))
            for lvl in abstract.iter(W + "lvl"):
                if linked := value(child(lvl, "pStyle")):
                    self._linked[name, linked] = _int(lvl.get(W + "ilvl"), 0)
            if style := value(child(abstract, "styleLink")):
                styled[style] = name
            if style := value(child(abstract, "numStyleLink")):
                links[name] = style
        for name, style in links.items():
            if style in styled:
                self._lists[name] = self._lists[styled[style]]
        for num in root.iter(W + "num"):
            name = num.get(W + "numId", "")
            self._abstract[name] = value(child(num, "abstractNumId"))
            for override in num.iter(W + "lvlOverride"):
                at = _int(override.get(W + "ilvl"), 0)
                start = child(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(name, {})[at] = _int(value(start), 1)
                for lvl in override.iter(W + "lvl"):
                    self._own.setdefault(name, {})[at] = _level(lvl)[1]

    def next(self, num_id: str, at: int | None, style: str = "") -> str:
        """The next paragraph's number or bullet in the list, without a space after; "" for none.

        Where nothing states the level (None), it is the one that the list links to the paragraph's style.
        """
        abstract = self._abstract.get(num_id, "")
        lists = self._lists.get(abstract)
        at = self._linked.get((abstract, style), 0) if at is None else at
        if lists is None or not 0 <= at < _LEVELS:
            return ""
        own = self._own.get(num_id, {})
        starts = self._starts.pop(num_id, {})  # a new start holds the first time that this list is used
        for changed, start in starts.items():
            lists.counts[changed] = start - 1
        level = own.get(at) or lists.levels.get(at, Level())
        lists.counts[at] = lists.counts.get(at, level.start - 1) + 1
        for deeper in range(at + 1, _LEVELS):
            restart = (own.get(deeper) or lists.levels.get(deeper, Level())).restart
            # Without lvlRestart every higher level resets; 0 means none does; n: level n (1-based) or higher.
            if deeper not in starts and restart != 0 and (restart is None or at < restart):
                lists.counts.pop(deeper, None)
        if level.style == "bullet":
            return level.pattern if level.pattern in ("-", "–", "—", "o", "*") else "•"
        if level.style == "none":
            return ""

        def shown(place: re.Match[str]) -> str:
            higher = int(place[1]) - 1
            other = own.get(higher) or lists.levels.get(higher, Level())
            style = "decimal" if level.legal else other.style
            return numeral(lists.counts.get(higher, other.start), style)

        return _PLACE.sub(shown, level.pattern).strip()


def _level(lvl: Element) -> tuple[int, Level]:
    restart = child(lvl, "lvlRestart")
    legal = child(lvl, "isLgl")
    return _int(lvl.get(W + "ilvl"), 0), Level(
        start=_int(value(child(lvl, "start")), 1 if child(lvl, "start") is not None else 0),
        style=value(child(lvl, "numFmt")) or "decimal",
        pattern=value(child(lvl, "lvlText")),
        legal=legal is not None and value(legal) not in ("0", "false", "off"),
        restart=_int(value(restart), 0) if restart is not None else None,
    )


def _int(text: str | None, otherwise: int) -> int:
    number = int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else otherwise
    return min(number, _MOST_START)
