"""What points out a person by number or address, taken out of a text before it is kept."""

from __future__ import annotations

import re

from corpus.person_numbers import DASHES, LIKE

NUMBER, MAIL, PHONE = "[personnummer]", "[e-post]", "[telefon]"

_MAIL = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    rf"(?<![\w+{DASHES}/.:])(?:(?:\+|00)\d{{1,3}}(?:[\s.(){DASHES}/]{{0,3}}\d){{6,12}}"
    rf"|\(?0\d{{1,3}}(?:[\s.(){DASHES}/]{{0,3}}\d){{5,8}})(?!\d)"
)
"""From abroad with + or 00; at home from 0, with seven to eleven figures in all."""


def masked(text: str) -> str:
    """The text with person numbers, mail addresses and telephone numbers replaced by what they were. Names stay.

    No right last figure is asked for: a number mistyped points out a person all the same.
    """
    for pattern, said in ((_MAIL, MAIL), (LIKE, NUMBER), (_PHONE, PHONE)):
        text = pattern.sub(said, text)
    return text
