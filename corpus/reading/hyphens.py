"""Words broken at a line's end, made whole."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise, takewhile

# A soft hyphen at the end is never the word's own; the other two may be.
_SIGNS = ("-", "\u2010", "\u00ad")
# After these a trailing hyphen stands for a word left out: "forsknings- och utbildningsstrategi".
_LEFT_OUT = frozenset((
    "och", "eller", "samt", "respektive", "resp", "till", "men", "kontra", "både", "än", "liksom",
    "and", "or",
))  # fmt: skip
_SHORTEST = 2
_AROUND = ".,;:!?()[]\"”“’'"


def join_broken_words(lines: list[str], skip: Container[int]) -> None:
    """Join, in place, each word that is broken over two lines; its end moves up to the line where it began.

    A hyphen is kept where it is the word's own: before "och", "eller" …, after capitals ("EU-") or a single
    letter ("e-"), or where the same lines also write the word with a hyphen. Lines in `skip` take no part.
    """
    known = {word.strip(_AROUND).casefold() for line in lines for word in line.split() if "-" in word[1:-1]}
    rows = [row for row in range(len(lines)) if row not in skip and lines[row]]
    for upper, lower in pairwise(rows):
        if not lines[upper].endswith(_SIGNS):
            continue
        soft = lines[upper].endswith("\u00ad")
        first = _letters(lines[upper][-2::-1])[::-1]
        rest = _letters(lines[lower])
        if not first or not rest.islower() or rest in _LEFT_OUT:
            continue
        own = not soft and (
            len(first) < _SHORTEST or first.isupper() or f"{first}-{rest}".casefold() in known
        )
        # What follows the word without a space (a comma, a full stop, ")") goes with it.
        moved, _, remainder = lines[lower].partition(" ")
        lines[upper] = lines[upper][:-1] + ("-" if own else "") + moved
        lines[lower] = remainder.lstrip()
    for row, line in enumerate(lines):
        if line.endswith("\u00ad"):
            lines[row] = line[:-1] + "-"


def _letters(text: str) -> str:
    """The letters that the text begins with."""
    return "".join(takewhile(str.isalpha, text))
