"""Figures that the typed expressions leave out: hours of the day, "varannan månad", English units, "gratis"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.types import Span
from retriever.asks import Asks

_HOUR = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
_TO = r"\s*(?:–|-|och|till)\s*"
_CLOCK = r"kl(?:ockan|\.)?\s*"
_DAY = r"(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|vardag|helg|helgdag)(?:ar|arna|en|s)?|alla\s+dagar|dagligen"
_NTH = r"(?:första|andra|tredje|fjärde|sista)"
_DAYS = (
    rf"(?:{_NTH}\s+)?(?:{_DAY})(?:\s*(?:–|-|och|till)\s*(?:{_NTH}\s+)?{_DAY})?"
    r"(?:\s+(?:i\s+)?(?:varje|varannan|jämna|udda)\s+(?:månad|veck)\w*)?"
)
""" "Första tisdagen varje månad" is one day."""
_HOURS = (
    rf"(?:mellan\s+)?{_CLOCK}{_HOUR}(?:{_TO}(?:{_CLOCK})?{_HOUR})?(?!\d)"
    rf"|{_DAYS}\s+(?:mellan\s+)?(?:{_CLOCK})?{_HOUR}(?:{_TO}(?:{_CLOCK})?{_HOUR})?(?!\d)"
    rf"|(?:öppe[nt]|öppnar|stänger|stängt)\s+(?:(?:till|från|mellan)\s+)?{_HOUR}(?:{_TO}{_HOUR})?(?!\d|\s*\w)"
    rf"|(?<![\w.,])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:{_TO}(?:[01]?\d|2[0-4])[.:][0-5]\d)?(?!\d|\.\d)"
)
_FEW = r"(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
_ORDINAL = r"(?:tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|tolfte)"
_OFTEN = (
    rf"varannan\s+(?:månad|vecka|dag|termin|timme)|var\s+{_ORDINAL}\s+(?:månad|vecka|dag|timme|termin|minut)"
    rf"|varje\s+(?:vår|höst|sommar|vinter|morgon|kväll|natt|timme|mandatperiod|läsår|{_DAY})"
    rf"|{_FEW}\s+(?:dagar?|kvällar|kväll|pass|eftermiddagar|eftermiddag|tillfällen|tillfälle|timmar|timme)\s+(?:per|om|i)\s+\w+"
)
_SCORE = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty)"
)
_LONG = rf"{_FEW}\s+(?:första\s+|sista\s+)?(?:timmarna|dagarna|veckorna|månaderna|åren|minuterna|terminer|terminen)|\b(?:up\s+to\s+)?{_SCORE}\s+(?:year|month|week|day|hour)s?"
_FREE = r"ingenting|gratis|kostnadsfri\w*|avgiftsfri\w*|utan\s+(?:kostnad|avgift|ersättning|hyra|arrende\w*)"
_KRONA = r"(?:\d+|en)\s+(?:symbolisk\s+)?krona"
_UNITS = r"(?<![\d,])\d+(?:,\d+)?\s*(?:lux|decibel|dB|volt|bar|lumen|(?:square|cubic)\s+met(?:re|er)s|kilomet(?:re|er)s|tonnes|litres)"
_DEGREES = (
    rf"(?:minus\s+|plus\s+)?(?:\d+(?:,\d+)?|{_FEW})\s+(?:minus|plus)?grader|[-−–]?\d+(?:,\d+)?\s*°(?:\s*C)?"
)
_RANGE = r"\d+(?:,\d+)?\s*[–-]\s*\d+(?:,\d+)?\s*(?:grader|°C|procent|%|meter|kvm|kilo|timmar|poäng)"
_MONTH = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
_MONTHS = rf"(?<!\d\s){_MONTH}(?:(?:,|\s+och|\s+till|\s*–)\s*{_MONTH})*(?!\s+\d)"
_WHEN = (
    r"(?:så\s+snart|när|sedan|efter\s+(?:det\s+)?att|innan|i\s+samband\s+med(?:\s+att)?|vid\s+varje|efter\s+varje)"
    r"\s+[\wåäö-]+(?:\s+[\wåäö-]+){0,9}|i\s+(?:förskott|efterskott)"
)
""" "När boken har lämnats tillbaka": a time told by what happens."""
_COUNT = (
    r"(?:up\s+to\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{pattern})(?!\w)")


_CLOCKS, _PERIODS = _of(rf"{_HOURS}|{_DAYS}|{_MONTHS}"), _of(_LONG)
_LENGTHS = _of(rf"{_LONG}|{_HOURS}")
_FORMS: Mapping[Asks, re.Pattern[str]] = {
    Asks.CLOCK: _CLOCKS,
    Asks.DATE: _of(rf"{_HOURS}|{_DAYS}|{_MONTHS}|{_WHEN}"),
    Asks.FREQUENCY: _of(_OFTEN),
    Asks.PERIOD: _PERIODS,
    Asks.LENGTH: _LENGTHS,
    Asks.NOTICE: _PERIODS,
    Asks.END: _PERIODS,
    Asks.AMOUNT: _of(rf"{_FREE}|{_KRONA}"),
    Asks.SIZE: _of(rf"{_RANGE}|{_UNITS}|{_DEGREES}"),
    Asks.NUMBER: _of(_COUNT),
}
FREE = _of(_FREE)
_ENUMERATED = re.compile(
    r"(?:\b[A-ZÅÄÖ][\w-]+|\b(?:med|till|är|på|om))[ \n](?P<figure>\d{1,3}(?:[ \xa0]\d{3})*(?:,\d+)?)(?=,(?!\d)|;|\.(?!\d)|\s+(?:och|samt)\b|\s*$)"
)
_COUNTING = re.compile(r"^\D*[\d \xa0.,–-]*")


def enumerated(text: str, sentence: Span, told: Span) -> Iterator[tuple[Span, str]]:
    """The figures of an enumeration that says its unit once, with this unit: "Tallhede 44 procent, Granvika 24".

    `told` is the figure with its unit.
    """
    unit = _COUNTING.sub("", text[told.start : told.end])
    for match in _ENUMERATED.finditer(text, sentence.start, sentence.end):
        yield Span(*match.span("figure")), unit


_SPATIAL = re.compile(r"(?i)\b(?:\w*(?<!kubik)(?<!kvadrat)meter|km|mil|cm|mm|m)\b(?!²|³|\d)")
_ASKS_LENGTH = re.compile(r"(?i)\bhur\s+(?:lång|långt|bred|brett|djup|djupt|tjock)\w*\b")


def is_of_length(asked: str, figure: str) -> bool:
    """False where a length is asked for and the measure is one of anything else: a volume, a weight."""
    return not _ASKS_LENGTH.search(asked) or _SPATIAL.search(figure) is not None


def forms_in(asks: Asks, text: str, span: Span) -> Iterator[Span]:
    """Where a figure of the kind asked for is written so, inside the span, in order."""
    pattern = _FORMS.get(asks)
    for match in pattern.finditer(text, span.start, span.end) if pattern else ():
        yield Span(*match.span())
