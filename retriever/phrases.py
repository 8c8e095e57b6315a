"""Phrases by their first word, so that a text is only compared with those that it may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retriever.concepts import Phrase, Sayings


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases in order, and where those stand whose first word has the atom."""

    every: Sequence[Phrase]
    by_atom: Mapping[str, Sequence[int]]
    atoms: frozenset[str]
    """Of which a text must hold one to say any of them."""

    @classmethod
    def of(cls, every: Sequence[Phrase]) -> Phrases:
        """The phrases, ready to be looked for."""
        found: dict[str, list[int]] = {}
        for place, phrase in enumerate(every):
            for atom in dict.fromkeys(phrase.words[0]):
                found.setdefault(atom, []).append(place)
        return cls(every, found, frozenset(found))

    def beginning_in(self, held: frozenset[str]) -> Sequence[Phrase]:
        """Those whose first word, or a part of it, is among the atoms, in order."""
        return [
            self.every[at] for at in sorted({at for atom in self.atoms & held for at in self.by_atom[atom]})
        ]


@lru_cache(maxsize=4096)
def sought(sayings: Sayings) -> tuple[Phrases, Phrases, Phrases]:
    """What says the same, a kind of it and something near it, ready to be looked for."""
    return Phrases.of(sayings.same), Phrases.of(sayings.narrower), Phrases.of(sayings.near)
