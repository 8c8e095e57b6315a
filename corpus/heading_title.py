"""The title on top of a plain text: one line that names an agreement, or a few."""

from __future__ import annotations

import re
from collections.abc import Container

from corpus.heading_numbers import HeadingKind, opening_of
from corpus.heading_words import HeadingLine, looks_like_heading
from corpus.lines import Line

_AGREEMENT = re.compile(r"(?i)avtal|överenskommelse|avsiktsförklaring|kontrakt|partnerskap|samförstånd")
_GOES_ON = re.compile(r"(?i)\b(?:mellan|och|om|för|samt|avseende|gällande|rörande|angående|med|av|till|i)$")
_MOST_LINES = 4
_WRAPPED = 60
_HEADING = 60
_LONGEST = 200


def title_at(lines: list[Line], first: int | None, furniture: Container[int] = ()) -> HeadingLine | None:
    """The title that begins at line `first`, or None.

    It goes on to the next line where that one begins in lower case, or the first is long or ends in "mellan" ….
    What stands right below it otherwise ("Kulturhuset Sagan") is text, few words as it may be.
    """
    if first is None or not _AGREEMENT.search(lines[first].words) or opening_of(lines[first].words):
        return None
    last = first
    most = min(len(lines), first + _MOST_LINES)
    while (
        last + 1 < most and last + 1 not in furniture and _goes_on(lines[last].words, lines[last + 1].words)
    ):
        last += 1
    words = " ".join(line.words for line in lines[first : last + 1])
    below = lines[last + 1].words if last + 1 < len(lines) else ""
    if not names_agreement(words) or len(below) > _WRAPPED or below[:1].islower():
        return None
    if not any(line.words for line in lines[last + 1 :]):
        return None
    return HeadingLine(first, HeadingKind.BARE, "", (), words, lines[last].end, 0, last)


def names_agreement(words: str) -> bool:
    """True for a title: what looks like a heading, or is longer than one and ends as none of its sentences do."""
    return (
        looks_like_heading(words[:_HEADING])
        and len(words) <= _LONGEST
        and not words.endswith((".", ":", ","))
    )


def _goes_on(words: str, below: str) -> bool:
    if not below or below.endswith((".", ":")):
        return False
    return below[:1].islower() or bool(_GOES_ON.search(words)) or len(words) > _WRAPPED
