"""Words a reader typed that the index does not have: missing åäö, then slips of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from indexer.swedish.compounds import is_form, is_listed, parts_of
from indexer.swedish.stems import stem

_FOLD = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU")
_FUNCTION_WORDS = {
    fold_of: word
    for word in [
        "får",
        "är",
        "när",
        "går",
        "för",
        "från",
        "på",
        "då",
        "så",
        "även",
        "måste",
        "också",
        "något",
        "några",
        "vår",
        "hör",
        "år",
        "lång",
        "länge",
        "långt",
        "sägas",
        "säga",
        "gäller",
        "två",
    ]
    if (fold_of := word.translate(_FOLD)) != word and fold_of not in ("for", "sa")
} | {"for": "för"}
_SHORTEST_CORRECTED = 5
_TWO_SLIPS_FROM = 9
"""From this length two slips are allowed, below it one."""


def fold(word: str) -> str:
    """The word with å, ä, ö, é and ü without their marks."""
    return word.translate(_FOLD)


class Vocabulary:
    """The words of an index, looked up as a reader may write them."""

    def __init__(self, words: Mapping[str, int], atoms: Iterable[str]) -> None:
        self._words = words
        self._atoms = frozenset(atoms)
        self._by_folded_stem: dict[str, str] = {}
        for word, _ in sorted(words.items(), key=lambda row: (-row[1], row[0])):
            self._by_folded_stem.setdefault(fold(stem(word)), word)
        self._atom_by_fold = {fold(atom): atom for atom in sorted(self._atoms)}

    def holds(self, word: str) -> bool:
        """True when the word, a form of it or a compound with it occurs."""
        return stem(word) in self._atoms

    def spells(self, word: str) -> bool:
        """True when the index or the word list has exactly this form."""
        return word in self._words or is_form(word)

    def unmarked(self, word: str) -> str | None:
        """The index's word (or stem) that `word` is without its åäö; None where it is one already or there is none."""
        if fold(word) != word:
            return None
        folded = fold(stem(word))
        found = self._by_folded_stem.get(folded) or self._atom_by_fold.get(folded)
        return found if found is not None and not self.holds(word) else None

    def restored(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A text typed without any å, ä or ö with them put back where the index or a function word tells, and notes."""
        if fold(text) != text:
            return text, ()
        notes: list[str] = []

        def put_back(match: re.Match[str]) -> str:
            word = match.group().casefold()
            if word in _FUNCTION_WORDS:
                return _FUNCTION_WORDS[word]
            found = self.unmarked(word)
            if found is None or fold(found) == found:
                return match.group()
            notes.append(f"{word} lästes som {found}")
            return found

        return re.sub(r"[^\W\d_]+", put_back, text), tuple(notes)

    def corrected(self, word: str) -> str | None:
        """The nearest word of the index for one that neither it nor the word list knows.

        One slip (Damerau's: a letter wrong, missing, added or two swapped), from nine letters two unless the word
        makes sense as a compound.
        """
        if len(word) < _SHORTEST_CORRECTED or not word.isalpha() or self.holds(word) or is_listed(word):
            return None
        slips = 2 if len(word) >= _TWO_SLIPS_FROM and not parts_of(word) else 1
        plain = fold(word)
        best: tuple[int, int, str] | None = None
        for known, count in self._words.items():
            if abs(len(known) - len(word)) > slips or fold(known[0]) != plain[0] or known.isdigit():
                continue
            distance = OSA.distance(plain, fold(known), score_cutoff=slips)
            if distance <= slips and (best is None or (distance, -count, known) < best):
                best = (distance, -count, known)
        return best[2] if best else None
