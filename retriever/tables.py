"""Rows and columns of a table in a text, its cells parted by "|", by two blanks and more, or figures after a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from corpus.types import Span

BAR = "|"
_GAP = re.compile(r"[ \t\xa0]{2,}|\t")
_FIGURE = re.compile(
    r"^(?:[^\w]*|[\d ., \xa0:%-]+\s*(?:kr|kronor|SEK|öre|%|procent|tkr|mnkr)?\.?)$", re.IGNORECASE
)
_NUMBER = r"(?:-|\d{1,3}(?:[ \xa0]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?:[ \xa0]?(?:kr|kronor|%|procent)\b)?"
_FLAT = re.compile(rf"\s*(?P<label>[A-ZÅÄÖ][^.:;!?|\n]{{2,70}}?)(?P<figures>(?: {_NUMBER})+)\s*$")
""" "Hyresrätt 2 400 1 700 4 080 000": a row whose gaps were lost."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SURELY = re.compile(r"(?: \S+){2}|kr|%|procent")


def line_of(text: str, at: int) -> Span:
    """The line that holds the character at `at`, without its line break."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def cells_of(text: str, line: Span) -> list[Span]:
    """The line's cells, trimmed; for a line without "|" what its wide gaps part. Empty cells between bars stay."""
    words = text[line.start : line.end]
    if flat := _flat(text, line):
        start = flat.start("figures")
        figures = re.finditer(_NUMBER, text[start : line.end])
        return [Span(*flat.span("label")), *(Span(start + m.start(), start + m.end()) for m in figures)]
    parting = re.compile(re.escape(BAR)) if BAR in words else _GAP
    lead = len(words) - len(words.lstrip())
    cuts = [
        (lead, lead),
        *(m.span() for m in parting.finditer(words.rstrip(), lead)),
        (len(words.rstrip()),) * 2,
    ]
    found = []
    for (_, start), (end, _) in pairwise(cuts):
        cell = words[start:end]
        first = line.start + start + len(cell) - len(cell.lstrip())
        found.append(Span(first, first + len(cell.strip())))
    return found


def is_row(text: str, line: Span) -> bool:
    """True for a line of cells: with "|", with a wide gap and a figure of its own behind it, or a label and figures."""
    words = text[line.start : line.end]
    if BAR in words or _flat(text, line):
        return True
    if _GAP.search(words.strip()) is None:
        return False
    return any(_FIGURE.match(text[c.start : c.end]) for c in cells_of(text, line)[1:])


def _flat(text: str, line: Span) -> re.Match[str] | None:
    """The line read as a label and its figures, where a line beside it reads so too."""
    own = _flat_row(text, line)
    if own is None:
        return None
    beside = [line_of(text, line.start - 1)] if line.start else []
    beside += [line_of(text, line.end + 1)] if line.end + 1 < len(text) else []
    return own if any(_flat_row(text, each) for each in beside) else None


def _flat_row(text: str, line: Span) -> re.Match[str] | None:
    if "  " in text[line.start : line.end]:
        return None
    found = _FLAT.match(text, line.start, line.end)
    return found if found and _SURELY.search(found["figures"]) else None


def _flat_titles(text: str, line: Span, count: int) -> list[Span]:
    """What heads `count` columns whose gaps were lost, a title from each word with a capital ("Ljus BTA" is one);
    [] where their number differs."""
    starts = [m.start() for m in re.finditer(r"(?<!\S)[A-ZÅÄÖ](?![A-ZÅÄÖ])", text[line.start : line.end])]
    if len(starts) != count or re.search(r"[.:;]", text[line.start : line.end]):
        return []
    ends = [*starts[1:], line.end - line.start]
    return [
        Span(
            line.start + start, line.start + start + len(text[line.start + start : line.start + end].rstrip())
        )
        for start, end in zip(starts, ends, strict=True)
    ]


@dataclass(frozen=True)
class Table:
    """Neighbouring rows of cells; `rows[0]` may head the columns."""

    text: str
    rows: Sequence[Span]

    @classmethod
    def around(cls, text: str, at: int) -> Table | None:
        """The table that holds the character at `at`; None for running text."""
        line = line_of(text, at)
        return _table_with(text, line.start, line.end)

    @cached_property
    def headed(self) -> bool:
        """True where the first row's cells beyond the first hold no figures, or years: they say what the columns are."""
        heads = [self.text[c.start : c.end] for c in self._heads[1:]]
        years = len(heads) > 1 and all(_YEAR.fullmatch(words) for words in heads)
        return len(self.rows) > 1 and (years or not any(_FIGURE.match(words) for words in heads if words))

    @cached_property
    def titles(self) -> list[str]:
        """What heads the columns; [] where nothing does."""
        return [self.text[c.start : c.end] for c in self._heads] if self.headed else []

    @cached_property
    def _heads(self) -> list[Span]:
        """The first row's cells; for one whose gaps were lost, its titles."""
        first = self.rows[0]
        count = len(cells_of(self.text, self.rows[-1]))
        return (_flat_titles(self.text, first, count) if _flat(self.text, self.rows[-1]) else []) or cells_of(
            self.text, first
        )

    def cells(self, row: Span) -> list[Span]:
        """The row's cells beyond the first, which names it."""
        line = line_of(self.text, row.start)
        return list(_cells(self.text, line.start, line.end)[1:])

    def column(self, row: Span, at: int) -> int:
        """Which column's title stands above the character at `at`: the one at the same count of bars or, where the
        cells' number differs, nearest above; -1 without titles."""
        cells = _cells(self.text, row.start, row.end)
        own = next((i for i, c in enumerate(cells) if c.start <= at <= c.end), -1)
        heads = self._heads
        if own < 0 or not self.headed:
            return -1
        if BAR in self.text[row.start : row.end] or len(cells) == len(heads):
            return own if own < len(heads) else -1
        middle = (cells[own].start + cells[own].end) / 2 - row.start
        top = self.rows[0].start
        return min(range(len(heads)), key=lambda i: abs((heads[i].start + heads[i].end) / 2 - top - middle))


@lru_cache(maxsize=1024)
def _cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Of a row once, whatever the number of its figures."""
    return tuple(cells_of(text, Span(start, end)))


@lru_cache(maxsize=8192)
def _table_with(text: str, start: int, end: int) -> Table | None:
    """The table that the line is a row of: asked for every figure of every question, and told by the text alone."""
    line = Span(start, end)
    if not is_row(text, line):
        return None
    rows = [line]
    while rows[0].start and is_row(text, above := line_of(text, rows[0].start - 1)):
        rows.insert(0, above)
    if BAR not in text[line.start : line.end] and rows[0].start:
        above = line_of(text, rows[0].start - 1)
        if len(cells_of(text, above)) > 1 or _flat_titles(text, above, len(cells_of(text, line))):
            rows.insert(0, above)  # a head of words has no figure
    while rows[-1].end < len(text) and is_row(text, below := line_of(text, rows[-1].end + 1)):
        rows.append(below)
    return Table(text, tuple(rows))
