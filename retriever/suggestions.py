"""Ways to go on with what is typed: parties, titles and words that occur in the index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from itertools import chain, islice

from indexer.store import Index
from indexer.swedish.vocabulary import fold
from indexer.swedish.words import words_of

SHORTEST_WORD = 4
"""Characters of a word worth suggesting."""
SHORTEST_INSIDE = 4
"""Characters typed before words are looked for inside compounds: "avta" is in most words of an agreement."""
LOOKED_INTO = 50
"""Words whose stem and parts are looked up for a tier, the most frequent: each costs up to half a millisecond, once."""
MOST_NAMES = 5
"""Parties and titles before words: a list of eight keeps room for both."""


class SuggestionKind(StrEnum):
    """What is suggested."""

    PARTY = "party"
    TITLE = "title"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to go on with. `agreement_id` says which agreement a title is of, where only one has it."""

    text: str
    kind: SuggestionKind
    agreement_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    suggestion: Suggestion
    words: tuple[str, ...]
    folded: tuple[str, ...]


class Suggester:
    """Suggestions over one generation: its names, and its words in order, as they are and folded (å, ä → a; ö → o)."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._names = tuple(_names(index))
        self._counts: Mapping[str, int] = {
            word: count for word, count in index.words.words.items() if len(word) >= SHORTEST_WORD
        }
        self._words = sorted(self._counts)
        self._folded = sorted((fold(word), word) for word in self._words)

    def suggest(self, typed: str, most: int = 8) -> tuple[Suggestion, ...]:
        """At most `most` suggestions: names that hold what is typed, words that begin with it, compounds that hold it.

        Swedish letters count as written first, and as a, a and o only where that finds too little. Where several
        words are typed, the last one is completed. Nothing typed gives nothing.
        """
        wanted = tuple(typed.casefold().split())
        if not wanted:
            return ()
        head = typed[: len(typed.rstrip()) - len(wanted[-1])] if len(wanted) > 1 else ""
        names = list(islice(self._named(wanted), most))
        words = self._completed(wanted[-1], head.lstrip(), most)
        kept = most - min(len(words), most - min(len(names), MOST_NAMES))
        found = dict.fromkeys([*names[:kept], *words])
        return tuple(islice(found, most))

    def _named(self, wanted: tuple[str, ...]) -> Iterator[Suggestion]:
        """Names that hold a word beginning with each typed word, as spelt and then as folded."""
        folded = tuple(fold(word) for word in wanted)
        spelt = (name for name in self._names if _begun(name.words, wanted))
        loose = (
            name for name in self._names if not _begun(name.words, wanted) and _begun(name.folded, folded)
        )
        return (name.suggestion for name in chain(spelt, loose))

    def _completed(self, start: str, head: str, most: int) -> list[Suggestion]:
        """Words to complete the last one with: one form of each, the most frequent, tier by tier."""
        found: dict[str, str] = {}
        for tier in (self._beginning, self._inside, self._beginning_folded):
            if len(found) >= most:
                break
            for word in self._frequent(tier(start)):
                if word != start:
                    found.setdefault(words_of(word)[0].stem, word)
        return [Suggestion(head + word, SuggestionKind.WORD) for word in islice(found.values(), most)]

    def _frequent(self, words: Iterable[str]) -> list[str]:
        """The most frequent of the words, at most `LOOKED_INTO`."""
        return nsmallest(LOOKED_INTO, words, key=lambda word: (-self._counts[word], word))

    def _beginning(self, start: str) -> list[str]:
        first = bisect_left(self._words, start)
        last = bisect_left(self._words, start + chr(0x10FFFF))
        return self._words[first:last]

    def _beginning_folded(self, start: str) -> list[str]:
        folded = fold(start)
        first = bisect_left(self._folded, (folded,))
        last = bisect_left(self._folded, (folded + chr(0x10FFFF),))
        return [word for _, word in self._folded[first:last]]

    def _inside(self, start: str) -> list[str]:
        if len(start) < SHORTEST_INSIDE:
            return []
        holding = self._frequent(word for word in self._words if word.find(start, 1) > 0)
        return [word for word in holding if _at_a_part(word, start)]


def _at_a_part(word: str, start: str) -> bool:
    """True where a later part of the compound begins as what is typed: "försörj" in kompetensförsörjning."""
    parts = words_of(word)[0].parts
    return any(start.startswith(part) or part.startswith(start) for part in parts[1:])


def _begun(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _names(index: Index) -> Iterator[_Name]:
    """Parties in order, then titles, each once."""
    agreements = index.agreements.values()
    for party in sorted({party for agreement in agreements for party in agreement.parties}):
        yield _name(Suggestion(party, SuggestionKind.PARTY))
    titled: dict[str, list[str]] = {}
    for agreement in agreements:
        titled.setdefault(agreement.title, []).append(agreement.agreement_id)
    for title, ids in sorted(titled.items()):
        yield _name(Suggestion(title, SuggestionKind.TITLE, ids[0] if len(ids) == 1 else None))


def _name(suggestion: Suggestion) -> _Name:
    words = tuple(suggestion.text.casefold().split())
    whole = (*words, *(word.strip("\"'()[]”“»«,.:;") for word in words))
    return _Name(suggestion, whole, tuple(fold(word) for word in whole))
