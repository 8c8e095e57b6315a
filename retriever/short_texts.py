"""The words of short texts and of questions, which every statement is held against: each read once.

Questions have places of their own, and few: what an index's labels and names fill is full when all have been read, but new
questions come for ever. Kept among the others, up to 34,000, they were most of what a long run still grew by (docs/robustness.md).
"""

from __future__ import annotations

from functools import lru_cache

from indexer.swedish.words import Word, words_of

QUESTIONS = 64
"""Questions remembered: all that one is held against comes before the next, but for those asked at the same time."""


@lru_cache(maxsize=2048)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a party's name or a label, as `words_of` gives them."""
    return tuple(words_of(text))


@lru_cache(maxsize=10_000)
def atoms_in(text: str) -> frozenset[str]:
    """What a label, a table's row or title can be found by."""
    return frozenset(atom for word in words_of(text) for atom in word.atoms)


@lru_cache(maxsize=QUESTIONS)
def question_words(asked: str) -> tuple[Word, ...]:
    """The words of a question."""
    return tuple(words_of(asked))


@lru_cache(maxsize=QUESTIONS)
def question_atoms(asked: str) -> frozenset[str]:
    """What a question says, as labels are found by."""
    return frozenset(atom for word in question_words(asked) for atom in word.atoms)
