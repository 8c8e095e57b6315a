"""Lines, blocks and sentences of a canonical text, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.types import Span

BULLET = re.compile(
    r"[ \t\xa0]*(?:[•·▪●◦‣○■*\-–—\uf000-\uf8ff]|\(?[a-zåäö]\)|\(?[ivx]{1,4}\)|\d{1,2}\))[ \t\xa0]+(?=\S)"
)
"""The mark that opens a list item, with the space after it. Word exports use private-use code points."""

_ABBREVIATIONS = frozenset(
    """
        t.ex bl.a m.m m.fl d.v.s dvs osv o.s.v t.o.m tom fr.o.m from s.k resp ca kap st nr dnr tel
        mom p.g.a pga i.e e.g jfr ev inkl exkl fig tab sid s prof doc dr f.d f.n f.ö m.a.o o.d u.a
        e.d kl forts avd
    """.split()
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)")
_OPENS_SENTENCE = re.compile(r"\s+[\"”’'(\[]?(?:[A-ZÅÄÖÉÜ0-9§•–\-\uf000-\uf8ff])")
_SPACE = re.compile(r"\s*")
LONGEST_WORD = 60
"""Characters before a full stop that can be its word: a block of initials must not be searched from its start each time."""
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `start..end` without its line break, `words` the stripped text, `first` where that begins."""

    start: int
    end: int
    first: int
    words: str

    @property
    def blank(self) -> bool:
        """True for a line of nothing but white space."""
        return not self.words

    @property
    def last(self) -> int:
        """The offset just after the stripped text."""
        return self.first + len(self.words)


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[start:end]`, blank ones too, with offsets into `text`."""
    found: list[Line] = []
    stop = len(text) if end is None else end
    position = start
    while position < stop:
        newline = text.find("\n", position, stop)
        line_end = stop if newline < 0 else newline
        raw = text[position:line_end]
        found.append(Line(position, line_end, position + len(raw) - len(raw.lstrip()), raw.strip()))
        position = line_end + 1
    return found


def blocks_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Paragraphs and list items of `text[start:end]`: trimmed spans, in order, none empty.

    A blank line ends a block; a bullet opens one.
    """
    first: int | None = None
    last = start
    for line in lines_of(text, start, end):
        if first is not None and (line.blank or BULLET.match(text, line.start, line.end)):
            yield Span(first, last)
            first = None
        if not line.blank:
            first = line.first if first is None else first
            last = line.last
    if first is not None:
        yield Span(first, last)


def sentences_of(text: str, start: int, end: int) -> list[Span]:
    """Sentences of `text[start:end]`: trimmed spans, in order. A block holds whole sentences.

    Swedish abbreviations, initials and ordinals ("t.ex.", "3.") end no sentence.
    """
    found: list[Span] = []
    for block in blocks_of(text, start, end):
        opens = block.start
        for mark in _SENTENCE_END.finditer(text, block.start, block.end):
            if _ends_sentence(text, opens, mark.start(), mark.end(), block.end):
                found.append(Span(opens, mark.end()))
                space = _SPACE.match(text, mark.end(), block.end)
                opens = space.end() if space else mark.end()
        if opens < block.end:
            found.append(Span(opens, block.end))
    return found


def _ends_sentence(text: str, opens: int, dot: int, after: int, end: int) -> bool:
    if not _OPENS_SENTENCE.match(text, after, end):
        return False
    if text[dot] != ".":
        return True
    word = _LAST_WORD.search(text, max(opens, dot - LONGEST_WORD), dot)
    if word is None:
        return True
    last = word.group(1)
    if last.isdigit():
        return len(last) == 4 or dot - opens > 40
    return last.casefold() not in _ABBREVIATIONS and not (len(last) == 1 and last.isupper())
