"""Marks on a text: the quoted place, the short answer, the question's words. Offsets are `str` indices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_WORD = re.compile(r"[^\W_]+")
_SHORT_TERM = 4
_ENDING = 3
"""Letters of ending that a word may have beyond the question's: "avtal" marks "avtalets"."""


class MarkKind(StrEnum):
    """Why a piece of text is marked."""

    WORD = "word"
    ANSWER = "answer"
    CITED = "cited-text"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of a text."""

    start: int
    end: int
    kind: MarkKind = MarkKind.WORD


def disjoint(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks sorted and without overlaps: of two that overlap, the one earlier in the input keeps the ground."""
    kept: list[Mark] = []
    for mark in marks:
        pieces = [mark]
        for old in kept:
            pieces = [part for piece in pieces for part in _outside(piece, old)]
        kept += [piece for piece in pieces if piece.start < piece.end]
    return tuple(sorted(kept, key=lambda mark: mark.start))


def _outside(piece: Mark, old: Mark) -> tuple[Mark, ...]:
    if piece.end <= old.start or piece.start >= old.end:
        return (piece,)
    return replace(piece, end=old.start), replace(piece, start=old.end)


def moved(marks: Iterable[Mark], by: int, length: int) -> list[Mark]:
    """The marks `by` characters further on, cut to 0..length; what falls outside is left out."""
    shifted = (Mark(max(0, mark.start + by), min(length, mark.end + by), mark.kind) for mark in marks)
    return [mark for mark in shifted if mark.start < mark.end]


def term_marks(text: str, terms: Sequence[str]) -> list[Mark]:
    """Marks on the words that look like the terms: same beginning, at most three letters of ending."""
    wanted = [word for term in terms for word in _WORD.findall(term.lower())]
    return [
        Mark(found.start(), found.end())
        for found in _WORD.finditer(text)
        if any(_looks_like(found[0].lower(), term) for term in wanted)
    ]


def _looks_like(word: str, term: str) -> bool:
    shown = word if re.search("[åäöé]", term) else _fold(word)
    if len(term) < _SHORT_TERM or any(sign.isdigit() for sign in term):
        return shown == term
    return shown.startswith(term[: max(_SHORT_TERM, len(term) - _ENDING)])


def _fold(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
