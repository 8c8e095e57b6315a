"""Words of a Swedish text, with offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"(?<!\w)[^\W\d_]-[^\W\d_]{3,}|[^\W_]+(?:['’][^\W_]+)?")
"""A single letter before a hyphen belongs to its word: e-tjänst, e-post."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `word` in lower case, `text[start:end]` as written."""

    word: str
    start: int
    end: int


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of `text[start:end]` in order; a genitive's lone "s" ("MDU:s") is left out."""
    stop = len(text) if end is None else end
    return [
        Token(m.group().casefold(), m.start(), m.end())
        for m in _WORD.finditer(text, start, stop)
        if not (m.group() == "s" and m.start() > start and text[m.start() - 1] == ":")
    ]
