"""The words of short texts, questions and names in them, which every statement is held against: each read once."""

from __future__ import annotations

from functools import lru_cache

from indexer.swedish.words import Word, words_of


@lru_cache(maxsize=2048)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a question, a party's name or a label, as `words_of` gives them."""
    return tuple(words_of(text))


@lru_cache(maxsize=10_000)
def atoms_in(text: str) -> frozenset[str]:
    """What a question, a label, a table's row or title can be found by."""
    return frozenset(atom for word in words_of(text) for atom in word.atoms)
