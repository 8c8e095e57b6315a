"""Does a Swedish sentence say no?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retriever.short_texts import QUESTIONS

_NEGATION = re.compile(
    r"(?i)\b(?:inte|ej|icke(?!-)|inga|ingen|inget|aldrig|varken|saknas|saknar|undantag(?:et|na)?|utan(?=\s+(?:föregående\s+)?uppsägning)|förbjud\w*|otillåt\w*|utesluter|utesluts|uteslut(?:en|et|na))\b"
)
_NO_OBSTACLE = re.compile(
    r"(?i)\b(?:inget|inte|utgör\s+inget|utgör\s+ej)\s+hinder\b|\binte\s+(?:bara|endast|enbart)\b|\bintet\s+hindrar\b"
    r"|\b(?:aldrig|inte|ej)\s+(?:\w+\s+){0,2}?(?:mer|mera|högre|över(?=\s+(?:\d|en\b|ett\b|två\b|tre\b|fyra\b|fem\b|tio\b|hälften\b))|överstiga|överskrida|understiga)\b"
    r"|\b(?:kan|om|skulle|har)\s+(?:\w+\s+){1,3}?inte\s+\w+|\bsom\s+(?:\w+\s+){0,2}?inte\s+(?:kan|kunnat|har)\s+\w+"
)
"""Negations that deny nothing of what is agreed: "utgör inget hinder", those of a condition ("Kan parterna inte enas …"), and bounds
("höjs aldrig med mer än tre procent")."""


def is_negated(words: str) -> bool:
    """True for a sentence with a negation that is not itself taken back ("utgör inget hinder")."""
    return bool(_negations(words))


@lru_cache(maxsize=QUESTIONS)
def is_asked_negated(asked: str) -> bool:
    """The same of a question, which is no sentence of a text: kept apart from these (`retriever/short_texts.py`)."""
    return bool(_standing(asked))


@lru_cache(maxsize=20_000)
def _negations(words: str) -> tuple[tuple[int, int], ...]:
    return _standing(words)


def _standing(words: str) -> tuple[tuple[int, int], ...]:
    """Where the negations stand that are not taken back: offsets into `words`."""
    if _NEGATION.search(words) is None:
        return ()
    kept = _NO_OBSTACLE.sub(lambda match: " " * len(match.group()), words)
    return tuple(match.span() for match in _NEGATION.finditer(kept))


NEAR = 2
"""Words that may stand between a negation and what it denies: förlängs inte, inga nya ekonomiska åtaganden."""


def denies(words: str, spans: Sequence[tuple[int, int]]) -> bool:
    """True when a negation stands at most `NEAR` words from one of the spans (offsets into `words`)."""
    for opens, closes in _negations(words):
        for start, end in spans:
            between = words[closes:start] if closes <= start else words[end:opens]
            if len(between.split()) <= NEAR and not re.search(r"[.,;:]", between):
                return True
    return False
