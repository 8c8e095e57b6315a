"""Which of several figures in a sentence or a table is the one asked for: whose it is, in which row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.types import Agreement, Fact, FactName, Span
from indexer.swedish.words import words_of
from retriever.question import Question

CELL = "|"
HEADER_SHARE = 0.35
"""A column's head tells less than the row that the figure stands in."""
_NO_NAME = frozenset(
    ["region", "länsstyrelsen", "kommunerna", "högskolan", "myndigheten", "aktiebolaget", "stiftelsen"]
)


def belongs(question: Question, agreement: Agreement, sentence: Span, start: int) -> float:
    """How surely the figure at `start` is the asked-for party's and stands in the asked-for row: -1 to 1, 0 if open."""
    text = agreement.text
    line = _line(text, start)
    if CELL in text[line.start : line.end]:
        return _in_table(question, text, line, start)
    return _whose(question, agreement, sentence, start)


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
    """The row's and the column's share of the question's words; below 0 for a row that holds none of them."""
    asked = _asked(question)
    cells = text[row.start : row.end].split(CELL)
    column = text[row.start : start].count(CELL)
    top = row
    while top.start and CELL in text[(above := _line(text, top.start - 1)).start : above.end]:
        top = above
    header = text[top.start : top.end].split(CELL)
    title = header[column] if top != row and column < len(header) else ""
    in_row = _share(asked, " ".join(cells))
    # "|---|" stands between a Markdown table's head and its rows: it holds no words and does no harm.
    return 2 * ((1 - HEADER_SHARE) * in_row + HEADER_SHARE * _share(asked, title)) - 1


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
