"""What of a question an agreement holds anywhere: its names and rare words tell which agreement is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.swedish.families import kin_of
from indexer.swedish.stems import stem
from retriever.concepts import NOTHING, Phrase
from retriever.engine import Engine
from retriever.matching import IN_COMPOUND, KIN, SAID, WHOLE
from retriever.question import Question, Term

PART = 0.3
"""An agreement that only holds a compound's first part may speak of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How far agreements hold the question's words, from the word index alone.

    `strengths[i, row]` is that of term i where the passage of that row speaks of it, float32 (terms, rows), 0..1.
    """

    engine: Engine
    terms: Sequence[Term]
    strengths: NDArray[np.float32]

    @classmethod
    def of(cls, engine: Engine, question: Question) -> Holding:
        """Of every term of the question."""
        rows = len(engine.index.passages)
        strengths = np.zeros((len(question.terms), rows), np.float32)
        for place, term in enumerate(question.terms):
            for strength, atoms in (*_ways(term), *_by_opening(engine, term)):
                holding = _rows_with_all(engine, atoms, rows)
                strengths[place] = np.maximum(strengths[place], strength * holding)
        return cls(engine, question.terms, strengths)

    def of_agreement(self, agreement_id: str) -> tuple[float, ...]:
        """The strongest way in which the agreement, or its title, holds each term: 0..1."""
        rows = self.engine.rows_of(agreement_id)
        titled = self.engine.title_atoms(agreement_id)
        held = self.strengths[:, rows].max(axis=1, initial=0.0).tolist()
        return tuple(
            max(strength, WHOLE if term.stem in titled or titled.issuperset(term.atoms) else 0.0)
            for term, strength in zip(self.terms, held, strict=True)
        )

    def rare(self, most: int) -> frozenset[str]:
        """Ids of the agreements that hold a name of the question which at most `most` hold; empty without such a name."""
        named = [
            place
            for place, term in enumerate(self.terms)
            if term.named and not term.numeric and term.sayings is NOTHING
        ]
        chosen: frozenset[str] | None = None
        for place in named:
            rows: list[int] = np.flatnonzero(self.strengths[place] >= IN_COMPOUND).tolist()
            ids = frozenset(self.engine.index.passages[row].agreement_id for row in rows)
            if 0 < len(ids) <= most:
                chosen = ids if chosen is None or not chosen & ids else chosen & ids
        return chosen or frozenset()


LEAST_OPENING = 5
"""Letters of a name at the beginning of an unknown word: "Bäverhultsspåret", "Ekskullafamilj"."""


def opening_name(engine: Engine, term: Term) -> str | None:
    """The stem of the longest known word that a name which no text holds begins with; None for any other term."""
    if not term.named or term.known or term.sayings is not NOTHING:
        return None
    openings = (term.word[:size] for size in range(len(term.word) - 1, LEAST_OPENING - 1, -1))
    known = next((each for each in openings if each in engine.index.words.words), None)
    return stem(known) if known else None


def _by_opening(engine: Engine, term: Term) -> list[tuple[float, tuple[str, ...]]]:
    name = opening_name(engine, term)
    return [(IN_COMPOUND, (name,))] if name else []


def _ways(term: Term) -> list[tuple[float, tuple[str, ...]]]:
    """The ways to speak of the term, each with its strength and the atoms that a passage must hold."""
    ways = [(WHOLE, (term.stem,)), (IN_COMPOUND, term.atoms)]
    if term.also:
        ways.append((IN_COMPOUND, term.also))
    told = term.sayings
    ways.extend((SAID, _stems(phrase)) for phrase in (*told.same, *told.narrower))
    ways.extend((KIN, _stems(phrase)) for phrase in told.near)
    ways.extend((KIN, (each,)) for each in kin_of(term.stem))
    if len(term.atoms) > 1:
        ways.append((PART, term.atoms[:1]))
    return ways


def _stems(phrase: Phrase) -> tuple[str, ...]:
    return tuple(word[0] for word in phrase.words)


def _rows_with_all(engine: Engine, atoms: Sequence[str], rows: int) -> NDArray[np.float32]:
    holding = np.ones(rows, np.float32)
    for atom in atoms:
        within = np.zeros(rows, np.float32)
        within[engine.index.words.rows_with(atom)] = 1.0
        holding *= within
    return holding
