"""The day on which an agreement ends where its card has none, read from a period or from how many years it is valid."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from corpus.expressions import ExpressionKind, date_value, expressions_in
from corpus.quantities import add_duration, duration_value
from corpus.types import Agreement, Span
from retriever.lifetime import lifetime_of

LEAST_DAYS = 300
"""A shorter period is of something within the agreement: a term, a season, a delivery."""
_TO = re.compile(r"\s*[–—-]\s*")
_UNTIL = re.compile(r"\s+till(?:\s+och\s+med)?\s+")
_FROM = re.compile(r"(?i)\bfrån\s+(?:och\s+med\s+)?$")
_BEFORE = 20
"""Characters that hold "från och med"."""
_VALID_FOR = re.compile(
    r"(?i)\b(?:gäller|löper|valid|force)\b(?:\s+(?:därefter|sedan|i|under|för|for|a\s+period\s+of|en\s+tid\s+av))+\s+"
    r"(?P<years>[\w()]+(?:\s+\(\d+\))?\s+(?:år|years?))\b(?!\s+(?:i\s+taget|i\s+sänder|åt\s+gången|efter|från|framåt|after))"
)
_OF_THE_AGREEMENT = re.compile(
    r"(?i)\b(?:avtal|överenskommelse|kontrakt|samarbete|partnerskap|försök|agreement)\w*\b"
)


def told_end(agreement: Agreement) -> tuple[date, Span] | None:
    """The day and where the text tells it; None where the card knows the end, or that there is none, or no text tells it."""
    life = lifetime_of(agreement)
    if life.end or life.endless:
        return None
    text = agreement.text
    return _of_period(text) or _of_calendar_years(text) or _of_years(text, life.start)


def _of_period(text: str) -> tuple[date, Span] | None:
    """The first period from day to day that is long enough: "1 mars 2024 – 31 december 2027", "från … till …"."""
    dates = list(expressions_in(text, 0, len(text), ExpressionKind.DATE))
    for first, last in pairwise(dates):
        until = _UNTIL.fullmatch(text, first.end, last.start) and _FROM.search(
            text[max(0, first.start - _BEFORE) : first.start]
        )
        if not (until or _TO.fullmatch(text, first.end, last.start)):
            continue
        begins = date_value(text[first.start : first.end])
        ends = date_value(text[last.start : last.end], last_day=True)
        if begins and ends and (ends - begins).days >= LEAST_DAYS:
            return ends, Span(first.start, last.end)
    return None


_CALENDAR_YEARS = re.compile(
    r"(?i)\b(?:avtalet|överenskommelsen|partnerskapet|samarbetet|samverkan|projektet|avtals(?:tid|period)(?:en)?)"
    r"(?:\s+(?:gäller|löper|pågår|varar|sträcker\s+sig|omfattar|är|avser))?(?:\s+(?:för|under|över|åren|perioden|kalenderåren))*:?\s+"
    r"(?P<years>(?:19|20)\d\d\s*[–—-]\s*(?P<last>(?:19|20)\d\d))(?![\d-])"
)


def _of_calendar_years(text: str) -> tuple[date, Span] | None:
    """The years that it runs for: "Partnerskapet löper 2024–2026"."""
    told = _CALENDAR_YEARS.search(text)
    return (date(int(told["last"]), 12, 31), Span(*told.span("years"))) if told else None


def _of_years(text: str, start: date | None) -> tuple[date, Span] | None:
    """The start and the years that it is valid: "Avtalet gäller i tre år"."""
    for told in _VALID_FOR.finditer(text) if start else ():
        opens = max(text.rfind(".", 0, told.start()), text.rfind("\n\n", 0, told.start())) + 1
        duration = duration_value(told["years"].replace("years", "år").replace("year", "år"))
        if start and duration and _OF_THE_AGREEMENT.search(text, opens, told.start()):
            return add_duration(start, duration) - timedelta(days=1), Span(told.start(), told.end())
    return None
