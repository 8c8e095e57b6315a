"""Gaps in an agreement's own numbering: a § that is missing was lost in the reading or in the writing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Section

_LAST_NUMBER = re.compile(r"\d+(?=[^\w]*$)")
"""The number that counts; "§ 2 a" counts by its letter and is left alone."""


def numbering_gaps(sections: Sequence[Section]) -> tuple[tuple[str, str], ...]:
    """The neighbours around each gap, as they are printed: ("§ 3", "§ 5") where § 4 is missing.

    Numbers are compared with those written the same way below the same heading; a number that is lower than
    the one before starts a new row of numbers.
    """
    last: dict[tuple[tuple[str, ...], str], tuple[int, str]] = {}
    gaps: list[tuple[str, str]] = []
    for section in sections:
        name = section.path[-1] if section.path else ""
        match = _LAST_NUMBER.search(name)
        if match is None or name == section.heading:
            continue
        row = (section.path[:-1], f"{name[: match.start()]}#{name[match.end() :]}")
        number = int(match[0])
        before = last.get(row)
        if before is not None and number > before[0] + 1:
            gaps.append((before[1], name))
        last[row] = (number, name)
    return tuple(gaps)
