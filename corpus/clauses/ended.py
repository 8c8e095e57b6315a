"""An end before its time: the day on which an agreement that was given notice of ceased, as a note on it says."""

from __future__ import annotations

import re

from corpus.clauses.statements import AGREEMENT
from corpus.expressions import ExpressionKind, date_value, expressions_in
from corpus.types import Fact, FactName

_GIVEN = re.compile(
    r"(?i)\b(?:(?:är|blev|har\s+blivit|status:?)\s+uppsag[td]|uppsagt\s+(?:av|den|\d{4})|har\b[^.\n]{0,60}\bsagt\s+upp|sades\s+upp|sagts\s+upp)\b"
)
_CEASED = re.compile(
    rf"(?im)(?:^\W*|[.!*]\s+|\b{AGREEMENT}\s+)(?:upphör(?:de|t)?|har\s+upphört|löpte\s+ut)(?:\s+att\s+gälla)?(?:\s+för\s+(?:samtliga|alla|båda)(?:\s+parter)?)?\s+(?:per\s+)?(?:den\s+)?$"
)
_ANOTHER = re.compile(r"(?i)\b(?:tidigare|föregående|förra|gamla|dåvarande|senaste)\b")
_BESIDE = 250
"""Characters on either side of the end in which the notice is told."""


def ended_early(text: str) -> Fact | None:
    """valid_to, where the text says that notice has been given and beside it when the agreement ceases or ceased."""
    for each in expressions_in(text, 0, len(text), ExpressionKind.DATE):
        before = text[text.rfind("\n", 0, each.start) + 1 : each.start]
        ceased = _CEASED.search(before)
        if ceased is None or _ANOTHER.search(before):
            continue
        near = text[max(0, each.start - _BESIDE) : each.end + _BESIDE]
        last = date_value(text[each.start : each.end], last_day=True)
        if last and _GIVEN.search(near):
            return Fact(FactName.VALID_TO, last.isoformat(), each.start, each.end)
    return None
