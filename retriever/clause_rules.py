"""A rule of words: which a heading or a sentence must hold, read through the Swedish word layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.swedish.words import Word, words_of

_FORM, _FIRST, _WITHOUT, _EITHER = "=", "^", "-", "|"


@dataclass(frozen=True, slots=True)
class Demand:
    """One place of a rule: any of the word forms, stems or (a compound's) sets of parts; `first`: as the first word."""

    forms: frozenset[str]
    stems: frozenset[str]
    compounds: tuple[frozenset[str], ...]
    first: bool

    def met_by(self, words: Sequence[Word]) -> Word | None:
        """The first word that meets it; None where none does."""
        return next((word for word in (words[:1] if self.first else words) if self._meets(word)), None)

    def _meets(self, word: Word) -> bool:
        if word.word in self.forms or word.stem in self.stems:
            return True
        return bool(word.parts) and (
            not self.stems.isdisjoint(word.parts)
            or any(compound.issubset(word.parts) for compound in self.compounds)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Every demand of `wanted` must be met, and none of `unwanted`."""

    wanted: tuple[Demand, ...]
    unwanted: tuple[Demand, ...]

    def met_by(self, words: Sequence[Word]) -> Word | None:
        """The word that meets the first demand, where the whole rule is met; else None."""
        first: Word | None = None
        for demand in self.wanted:
            found = demand.met_by(words)
            if found is None:
                return None
            first = first or found
        return None if any(demand.met_by(words) for demand in self.unwanted) else first

    @property
    def anchors(self) -> tuple[frozenset[str], frozenset[str]]:
        """Forms and stems of which a text must hold one to meet the rule, a compound by any of its parts."""
        demand = self.wanted[0]
        return demand.forms, demand.stems | frozenset(part for each in demand.compounds for part in each)


def rule_of(text: str) -> Rule:
    """Read a rule as written in clause_types.toml. Raises ValueError for one that demands nothing."""
    wanted = tuple(_demand(word) for word in text.split() if not word.startswith(_WITHOUT))
    unwanted = tuple(_demand(word[1:]) for word in text.split() if word.startswith(_WITHOUT))
    if not wanted:
        raise ValueError(f"regeln {text!r} kräver inget ord")
    return Rule(wanted, unwanted)


def _demand(written: str) -> Demand:
    forms: set[str] = set()
    stems: set[str] = set()
    compounds: list[frozenset[str]] = []
    for word in written.split(_EITHER):
        if word.startswith((_FORM, _FIRST)):
            forms.add(word[1:])
            continue
        read = words_of(word)[0]
        stems.add(read.stem)
        if len(read.parts) > 1:
            compounds.append(frozenset(read.parts))
    return Demand(frozenset(forms), frozenset(stems), tuple(compounds), written.startswith(_FIRST))
