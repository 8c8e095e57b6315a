"""Dates, durations and amounts of a card in words."""

from __future__ import annotations

import re
from decimal import Decimal

from api.rendering.wording import MONTHS, Words

_DATE = re.compile(r"(\d{4}|-)-(\d{2})(?:-(\d{2}))?")
_DURATION = re.compile(r"P(\d+)([YMWD])")
_AMOUNT = re.compile(r"([\d.]+) ([A-Z]{3})")
_UNITS = {"Y": "år", "M": "månader", "W": "veckor", "D": "dagar"}


def readable_date(value: str, words: Words) -> str:
    """ "2014-01-31" is 31 januari 2014, "2014-01" januari 2014, "--12-03" 3 december; anything else as it is."""
    found = _DATE.fullmatch(value)
    if not found or not 1 <= int(found[2]) <= len(MONTHS):
        return value
    year, month, day = found.groups()
    parts = (str(int(day)) if day else "", words(MONTHS[int(month) - 1]), "" if year == "-" else year)
    return " ".join(part for part in parts if part)


def readable_duration(value: str, words: Words) -> str:
    """ "P6M" is 6 månader."""
    found = _DURATION.fullmatch(value)
    return words.count(int(found[1]), _UNITS[found[2]]) if found else value


def readable_amount(value: str, words: Words) -> str:
    """ "450000 SEK" is 450 000 kr."""
    found = _AMOUNT.fullmatch(value)
    if not found:
        return value
    whole, _, part = f"{Decimal(found[1]).quantize(Decimal('0.01')).normalize():f}".partition(".")
    point = "." if words.english else ","
    grouped = words.number(int(whole)) + (point + part if part else "")
    return f"{grouped}\u00a0{'kr' if found[2] == 'SEK' and not words.english else found[2]}"
