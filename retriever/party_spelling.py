"""Parties whose names a reader spelled otherwise: "Loevaasa kommun", "Lovasa kommun", "Löväsa kommun"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from corpus.parties import former_and_short_names
from indexer.swedish.compounds import is_form
from indexer.swedish.vocabulary import Vocabulary, fold

_WORD = re.compile(r"[^\W\d_]+")
_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_SHORTEST = 5
"""Letters of a word that a slip of the finger is put right in; two slips from `_TWO_SLIPS`."""
_TWO_SLIPS = 10


def unaccented(word: str) -> str:
    """The word in lower case with å and aa as a, ä and ae as a, ö and oe as o."""
    plain = fold(word.casefold())
    for pair, letter in _DIGRAPHS:
        plain = plain.replace(pair, letter)
    return plain


@lru_cache(maxsize=8)
def name_words(parties: tuple[str, ...]) -> Mapping[str, str]:
    """The words of the parties' names, in lower case -> as written; a genitive also without its s.

    What is a word of the language ("Universitetet") is no name to spell a word as.
    """
    names = (name for party in parties for name in (party, *former_and_short_names(party)))
    words = (word for name in names if not is_form(name.casefold()) for word in _WORD.findall(name))
    return {
        form.casefold(): form for word in words for form in (word, word.removesuffix("s")) if len(form) > 3
    }


@lru_cache(maxsize=8)
def _plain_words(parties: tuple[str, ...]) -> Mapping[str, str]:
    return {unaccented(word): written for word, written in name_words(parties).items()}


def respelled(text: str, parties: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """The text with words that are nearly a party's as the party writes them, and notes for the reader.

    A word that the index or the word list has stays as it is.
    """
    notes: list[str] = []
    known = name_words(parties)

    def put_right(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if (
            len(word) < _SHORTEST - 1
            or word in known
            or word.removesuffix("s") in known
            or vocabulary.spells(word)
        ):
            return match.group()
        meant = _plain_words(parties).get(unaccented(word)) or _near(word, known)
        if meant is None:
            return match.group()
        notes.append(f"{match.group()} lästes som {meant}")
        return meant

    return _WORD.sub(put_right, text), tuple(notes)


def _near(word: str, known: Mapping[str, str]) -> str | None:
    """The one word of the names that is a slip away; None where there is none, or several."""
    if len(word) < _SHORTEST:
        return None
    slips = 2 if len(word) >= _TWO_SLIPS else 1
    near = {
        written
        for each, written in known.items()
        if len(each) >= _SHORTEST and OSA.distance(word, each, score_cutoff=slips) <= slips
    }
    return near.pop() if len(near) == 1 else None
