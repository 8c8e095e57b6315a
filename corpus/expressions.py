"""Dates, amounts, periods, numbers, persons and addresses in Swedish text, as exact spans."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.quantities import ENGLISH_NUMBERS


class ExpressionKind(StrEnum):
    """What an expression states."""

    DATE = "date"
    AMOUNT = "amount"
    PERIOD = "period"
    FREQUENCY = "frequency"
    PERCENT = "percent"
    MEASURE = "measure"
    NUMBER = "number"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Expression:
    """A typed span. `text[start:end]` is the wording."""

    kind: ExpressionKind
    start: int
    end: int


MONTHS = """
    januari februari mars april maj juni juli augusti september oktober november december
""".split()
_ENGLISH_MONTHS = "january february march june july october".split()
"""English names of months that are not the Swedish ones; "may" is a verb too, so it needs its year."""
_MONTH = (
    rf"(?:(?:{'|'.join([*MONTHS, *_ENGLISH_MONTHS])}|may(?=[ \xa0\n]+(?:19|20)\d\d))"
    r"|(?:jan|feb|apr|aug|sept?|okt|nov|dec)\.?)(?![a-zåäö])"
)
_YEAR = r"(?:19|20)\d{2}"
_SPACE = r"[ \xa0\u202f\n]"
_GROUPED = r"\d{1,3}(?:[ \xa0\u202f.]\d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?"
_BROKEN = r"\d{1,3}(?:[ \xa0\u202f.]\d{3})*\n\d{3}(?:[ \xa0\u202f.]\d{3})*(?:,\d+)?"
"""A number that a line's end parts: "120" and "000 kronor" on the next line."""
_HALVES = "en och en halv|ett och ett halvt|en halv|ett halvt"
_WORD_NUMBER = (
    rf"{_HALVES}|(?:noll|ettusen|etthundra|en|ett|två|tretton|trettio|tre|fyrtio|fyra|femtio|femton|fem|sextio|sexton|sex|"
    "sjuttio|sjutton|sju|åttio|åtta|nittio|nitton|nio|tio|elva|tolv|fjorton|arton|aderton|tjugo|hundra|tusen)+"
)
_QUANTITY = rf"(?:{_GROUPED}|(?:{_WORD_NUMBER})(?!\w))"
_CURRENCY = r"(?:svenska[ \xa0]kronor|kronor|kr|SEK|euro|EUR|€|dollar|USD|öre)"
_SCALE = r"(?:miljoner|miljon|miljarder|miljard|tusen|mkr|mnkr|tkr|mdkr|mdr|MSEK|KSEK|TSEK|mn)"
_UNIT = (
    r"(?:dagars?|dag|dygns?|veckors?|veckas?|månaders?|månads?|mån|års?|halvårs?|kvartals?|timmars?|timme|minuters?|minut|"
    r"sekunders?|sekund|arbetsdagars?|kalenderdagars?|kalendermånaders?|bankdagars?|kalenderår)"
)
_FRACTION = "hälften|(?:en|två)[ \xa0\n]+(?:tredjedel(?:ar|s)?|fjärdedel(?:ar|s)?|femtedel(?:ar|s)?)|tre[ \xa0\n]+fjärdedelar"
_MEASURE = (
    rf"(?:kvadratmeter|kvm|m²|m2|hektar|kubikmeter|kilometer{_SPACE}+i{_SPACE}+timmen|km/(?:h|tim)|kilometer|km|mil|meter|centimeter|cm|millimeter|mm|liter|kilogram|kilo|kg|gram|ton|"
    r"megawatt|MW|kilowatt|kW|(?:kilo|mega|giga|tera)wattimmar|[kMGT]Wh|grader|decibel|dB|högskolepoäng|hp)"
)
"""Units of size, weight and power; those of time are of a period."""
_JOINED = rf"(?:(?:{_WORD_NUMBER})|\d+[ -]?)(?:årsperiod(?:er|en)?|månadersperiod(?:er|en)?|årig[at]?|månaders|veckors|dagars|års)"
"""The number and its unit in one word: treårsperiod, tremånaders, 3-årig."""
_ENGLISH_PERIOD = rf"(?:{'|'.join(ENGLISH_NUMBERS)}|\d+){_SPACE}+(?:\(\d+\){_SPACE}+)?(?:calendar{_SPACE}+)?(?:days?|weeks?|months?|years?)"

_PATTERNS: dict[ExpressionKind, re.Pattern[str]] = {
    ExpressionKind.DATE: re.compile(
        rf"(?<![\w/])(?:(?:den{_SPACE}+)?\d{{1,2}}(?::[ae])?{_SPACE}+{_MONTH}(?:{_SPACE}+{_YEAR})?|{_YEAR}-\d{{1,2}}-\d{{1,2}}|{_MONTH}{_SPACE}+{_YEAR}"
        rf"|(?:den{_SPACE}+)?\d{{1,2}}/\d{{1,2}}(?:[-/ ]{_YEAR})?|(?:{_YEAR}{_SPACE}*[–-]{_SPACE}*{_YEAR})"
        rf"|(?:hösten|våren|sommaren|vintern|årsskiftet|vårterminen|höstterminen){_SPACE}+{_YEAR}(?:/\d{{2,4}})?|(?:år{_SPACE}+)?{_YEAR})(?![\w/]|[.,]\d)",
        re.I,
    ),
    ExpressionKind.AMOUNT: re.compile(
        rf"(?<![\w,.])(?:\d+{_SPACE}+kronor{_SPACE}+och{_SPACE}+\d+{_SPACE}+öre|(?:{_BROKEN}|{_QUANTITY}){_SPACE}*(?:{_SCALE}(?:{_SPACE}*{_CURRENCY})?|{_CURRENCY})|{_QUANTITY}{_SPACE}*:-"
        rf"|(?:SEK|EUR|€){_SPACE}*(?:{_GROUPED})(?:{_SPACE}*{_SCALE})?|(?:kronor|kr)\.?:?{_SPACE}+(?!(?:19|20)\d\d\b)(?:{_GROUPED}))(?![\w])",
        re.I,
    ),
    ExpressionKind.PERIOD: re.compile(
        rf"(?<![\w,.])(?:{_QUANTITY}|(?:\d+[–-]\d+)|(?:{_WORD_NUMBER}){_SPACE}+\(\d+\)|\d+{_SPACE}+\([a-zåäö]+\)){_SPACE}*(?:hela{_SPACE}+)?{_UNIT}(?!\w)"
        rf"|(?<![\w,.-]){_JOINED}(?!\w)|(?<!\w)halvårs?(?!\w)|(?<![\w,.]){_ENGLISH_PERIOD}(?!\w)",
        re.I,
    ),
    ExpressionKind.FREQUENCY: re.compile(
        rf"(?<!\w)(?:årligen|årsvis|halvårsvis|kvartalsvis|månadsvis|månatligen|veckovis|dagligen|löpande|regelbundet|varje{_SPACE}+(?:år|halvår|kvartal|månad|vecka|termin|dag)"
        rf"|vart(?:annat|{_SPACE}+(?:tredje|fjärde|femte)){_SPACE}+år|(?:minst{_SPACE}+|högst{_SPACE}+)?(?:{_WORD_NUMBER}|\d+){_SPACE}+gång(?:er)?(?:{_SPACE}+(?:per|om|i|varje){_SPACE}+\w+)?)(?!\w)",
        re.I,
    ),
    ExpressionKind.PERCENT: re.compile(
        rf"(?<![\w,.]){_QUANTITY}{_SPACE}*(?:%|procent(?:enheter)?)(?!\w)|(?<!\w)(?:{_FRACTION})(?!\w)", re.I
    ),
    ExpressionKind.MEASURE: re.compile(rf"(?<![\w,.]){_QUANTITY}{_SPACE}*{_MEASURE}(?!\w)", re.I),
    ExpressionKind.NUMBER: re.compile(
        rf"(?<![\w,.§-])(?:(?:cirka|ca|omkring|ungefär|drygt|knappt|minst|högst|ett){_SPACE}+)?(?:(?:{_GROUPED})(?:-tal)?|(?:{_WORD_NUMBER})(?!\w))(?![\w%]|,\d)",
        re.I,
    ),
    ExpressionKind.PERSON: re.compile(
        r"(?<![\w-])[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?(?: (?:von|af|de))?(?: [A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?){1,2}(?![\w-])"
    ),
    ExpressionKind.PHONE: re.compile(
        r"(?<![\w-])(?:\+46[ \d()-]{7,14}\d|0\d{1,3}[ ]?-[ ]?\d[\d ]{4,10}\d)(?!\w)"
    ),
    ExpressionKind.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}
_ROLE = re.compile(
    r"(?i)\b(?:rektor|prorektor|\w*direktör|\w*chef|ordförande|\w*ledare|\w*samordnare|kommunalråd|regionråd|landshövding|"
    r"docent|professor|\w*sekreterare|kontaktperson\w*|handläggare|koordinator|\w*jurist|registrator|\w*ansvarig|\w*ombud|firmatecknare)\b|\bsäger\b|\bskriver\b"
)
_BODY_WORD = re.compile(
    r"(?i)\b(?:kommun|stad|region|län|länsstyrelsen|högskola|högskolan|universitet|landstinget|center|centrum|strategi|agenda|ab|växa)\b"
)


def expressions_in(text: str, start: int, end: int, kind: ExpressionKind) -> Iterator[Expression]:
    """The expressions of one kind inside `text[start:end]`, in order.

    A person counts only beside a role or a verb of saying, and never where the words name an organisation.
    """
    for match in _PATTERNS[kind].finditer(text, start, end):
        if kind is ExpressionKind.PERSON and not _is_person(text, match, start, end):
            continue
        yield Expression(kind, match.start(), match.end())


def _is_person(text: str, match: re.Match[str], start: int, end: int) -> bool:
    if _BODY_WORD.search(match.group(0)):
        return False
    around = (
        text[max(start, match.start() - 60) : match.start()]
        + " | "
        + text[match.end() : min(end, match.end() + 60)]
    )
    return bool(_ROLE.search(around))


def date_value(wording: str, last_day: bool = False) -> date | None:
    """The day a wording names; a year or month alone gives its first day, or its last with `last_day`.

    None where the wording has no year.
    """
    words = wording.casefold()
    if iso := re.search(r"(\d{4})-(\d{2})-(\d{2})", words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]), last_day)
    years = re.findall(_YEAR, words)
    if not years:
        return None
    year = int(years[-1] if last_day else years[0])
    if slashed := re.search(r"\b(\d{1,2})/(\d{1,2})\b", words):
        return _day(year, int(slashed[2]), int(slashed[1]), last_day)
    named = re.search(rf"(?:(\d{{1,2}})\s+)?\b({'|'.join(month[:3] for month in MONTHS)}|may|oct)", words)
    if named is None:
        return _day(year, 12 if last_day else 1, None, last_day)
    opens = {"may": "maj", "oct": "okt"}.get(named[2], named[2])
    month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(opens))
    return _day(year, month, int(named[1]) if named[1] else None, last_day)


def day_in_words(day: str) -> str:
    """An ISO day as a person writes it: "30 september 2026"."""
    read = date.fromisoformat(day)
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"


def _day(year: int, month: int, day: int | None, last_day: bool) -> date | None:
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    if day is None:
        return date(year, month, length if last_day else 1)
    return date(year, month, day) if 1 <= day <= length else None
