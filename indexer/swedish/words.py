"""A text's words as the index and the matcher see them: stem, compound parts, particle verbs joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexer.swedish.compounds import is_stem, parts_of
from indexer.swedish.stems import KNOWN_WORDS, stem
from indexer.swedish.tokens import tokens_of

_PARTICLES = frozenset(["upp", "ut", "in", "av", "ned", "över", "fram"])
_VERB = re.compile(r"(?:a|[ae]r|s|[dt]e|t)$")
"""Endings of Swedish verbs; sagan and hamnen have none of them."""
_PRONOUNS = frozenset(["man", "vi", "ni", "de", "den", "det", "jag", "parterna", "part"])


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `text[start:end]` is as written; `joined` marks a particle verb read as one ("sägas upp")."""

    word: str
    stem: str
    parts: tuple[str, ...]
    start: int
    end: int
    joined: bool = False

    @property
    def atoms(self) -> tuple[str, ...]:
        """The stems it can be found by: its own and its compound parts'."""
        return (self.stem, *self.parts)


class Run(tuple[Word, ...]):
    """A run of words that knows its atoms, so that most runs are passed over at a glance."""

    @cached_property
    def atoms(self) -> frozenset[str]:
        """Every stem and compound part in the run."""
        return frozenset(atom for word in self for atom in word.atoms)


@lru_cache(maxsize=KNOWN_WORDS)
def _analysed(word: str) -> tuple[str, tuple[str, ...]]:
    if word[1:2] == "-":
        parts = parts_of(word[2:])
        return word[:2] + stem(word[2:]), (word[:2] + parts[0], *parts[1:]) if parts else ()
    return stem(word), parts_of(word)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]` in order.

    A verb followed by its particle, with at most a pronoun between, is followed by one more word that joins them as
    the noun does: "sägas upp" gives "uppsäg-", the stem of uppsägning.
    """
    tokens = tokens_of(text, start, end)
    found: list[Word] = []
    for i, token in enumerate(tokens):
        base, parts = _analysed(token.word)
        found.append(Word(token.word, base, parts, token.start, token.end))
        after = i + 2 if i + 1 < len(tokens) and tokens[i + 1].word in _PRONOUNS else i + 1
        if after < len(tokens) and tokens[after].word in _PARTICLES and _VERB.search(token.word):
            joined = tokens[after].word + base
            if is_stem(joined):
                found.append(Word(joined, joined, (), token.start, tokens[after].end, True))
    return found
