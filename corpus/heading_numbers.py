"""The numbers that open headings: "§ 4", "4 §", "4.2", "Kapitel 2", "Artikel IV", "Moment 2", "Bilaga A"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class HeadingKind(StrEnum):
    """How a heading shows itself. The kind decides how deep it nests."""

    CHAPTER = "chapter"
    APPENDIX = "appendix"
    PARAGRAPH = "paragraph"
    DECIMAL = "decimal"
    MOMENT = "moment"
    MARKED = "marked"
    CAPITALS = "capitals"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Opening:
    """The number that a line begins with, as written and as its parts; `after` is where the words follow."""

    kind: HeadingKind
    number: str
    numbers: tuple[int, ...]
    after: int
    integer: bool = False


_PATTERNS = (
    (
        HeadingKind.PARAGRAPH,
        re.compile(r"(?:§\s*(?P<a>\d{1,3}(?:\.\d{1,3}){0,3})\s*[.:)]?|(?P<b>\d{1,3})\s*§\.?)(?:\s+|$)"),
    ),
    (
        HeadingKind.CHAPTER,
        re.compile(
            r"(?:(?:kapitel|kap\.?|artikel|avsnitt|del)\s+(?P<a>\d{1,3}|[IVX]{1,5})\b|(?P<b>\d{1,3})\s*kap\b\.?)\s*[.:–—-]?(?:\s+|$)",
            re.I,
        ),
    ),
    (
        HeadingKind.APPENDIX,
        re.compile(
            r"(?:(?:under)?bilaga|appendix)(?:\s+(?P<a>\d{1,2}(?:[.:]\d{1,2})?[a-z]?|[A-ZÅÄÖ]))?\b\s*[.:–—-]?(?:\s+|$)",
            re.I,
        ),
    ),
    (
        HeadingKind.MOMENT,
        re.compile(
            r"(?:(?:moment|mom\.?)\s+(?P<a>\d{1,2})\b|(?P<b>\d{1,2})\s*mom\b\.?)\s*[.:–—-]?(?:\s+|$)", re.I
        ),
    ),
    (HeadingKind.DECIMAL, re.compile(r"(?P<a>\d{1,2}(?:\.\d{1,3}){1,3})\.?(?:\s+|$)")),
    (HeadingKind.DECIMAL, re.compile(r"(?P<a>\d{1,2})[.)]?(?:\s+|$)")),
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def opening_of(words: str) -> Opening | None:
    """The number that the words open with, or None. Whether it heads anything is for others to say."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(words)
        if match is None:
            continue
        written = match.groupdict().get("a") or match.groupdict().get("b") or ""
        plain = kind is HeadingKind.DECIMAL
        number = match["a"] if plain else match.group(0).strip().rstrip(".:)–—-").strip()
        return Opening(kind, number, _parts(written), match.end(), plain and written.isdigit())
    return None


def _parts(written: str) -> tuple[int, ...]:
    if written and all(letter in _ROMAN for letter in written):
        values = [_ROMAN[letter] for letter in written]
        return (sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values)),)
    return tuple(int(part) for part in re.findall(r"\d+", written))
