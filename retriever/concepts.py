"""What agreements call the same thing by: praktik, VFU, verksamhetsförlagd utbildning. The file is `concepts.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.words import Word, words_of

CONCEPTS_FILE = Path(__file__).with_name("concepts.txt")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say it. `words` are its words' stems and compound parts, in order, `forms` the words as they are
    written; function words are left out."""

    text: str
    words: tuple[tuple[str, ...], ...]
    forms: tuple[str, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The stem of each word."""
        return tuple(word[0] for word in self.words)

    @classmethod
    def of(cls, text: str) -> Phrase:
        """Read from its text; a verb and its particle are one word. Raises ValueError where it holds no word."""
        read = words_of(text)
        joined = [word for word in read if word.joined]
        kept = [
            word
            for word in read
            if word.joined
            or not (word.word in SMALL or any(j.start <= word.start and word.end <= j.end for j in joined))
        ]
        if not kept:
            raise ValueError(f"{CONCEPTS_FILE.name}: '{text}' holds no word")
        return cls(
            " ".join(text.split()),
            tuple(word.atoms for word in kept),
            tuple(word.word for word in kept),
        )


SMALL = frozenset("i på av för med till om och att en ett den det de vid från som mot".split())
"""Words that a phrase is told without."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Other ways to say a word: `same` say it, `narrower` say a kind of it, `near` something beside it."""

    same: tuple[Phrase, ...] = ()
    narrower: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()

    def with_more(self, other: Sayings) -> Sayings:
        """Both, each phrase once, in its strongest sense."""
        same = tuple(dict.fromkeys((*self.same, *other.same)))
        narrower = tuple(p for p in dict.fromkeys((*self.narrower, *other.narrower)) if p not in same)
        near = dict.fromkeys((*self.near, *other.near))
        return Sayings(same, narrower, tuple(p for p in near if p not in same and p not in narrower))

    def beside(self, wider: Sequence[Phrase]) -> Sayings:
        """These, where some are wider than the word: försäkring says not ansvarsförsäkring, it lies beside it."""
        stems = {phrase.stems for phrase in wider}
        same = tuple(phrase for phrase in self.same if phrase.stems not in stems)
        narrower = tuple(phrase for phrase in self.narrower if phrase.stems not in stems)
        return Sayings(same, narrower, tuple(dict.fromkeys((*self.near, *wider)))) if wider else self


NOTHING = Sayings()


def sayings_of(stems: Sequence[str]) -> Sayings:
    """Other ways to say the word or phrase with these stems; none for most."""
    return _sayings_of(tuple(stems))


@lru_cache(maxsize=4096)
def _sayings_of(stems: tuple[str, ...]) -> Sayings:
    rows, by_same, by_narrower = _bucket(stems[0][:STARTS])
    saying = [rows[at] for at in by_same.get(stems, ())]
    kind_of = [rows[at] for at in by_narrower.get(stems, ())]
    if not saying and not kind_of:
        return NOTHING
    wider = [phrase for same, _ in kind_of for phrase in same if phrase.stems != stems]
    beside = frozenset(phrase.stems for _, told in kind_of for phrase in told.narrower)
    above = {phrase.stems for phrase in wider}
    found = NOTHING
    for same, told in saying:
        others = tuple(phrase for phrase in same if phrase.stems != stems)
        # A row that sets a kind beside its whole holds other kinds of that whole: they lie beside this one.
        apart = beside if any(phrase.stems in above for phrase in others) else frozenset[tuple[str, ...]]()
        kinds = tuple(phrase for phrase in told.narrower if phrase.stems not in apart)
        near = (*told.near, *(phrase for phrase in told.narrower if phrase.stems in apart))
        found = found.with_more(Sayings(others, kinds, near))
    return found.beside(wider)


_Row = tuple[tuple[Phrase, ...], Sayings]
_Places = Mapping[tuple[str, ...], Sequence[int]]
_Bucket = tuple[Sequence[_Row], _Places, _Places]
"""The rows in which a word with one beginning may stand, and in which of them phrases say the same and a narrower thing."""


@cache
def longest_phrase() -> int:
    """Words of the longest phrase, function words counted."""
    return max(len(text.split()) for row in _rows() for text in _PARTED.split(row))


@cache
def _rows() -> tuple[str, ...]:
    rows = CONCEPTS_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(row for row in rows if row and not row.startswith("#"))


STARTS = 3
"""Letters that a word shares with its stem. Reading every phrase takes seconds; only those that may be asked for are."""
_PARTED = re.compile(r"[,>~]")


@cache
def _rows_by_start() -> dict[str, tuple[str, ...]]:
    """The rows that hold a word with this beginning; a joined particle verb begins as its particle."""
    found: dict[str, dict[str, None]] = {}
    for row in _rows():
        for text in _PARTED.split(row):
            for start in _starts(text.casefold().split()):
                found.setdefault(start, {})[row] = None
    return {start: tuple(rows) for start, rows in found.items()}


@cache
def _bucket(start: str) -> _Bucket:
    rows = tuple(_read(row) for row in _rows_by_start().get(start, ()))
    by_same: dict[tuple[str, ...], list[int]] = {}
    by_narrower: dict[tuple[str, ...], list[int]] = {}
    for at, (same, told) in enumerate(rows):
        for places, phrases in ((by_same, same), (by_narrower, told.narrower)):
            for stems in {phrase.stems for phrase in phrases}:
                places.setdefault(stems, []).append(at)
    return rows, by_same, by_narrower


def _starts(words: Sequence[str]) -> set[str]:
    """How the words may begin when they are asked for: a short particle runs on into its verb, "hoppa av" as "avhopp"."""
    short = [word for word in words if len(word) < STARTS]
    return {(before + word)[:STARTS] for word in words for before in ("", *short) if before != word}


@lru_cache(maxsize=4096)
def _read(row: str) -> _Row:
    """A row "same, same > narrower, narrower ~ near, near": its phrases, and what is narrower than them and beside them."""
    rest, _, near_part = row.partition("~")
    same_part, _, narrower_part = rest.partition(">")
    same, narrower, near = (
        tuple(Phrase.of(text) for text in part.split(",") if text.strip())
        for part in (same_part, narrower_part, near_part)
    )
    if not same:
        raise ValueError(f"{CONCEPTS_FILE.name}: nothing before '>' or '~' in: {row[:60]}")
    return same, Sayings(narrower=narrower, near=near)


def places_of(phrase: Phrase, words: Sequence[Word], window: int) -> list[Word]:
    """The words that say the phrase, its words at most `window` apart, in any order; [] where they do not."""
    holding = [
        (at, [n for n in range(len(phrase.words)) if _says(word, phrase.words[n], phrase.forms[n])])
        for at, word in enumerate(words)
    ]
    holding = [(at, which) for at, which in holding if which]
    for start, (first, _) in enumerate(holding):
        held: dict[int, int] = {}
        for at, which in holding[start:]:
            if at - first > window:
                break
            for number in which:
                held.setdefault(number, at)
            if len(held) == len(phrase.words):
                return [words[at] for at in sorted(set(held.values()))]
    return []


SHORT = 4
"""A word of so few letters is said by itself alone: the abbreviation VIL is not vila."""
LONG = 7
"""A word of so many letters says the same at the front of a compound too (praktikplats); marknadsföring is no mark."""
ENDING = 3
"""Letters of an ending that may differ: sandning is said by sandningen and sandas, not by sand."""


_OWN_ER = re.compile(r"[^aeiouyåäö]*[aeiouyåäö][^aeiouyåäö]er")
"""A short word whose -er may be its own and no plural's: lager is not said by lagen, which shares its stem."""


def _says(word: Word, wanted: tuple[str, ...], form: str) -> bool:
    """True for a form of the word itself, for one compounded with it, and for a compound of the same parts."""
    if word.word in STOPWORDS and word.word != form:
        return False  # villa is not said by vill
    if _OWN_ER.fullmatch(form) and form not in word.word:
        return False
    if word.stem == wanted[0]:
        if len(form) <= SHORT:
            return word.word in (form, f"{form}s", f"{form}n", f"{form}en")
        return word.word[: len(form) - ENDING] == form[:-ENDING]
    if wanted[0] in word.parts:
        head = wanted[0] == word.parts[-1] or len(form) >= LONG
        return head and len(form) > SHORT and len(form) - len(wanted[0]) <= ENDING
    return len(wanted) > 2 and set(wanted[1:]) <= set(word.parts)
