"""A question put to an engine: what was understood, what is in scope, every passage's scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.types import Agreement, AvtalError
from indexer.swedish.stems import stem
from indexer.swedish.words import words_of
from retriever.concepts import NOTHING
from retriever.engine import Engine, Scored
from retriever.party_names import named_at
from retriever.question import Question
from retriever.search import hits, rank
from retriever.types import Answer, AnswerKind, Citation, Completeness, Filters, Interpreted, QuestionKind

LONGEST_QUESTION = 1000
"""Characters; a longer one is refused, not cut."""
LEAST_BEGINNING = 5
"""Letters of a word that a name may begin with and still be known by it: "Granbodasamarbetet"."""
USUAL_LIKENESS = 0.47
"""Mean on the sets to develop on: for an encoder that comes with no questions asked before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to an engine: what was understood, which agreements are in scope, every passage's scores."""

    engine: Engine
    question: Question
    filters: Filters
    agreements: Sequence[Agreement]
    scope: NDArray[np.bool_]
    scored: Scored
    rows: Sequence[int]
    utilities: Mapping[int, float]
    """What speaks for each of the first rows (`retriever/ranking.py`)."""
    limit: int

    @property
    def fused(self) -> NDArray[np.float32]:
        """Each passage's fused score, 0..1; -1 outside the scope: float32 (rows,)."""
        return self.scored.fused

    @property
    def cosines(self) -> NDArray[np.float32]:
        """Each passage's cosine with the query; -1 outside the scope: float32 (rows,)."""
        return self.scored.cosines

    @property
    def query(self) -> NDArray[np.float32]:
        """The vector that the passages were compared with: float32 (dimension,)."""
        return self.scored.query

    @property
    def whole(self) -> NDArray[np.float32]:
        """The question's own vector: float32 (dimension,)."""
        return self.scored.whole

    def interpreted(self) -> Interpreted:
        """How the question was understood, for the reader."""
        filters: dict[str, str] = {}
        if self.filters.parties:
            filters["party"] = "; ".join(self.filters.parties)
        if self.filters.kinds:
            filters["type"] = "; ".join(self.filters.kinds)
        if self.filters.valid_on:
            filters["valid_on"] = self.filters.valid_on.isoformat()
        if self.filters.year:
            filters["year"] = str(self.filters.year)
        terms = tuple(term.word for term in self.question.terms)
        question = self.question
        return Interpreted(
            terms, question.parties, filters, question.corrected, question.notes, question.absent
        )

    def holds_names(self, agreement_id: str) -> bool:
        """True when the agreement holds every name in the question: Uppsala is not to be had by what is like it.

        A name that can be said otherwise ("AI") is a matter of meaning.
        """
        rows, words = self.engine.rows_of(agreement_id), self.engine.index.words
        names = (term for term in self.question.terms if term.named and term.sayings is NOTHING)
        titled = self.engine.title_atoms(agreement_id)

        def holds(atom: str) -> bool:
            return atom in titled or bool(np.isin(words.rows_with(atom), rows).any())

        return all(
            holds(name.stem)
            or (
                not words.holds(name.stem)
                and any(holds(atom) for atom in _beginnings(name.stem, words.words))
            )
            for name in names
        )

    @property
    def likeness(self) -> float:
        """How like the question is to those that people have asked: a cosine."""
        before = self.engine.asked_before
        return USUAL_LIKENESS if before is None else before.likeness(self.whole)

    def answer(self, kind: AnswerKind, statement: str, citations: Sequence[Citation] = ()) -> Answer:
        """An answer with what all kinds share; the caller adds the rest."""
        cited = {citation.agreement_id for citation in citations}
        return Answer(
            kind=kind,
            statement=statement,
            short_answer=None,
            short_answer_span=None,
            agreements=(),
            citations=tuple(citations),
            completeness=Completeness(len(self.agreements), len(cited), 0),
            abstained=False,
            reason=None,
            nearest=(),
            hits=hits(self.engine, self.question, self.rows[: self.limit], self.fused, self.cosines),
            interpreted=self.interpreted(),
            generation=self.engine.index.generation,
            took_ms=0.0,
        )


def _beginnings(name: str, written: Mapping[str, int]) -> Iterator[str]:
    """The words of the texts that a name begins with: "Granbodasamarbetet" is known by Granboda where no text holds it whole."""
    return (stem(name[:end]) for end in range(LEAST_BEGINNING, len(name)) if name[:end] in written)


def put(engine: Engine, text: str, filters: Filters, limit: int) -> Asked:
    """Understand a question and score every passage for it.

    Raises AvtalError for a question that is empty or too long.
    """
    text = " ".join(text.split())
    if not text:
        raise AvtalError(
            "frågan är tom; skriv vad du söker, till exempel: vilka avtal omfattar kompetensförsörjning?"
        )
    if len(text) > LONGEST_QUESTION:
        raise AvtalError(f"frågan är {len(text)} tecken lång; den får vara högst {LONGEST_QUESTION}")
    question = engine.understand(text)
    if "type" in filters.without:
        question = replace(question, agreement_kinds=())
    named = () if "party" in filters.without or question.in_texts else question.parties
    within = replace(filters, parties=tuple(dict.fromkeys([*filters.parties, *named])))
    if question.in_force and filters.valid_on is None and "valid_on" not in filters.without:
        within = replace(within, valid_on=date.today())
    if (
        question.in_force_year
        and filters.valid_on is None
        and filters.year is None
        and "year" not in filters.without
    ):
        within = replace(within, year=question.in_force_year)
    agreements = engine.agreements_in_scope(within)
    if not agreements and question.parties:
        within = filters
        agreements = engine.agreements_in_scope(filters)
    scope = engine.rows_in_scope(within)
    by_place = [party for party in named if not named_at(party, question.read_as)]
    if by_place and agreements and question.kind is not QuestionKind.AGREEMENTS:
        agreements = _with_those_titled(engine, by_place, agreements, engine.agreements_in_scope(filters))
        scope = engine.rows_in(agreement.agreement_id for agreement in agreements)
    return _scored(engine, question, within, agreements, scope, limit)


_NO_PLACE = frozenset("kommun stad region län universitet högskola".split())


def _with_those_titled(
    engine: Engine, parties: Sequence[str], chosen: Sequence[Agreement], others: Sequence[Agreement]
) -> list[Agreement]:
    """The agreements, and those whose title holds the place that the question names, though the card names no such party there."""
    names = [{word.stem for word in words_of(party) if word.word not in _NO_PLACE} for party in parties]
    ids = {agreement.agreement_id for agreement in chosen}
    return [
        agreement
        for agreement in others
        if agreement.agreement_id in ids
        or all(name and name <= engine.title_atoms(agreement.agreement_id) for name in names)
    ]


def narrowed(asked: Asked, question: Question, agreements: Sequence[Agreement]) -> Asked:
    """The question as it is put to these agreements only."""
    scope = asked.engine.rows_in(agreement.agreement_id for agreement in agreements)
    return _scored(asked.engine, question, asked.filters, agreements, scope, asked.limit)


def _scored(
    engine: Engine,
    question: Question,
    filters: Filters,
    agreements: Sequence[Agreement],
    scope: NDArray[np.bool_],
    limit: int,
) -> Asked:
    scored = engine.scores(question, scope)
    return Asked(
        engine,
        question,
        filters,
        agreements,
        scope,
        scored,
        *rank(engine, question, scored, scope),
        limit,
    )
