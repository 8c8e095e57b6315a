"""Abbreviations: those in common use, and those that the texts spell out, "verksamhetsförlagd utbildning (VFU)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.swedish.stems import stem
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.tokens import tokens_of

_COMMON = {
    "vfu": "verksamhetsförlagd utbildning",
    "pub": "person uppgift biträde",
    "puba": "person uppgift biträde avtal",
    "lou": "lagen offentlig upphandling",
    "gdpr": "dataskyddsförordning",
    "dnr": "diarienummer",
    "ail": "arbetsintegrerat lärande",
}
_IN_BRACKETS = re.compile(r"\(([A-ZÅÄÖ]{2,6})\)")
_LONGEST = 6
"""Words before the bracket that may spell the abbreviation out."""


def abbreviations_in(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Lower-case abbreviation -> stems of the words that spell it out, the first spelling met in the texts."""
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _IN_BRACKETS.finditer(text):
            before = [token.word for token in tokens_of(text, max(0, match.start() - 120), match.start())][
                -_LONGEST:
            ]
            letters = match[1].casefold()
            spelled = next(
                (before[i:] for i in range(len(before) - 1, -1, -1) if _spells(before[i:], letters)), None
            )
            if spelled:
                found.setdefault(letters, tuple(stem(word) for word in spelled if word not in STOPWORDS))
    return found


def common_abbreviations() -> dict[str, tuple[str, ...]]:
    """Abbreviations that agreements use without spelling them out, as `abbreviations_in` gives them."""
    return {short: tuple(stem(word) for word in words.split()) for short, words in _COMMON.items()}


def _spells(words: list[str], letters: str) -> bool:
    """True when the letters are found in order, each word giving its first and no word left out."""
    if len(words) > len(letters) or not words[0].startswith(letters[0]):
        return False
    rest = letters
    for word in words:
        if not rest or word[0] != rest[0]:
            return False
        rest = rest[1:]
        position = 1
        while (
            rest
            and (at := word.find(rest[0], position)) >= 0
            and len(rest) > len(words) - words.index(word) - 1
        ):
            rest, position = rest[1:], at + 1
    return not rest
