"""Swedish personal identity numbers and coordination numbers in a text: what looks like one, and what is one by its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.types import Span

DASHES = r"–—‐‑−\-"
LIKE = re.compile(
    rf"(?<!\d)(?:(?:18|19|20)[ ]?)?\d{{2}}[ ]?(?:0[1-9]|1[0-2])[ ]?(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    rf"[ ]?[{DASHES}+]?[ ]?(?:\d{{4}}|[a-z]\d{{3}})(?!\d)",
    re.IGNORECASE,
)
"""A day of birth, the day raised by 60 in a coordination number, and four figures; a letter first in a provisional number.

The month keeps it off organisation numbers, whose third figure is 2 or more.
"""
_RAISED = 60


def person_numbers(text: str) -> Iterator[Span]:
    """Where the text has one with a day that exists and the right last figure (Luhn, as Skatteverket's SKV 704 says)."""
    for found in LIKE.finditer(text):
        figures = [int(letter) for letter in found.group() if letter.isdigit()][-10:]
        if len(figures) == 10 and _is_day(figures) and _luhn(figures) == 0:
            yield Span(found.start(), found.end())


def _is_day(figures: list[int]) -> bool:
    """True for a day of any century: a leap day in 2000's is taken for 1900's too."""
    year, month, day = (10 * figures[at] + figures[at + 1] for at in (0, 2, 4))
    try:
        date(2000 + year, month, day - _RAISED if day > _RAISED else day)
    except ValueError:
        return False
    return True


def _luhn(figures: list[int]) -> int:
    """The remainder by ten of the sum, every second figure doubled from the first on and its figures added."""
    doubled = [figure * (2 - at % 2) for at, figure in enumerate(figures)]
    return sum(figure // 10 + figure % 10 for figure in doubled) % 10
