"""Which passages might speak of a question's terms, by the word index alone: the others need not be read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import LexicalIndex
from indexer.swedish.families import kin_of
from retriever.concepts import Phrase
from retriever.matching import KIN, NARROWER, NEARBY, PART_CAP, SAID, WHOLE
from retriever.question import Term

_Rows = NDArray[np.bool_]


class Held:
    """Which passages hold an atom or a word, each looked up once for a question: bool, shape (rows,)."""

    def __init__(self, words: LexicalIndex) -> None:
        self._words = words
        self._atoms: dict[str, _Rows] = {}

    def atom(self, atom: str) -> _Rows:
        """The passages that hold the stem, alone or inside a compound."""
        if atom not in self._atoms:
            held = np.zeros(self._words.rows, dtype=np.bool_)
            held[self._words.rows_with(atom)] = True
            self._atoms[atom] = held
        return self._atoms[atom]

    def every(self, atoms: Sequence[str]) -> _Rows:
        """The passages that hold all of the atoms."""
        return reduce(np.logical_and, map(self.atom, atoms))

    def phrase(self, phrase: Phrase) -> _Rows:
        """The passages that hold each word of the phrase, or all its parts: of which one might say it."""
        words = (
            self.atom(stem) | self.every(parts) if len(parts) > 1 else self.atom(stem)
            for stem, *parts in phrase.words
        )
        return reduce(np.logical_and, words)


def most_said(words: LexicalIndex, terms: Sequence[Term]) -> NDArray[np.float64]:
    """The strongest way in which each passage might speak of each term (see `match_term`): float64 (terms, rows), 0..1."""
    held = Held(words)
    return np.array([_most(held, term, words.rows) for term in terms])


def _most(held: Held, term: Term, rows: int) -> NDArray[np.float64]:
    """The same of one term: float64 (rows,)."""
    most = np.zeros(rows, dtype=np.float64)
    if len(term.atoms) > 1:
        most[held.atom(term.atoms[0])] = PART_CAP
    told = term.sayings
    ways = [(KIN, held.atom(kin)) for kin in kin_of(term.stem)]
    for phrases, strength in ((told.near, NEARBY), (told.narrower, NARROWER), (told.same, SAID)):
        ways.extend((strength, held.phrase(phrase)) for phrase in phrases)
    ways.extend((WHOLE, held.every(atoms)) for atoms in (term.atoms, term.also) if atoms)
    ways.append((WHOLE, held.atom(term.stem)))
    for strength, saying in ways:
        most[saying] = np.maximum(most[saying], strength)
    return most
