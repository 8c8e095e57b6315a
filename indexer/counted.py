"""How often each passage holds each term: all that a word index is made of, so that one of fewer passages needs no reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.bm25 import Counts, Rows
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import Word, words_of
from indexer.types import Passage

HEADER_WEIGHT = 0.5
"""A word of the header counts half a word of the text: enough to find the right agreement, not to outrank it."""
PART_WEIGHT = 0.4
"""A compound's part counts less than the word itself."""
GRAM = 5

ReadWords = Callable[[str], list[Word]]
_Terms = Callable[[Word], Iterable[str]]


def grams_of(word: str) -> list[str]:
    """5-grams of `<word>`; a shorter word is one gram."""
    marked = f"<{word}>"
    return [marked[i : i + GRAM] for i in range(max(1, len(marked) - GRAM + 1))]


def pairs_of(words: Iterable[Word]) -> list[tuple[Word, Word]]:
    """Each word with the next one, function words and joined particle verbs left out: "avtalet sägs upp" has one."""
    return list(pairwise(word for word in words if not word.joined and word.word not in STOPWORDS))


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by passage, in the passages' order: stems, 5-grams, neighbours ("first second"), atoms, surface forms."""

    stems: Counts
    grams: Counts
    pairs: Counts
    parts: Counts
    forms: Counts

    @classmethod
    def of(cls, passages: Sequence[Passage], read: ReadWords = words_of) -> Counted:
        """Count the passages' texts and headers; `read` gives a text's words."""
        stems, grams, pairs, parts, forms = Counts(), Counts(), Counts(), Counts(), Counts()
        for passage in passages:
            body = read(passage.text)
            header = read(passage.header)
            stems.add(_weighed(body, header, lambda word: [word.stem], lambda word: word.parts))
            grams.add(_weighed(body, header, lambda word: grams_of(word.word), lambda _: ()))
            pairs.add(_weighed_pairs(body, header))
            parts.add({atom: 1.0 for word in body for atom in word.atoms})
            forms.add(_occurring(body))
        return cls(stems, grams, pairs, parts, forms)

    def only(self, rows: Rows) -> Counted:
        """What counting just those passages, int64 and ascending, would give."""
        return Counted(
            self.stems.only(rows),
            self.grams.only(rows),
            self.pairs.only(rows),
            self.parts.only(rows),
            self.forms.only(rows),
        )


def _weighed(body: list[Word], header: list[Word], terms: _Terms, parts: _Terms) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for words, weight in ((body, 1.0), (header, HEADER_WEIGHT)):
        for word in words:
            for term in terms(word):
                counts[term] += weight
            for part in parts(word):
                counts[part] += weight * PART_WEIGHT
    return counts


def _weighed_pairs(body: list[Word], header: list[Word]) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for words, weight in ((body, 1.0), (header, HEADER_WEIGHT)):
        for first, second in pairs_of(words):
            counts[f"{first.stem} {second.stem}"] += weight
    return counts


def _occurring(body: list[Word]) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for word in body:
        if not word.joined:
            counts[word.word] += 1
    return counts
