"""Words broken at a line's end, made whole."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import pairwise

# The sign at the end tells what drew it: "-" may be the word's own hyphen, the other two never are.
_BROKEN = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")
_CONTINUES = re.compile(r"[^\W\d_]+")
# After these a trailing hyphen stands for a word left out: "forsknings- och utbildningsstrategi".
_LEFT_OUT = frozenset((
    "och", "eller", "samt", "respektive", "resp", "till", "men", "kontra", "både", "än", "liksom",
    "and", "or",
))  # fmt: skip
_SHORTEST = 2


def join_broken_words(lines: list[str], skip: Container[int]) -> None:
    """Join, in place, each word that is broken over two lines; its end moves up to the line where it began.

    A hyphen is kept where it is the word's own: before "och", "eller" …, after capitals ("EU-") or a single
    letter ("e-"), or where the same lines also write the word with a hyphen. Lines in `skip` take no part.
    """
    known = {word.casefold() for line in lines for word in re.findall(r"\w+-\w+", line)}
    rows = [row for row in range(len(lines)) if row not in skip and lines[row]]
    for upper, lower in pairwise(rows):
        broken = _BROKEN.search(lines[upper])
        if broken is None:
            continue
        soft = broken[2] == "\u00ad"
        rest = _CONTINUES.match(lines[lower])
        if rest is None or not rest[0].islower() or rest[0] in _LEFT_OUT:
            if soft:
                lines[upper] = lines[upper][:-1] + "-"
            continue
        own = not soft and (
            len(broken[1]) < _SHORTEST or broken[1].isupper() or f"{broken[1]}-{rest[0]}".casefold() in known
        )
        # What follows the word without a space (a comma, a full stop, ")") goes with it.
        end = re.match(r"\S*", lines[lower])
        moved = end[0] if end else rest[0]
        lines[upper] = lines[upper][:-1] + ("-" if own else "") + moved
        lines[lower] = lines[lower][len(moved) :].lstrip()
    for row, line in enumerate(lines):
        if line.endswith("\u00ad"):
            lines[row] = line[:-1] + "-"
