"""Which of several figures in a sentence or a table is the one asked for: whose it is, in which row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.types import Agreement, Fact, FactName, Span
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import words_of
from retriever.question import Question

CELL = "|"
ROW_SHARE = 0.6
"""The row that a figure stands in tells more than its column's head."""
UNTOLD = -0.5
_NO_NAME = frozenset(
    ["region", "länsstyrelsen", "kommunerna", "högskolan", "myndigheten", "aktiebolaget", "stiftelsen"]
)


def belongs(question: Question, agreement: Agreement, sentence: Span, start: int) -> float:
    """How surely the figure at `start` is the asked-for party's and stands in the asked-for row: -1 to 1, 0 if open."""
    text = agreement.text
    if in_table(text, start):
        return _in_table(question, text, _line(text, start), start)
    return _whose(question, agreement, sentence, start)


def in_own_row(question: Question, text: str, start: int, end: int) -> bool:
    """True for a row of cells in `text[start:end]` that names a party of the question: its subject stands above."""
    rows = (row for row in text[start:end].splitlines() if CELL in row)
    return any(True for row in rows for party in question.parties for _ in _named(party, row))


def is_sum_of_all(question: Question, words: str) -> bool:
    """True where a party is asked about and the sentence says what all give together."""
    return bool(question.parties) and bool(_TOGETHER.search(words)) and not _TOGETHER.search(question.read_as)


_TOGETHER = re.compile(r"(?i)\b(?:tillsammans|sammanlag[td]\w*|totalt|gemensamt|summa)\b")


def in_table(text: str, start: int) -> bool:
    """True for a figure in a row of cells: there its distance to other words says nothing."""
    line = _line(text, start)
    return CELL in text[line.start : line.end]


def line_at(text: str, at: int) -> tuple[int, int]:
    """Where the line that holds the character at `at` starts and ends."""
    line = _line(text, at)
    return line.start, line.end


def _line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def _asked(question: Question) -> set[str]:
    stems = {stem for term in question.terms for stem in (term.stem, *term.atoms)}
    return stems | {word.stem for party in question.parties for word in words_of(party)[:1]}


def _share(asked: set[str], words: str) -> float:
    held = {atom for word in words_of(words) for atom in word.atoms}
    return len(asked & held) / len(asked) if asked else 0.0


def _in_table(question: Question, text: str, row: Span, start: int) -> float:
    """How the figure's row and column do against the table's others: 1 for the best of both, -1 for neither."""
    asked = _asked(question) | {w.stem for w in words_of(question.read_as) if w.word not in STOPWORDS}
    rows = _rows_around(text, row)
    column = text[row.start : start].count(CELL)
    header = text[rows[0].start : rows[0].end].split(CELL)
    heads = {atom for word in words_of(text[rows[0].start : rows[0].end]) for atom in word.atoms}
    of_rows = asked - heads  # what the columns are called tells no row from another
    by_row = [_share(of_rows, text[each.start : each.end]) for each in rows[1:]] or [0.0]
    by_column = [_share(asked, title) for title in header[1:]] or [0.0]
    own_column = _share(asked, header[column]) if 0 < column < len(header) else 0.0
    own_row = _share(of_rows, text[row.start : row.end])
    if min(by_row) == max(by_row):
        return UNTOLD  # the question names no row: a part of the whole is not the figure asked for
    found = ROW_SHARE if own_row and own_row == max(by_row) else -ROW_SHARE
    return found + (1 - ROW_SHARE) * (1 if own_column and own_column == max(by_column) else -1)


def _rows_around(text: str, row: Span) -> list[Span]:
    """The lines of the table that holds the line `row`, its head first."""
    rows = [row]
    while rows[0].start and CELL in text[(above := _line(text, rows[0].start - 1)).start : above.end]:
        rows.insert(0, above)
    while (
        rows[-1].end < len(text) and CELL in text[(below := _line(text, rows[-1].end + 1)).start : below.end]
    ):
        rows.append(below)
    return rows


def _whose(question: Question, agreement: Agreement, sentence: Span, start: int) -> float:
    """1 where the asked-for party is the last named before the figure, -1 where another is, 0 where none is."""
    if not question.parties:
        return 0.0
    before = agreement.text[sentence.start : start]
    last = max(
        ((place, party) for party in agreement.parties for place in _named(party, before)), default=None
    )
    if last is None:
        return 0.0
    return 1.0 if last[1] in question.parties else -1.0


def _named(party: str, words: str) -> Iterable[int]:
    own = next((word for word in party.split() if word.casefold() not in _NO_NAME), party)
    return (match.start() for match in re.finditer(rf"\b{re.escape(own.removesuffix('s'))}", words))


def role_holders(question: Question, agreement: Agreement, sentence: Span) -> Iterator[tuple[Fact, Span]]:
    """The contact roles of the sentence that the question names, with where their holder is written."""
    asked = {atom for word in words_of(question.read_as) for atom in word.atoms}
    for fact in agreement.facts:
        if fact.name is not FactName.CONTACT_ROLE or not sentence.start <= fact.start < sentence.end:
            continue
        if asked.isdisjoint(atom for word in words_of(fact.value) for atom in word.atoms):
            continue
        words = r"\s+".join(map(re.escape, fact.detail.split()))
        found = re.compile(words, re.IGNORECASE).search(agreement.text, sentence.start, sentence.end)
        if fact.detail and found:
            yield fact, Span(found.start(), found.end())
