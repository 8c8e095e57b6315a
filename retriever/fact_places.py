"""Which of several figures in a sentence or a table is the one asked for: whose it is, in which row and column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.types import Span
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import words_of
from retriever.owners import asked_owners, owners_in
from retriever.question import Question, Term
from retriever.short_texts import atoms_in, question_words, words_in
from retriever.statement import Statement
from retriever.tables import Table

ROW_SHARE = 0.6
"""The row that a figure stands in tells more than its column's head."""
UNTOLD = -0.5
REACH = 100
"""Characters from a word of the question at which a figure is no longer near it."""


def belongs(question: Question, statement: Statement, span: Span, table: Table | None) -> float:
    """How surely the figure is the asked-for party's, or stands in the asked-for row and column: -1 to 1, 0 if open."""
    if table is not None:
        return _in_table(question, table, span)
    return _whose(question, statement, span.start)


def closeness(statement: Statement, span: Span) -> float:
    """1 where a word of the question stands within three words of the figure, falling to 0 a sentence away."""
    near, start = statement.place.near, statement.span.start
    places = [word for word in statement.words if word.start >= start and not near.isdisjoint(word.atoms)]
    if not places:
        return 0.0
    gap = min(max(0, word.start - span.end, span.start - word.end) for word in places)
    return max(0.0, 1.0 - max(0, gap - 20) / (REACH - 20))


def part_share(statement: Statement, spans: Sequence[Span], own: Span) -> float:
    """How the question's words in the figure's part of the sentence do against those of the other figures' parts: 0 for the
    best, below it for the others. A later part goes without what the first one said: "Värden disponerar 60 procent av
    tiden, högskolan 25 procent"."""
    ordered = sorted({*spans, own}, key=lambda span: span.start)
    if len(ordered) < 2:
        return 0.0
    text = statement.agreement.text
    cuts = [statement.span.start]
    cuts += [_parting(text, one.end, other.start) for one, other in pairwise(ordered)]
    parts = [*pairwise([*cuts, statement.span.end])]
    held = [_held_in(statement, term, parts) for term in statement.terms]
    told = [(term.weight, inside) for term, inside in zip(statement.terms, held, strict=True) if any(inside)]
    whole = sum(weight for weight, _ in told)
    shares = [
        sum(w * (1.0 if inside[place] else INHERITED * inside[0]) for w, inside in told)
        for place in range(len(parts))
    ]
    return (shares[ordered.index(own)] - max(shares)) / whole if whole else 0.0


INHERITED = 0.9
"""What the first part of an enumeration says counts this much of a later part's own words."""
_COMMA, _AND = re.compile(r"[,;:](?=\s)"), re.compile(r"\b(?:och|samt|men|medan|respektive|and)\b")


def _parting(text: str, start: int, end: int) -> int:
    """Where the part of the first figure ends, between it and the next: at the last comma, else at the last "och"."""
    for pattern in (_COMMA, _AND):
        if found := [match.start() for match in pattern.finditer(text, start, end)]:
            return found[-1]
    return end


def _held_in(statement: Statement, term: Term, parts: Sequence[tuple[int, int]]) -> list[bool]:
    """Which of the parts hold a word that speaks of the term."""
    if term.near.isdisjoint(statement.words.atoms):
        return [False] * len(parts)
    places = [word.start for word in statement.words if not term.near.isdisjoint(word.atoms)]
    return [any(start <= place < end for place in places) for start, end in parts]


def is_sum_of_all(question: Question, words: str) -> bool:
    """True where a party is asked about and the sentence says what all give together."""
    return bool(question.parties) and bool(_TOGETHER.search(words)) and not _TOGETHER.search(question.read_as)


_TOGETHER = re.compile(r"(?i)\b(?:tillsammans|sammanlag[td]\w*|totalt|total[at]?|gemensamt|summa)\b")
_COUNTED = re.compile(r"(?i)\b(?:hur\s+många|antal(?:et)?|how\s+many)\s+(?:\w+\s+)??(\w+)")
_CLAUSE = frozenset(["där", "som", "när", "om", "och"])


def counts(question: Question, statement: Statement, span: Span) -> float:
    """How surely the number counts what is asked for: 1 right before the word, less two words on, 0 where it does not."""
    text = statement.agreement.text
    asked = _COUNTED.search(question.read_as)
    counted = words_of(asked[1])[:1] if asked else []
    if not counted:
        return 0.0
    term = next((t for t in question.terms if t.stem == counted[0].stem), None)
    near = term.near if term else frozenset(counted[0].atoms)
    heads = near - set(term.atoms[:-1]) if term and len(term.atoms) > 1 else near
    for gap, word in enumerate(words_of(text, span.end, statement.span.end)[:3]):
        if word.word in _CLAUSE:
            break
        if word.stem == counted[0].stem or not heads.isdisjoint(
            (word.stem, *(word.parts or word.atoms)[-1:])
        ):
            return 1.0 - 0.2 * gap
    before = words_of(text, max(statement.span.start, span.start - 40), span.start)
    if before and any(t.named and t.stem == before[-1].stem for t in question.terms):
        return 1.0  # "platser: Granboda 25, Åkerby 70"
    return 0.0


_YEARLY = re.compile(r"(?i)\b(?:årlig\w*|om\s+året|per\s+år)\b")


def _asked(question: Question) -> set[str]:
    stems = {stem for term in question.terms for stem in (term.stem, *term.atoms)}
    stems |= {
        atom
        for term in question.terms
        for phrase in term.sayings.same
        for word in phrase.words
        for atom in word
    }
    stems |= {word.stem for party in question.parties for word in words_in(party)[:1]}
    stems |= {"år"} if _YEARLY.search(question.read_as) else set()
    return stems | {w.stem for w in question_words(question.read_as) if w.word not in STOPWORDS}


def _share(asked: set[str], words: str) -> float:
    return len(asked & atoms_in(words)) / len(asked) if asked else 0.0


def _in_table(question: Question, table: Table, span: Span) -> float:
    """How the figure's row and column do against the table's others: 1 for the best of both, -1 for neither."""
    text = table.text
    asked = _asked(question)
    titles = table.titles
    heads = {atom for title in titles for atom in atoms_in(title)}
    of_rows = asked - heads  # what the columns are called tells no row from another
    rows = table.rows[1:] if titles else table.rows
    by_row = [_share(of_rows, text[each.start : each.end]) for each in rows] or [0.0]
    row = next((each for each in table.rows if each.start <= span.start < each.end), table.rows[0])
    own_row = _share(of_rows, text[row.start : row.end])
    if min(by_row) == max(by_row) and len(by_row) > 1:
        return UNTOLD  # the question names no row: a part of the whole is not the figure asked for
    found = ROW_SHARE if own_row and own_row == max(by_row) else -ROW_SHARE
    own = {word.stem for party in question.parties for word in words_in(party)[:1]}
    if own and not own.isdisjoint(word.stem for word in words_of(text[row.start : row.end])):
        found = 1.0 - (1 - ROW_SHARE)  # the asked-for party's row
    if len(titles) < 2 or not any(_share(asked, title) for title in titles[1:]):
        return found + (1 - ROW_SHARE if found > 0 else ROW_SHARE - 1)
    by_column = [_share(asked, title) for title in titles[1:]]
    column = table.column(row, span.start)
    own_column = _share(asked, titles[column]) if column > 0 else 0.0
    return found + (1 - ROW_SHARE) * (1 if own_column and own_column == max(by_column) else -1)


_JOINED = re.compile(r"[,;:]|\b(?:och|samt|men|medan)\b")


def _whose(question: Question, statement: Statement, start: int) -> float:
    """1 where the asked-for party is the last named before the figure, -1 where another is, 0 where none is."""
    asked = asked_owners(question, statement.agreement)
    if not asked:
        return 0.0
    before = statement.agreement.text[statement.span.start : start]
    named = owners_in(statement.agreement, before)
    if not named:
        return 0.0
    last = named[-1][1]
    if named[0][1] == asked and not _JOINED.search(before[named[0][0] :]):
        return 1.0  # "Biträdet ska underrätta kommunen inom 24 timmar": the subject's, not the object's
    if last == asked or (len(last) == 1 and last <= asked):
        return 1.0
    return 0.0 if last & asked else -1.0
