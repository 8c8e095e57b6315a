"""What a Swedish wording of a period or an amount comes to: months and days as ISO 8601, sums with currency."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_ONES = dict(
    zip(
        "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton".split(),
        range(20),
        strict=True,
    )
) | {"en": 1, "aderton": 18}
_TENS = dict(
    zip(
        "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SIZES = {"hundra": 100, "tusen": 1000}
_NUMBER_WORD = re.compile("|".join(sorted([*_ONES, *_TENS, *_SIZES], key=len, reverse=True)))
ENGLISH_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve eighteen twenty thirty".split(),
        (*range(1, 13), 18, 20, 30),
        strict=True,
    )
)
"""Those that periods in English agreements are written with."""
_HALVES = {
    "en och en halv": Decimal("1.5"),
    "ett och ett halvt": Decimal("1.5"),
    "en halv": Decimal("0.5"),
    "ett halvt": Decimal("0.5"),
}
_DIGITS = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?")
_ENGLISH = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
"""Thousands parted as in English: "€24,960". No sum has three decimals."""
_SCALES = (
    (1_000_000_000, r"miljard\w*|mdkr|mdr"),
    (1_000_000, r"miljon\w*|mkr|mnkr|msek|mn"),
    (1_000, r"tusen|tkr|ksek|tsek"),
)
_CURRENCIES = (("EUR", r"euro|eur|€"), ("USD", r"dollar|usd"))
_UNITS = (
    ("halvår", "M", 6),
    ("kvartal", "M", 3),
    ("månad", "M", 1),
    ("mån", "M", 1),
    ("veck", "W", 1),
    ("dag", "D", 1),
    ("dygn", "D", 1),
    ("år", "Y", 1),
    ("month", "M", 1),
    ("week", "W", 1),
    ("day", "D", 1),
    ("year", "Y", 1),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in a currency, ISO 4217: SEK, EUR or USD."""

    value: Decimal
    currency: str

    def __str__(self) -> str:
        """ "1800000 SEK"."""
        return f"{self.value.normalize():f} {self.currency}"


def number_value(wording: str) -> Decimal | None:
    """The number that digits or Swedish number words state: "1,5", "tre", "tjugofem", "1 500 000"."""
    words = _plain(wording)
    if digits := _DIGITS.search(words):
        found = digits.group()
        grouped = re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", found)
        return Decimal(re.sub(r"[ .]", "", found).replace(",", ".") if grouped else found.replace(",", "."))
    if (english := ENGLISH_NUMBERS.get(words.split(" ")[0])) is not None:
        return Decimal(english)
    if half := next((value for name, value in _HALVES.items() if words.startswith(name)), None):
        return half
    return _spelled(words)


def _spelled(words: str) -> Decimal | None:
    words = words.replace("ettusen", "etttusen")
    total, current, at = 0, 0, 0
    while match := _NUMBER_WORD.match(words, at):
        word = match.group()
        if word in _SIZES:
            current = (current or 1) * _SIZES[word]
            if word == "tusen":
                total, current = total + current, 0
        else:
            current += _ONES.get(word, _TENS.get(word, 0))
        at = match.end()
    return Decimal(total + current) if at else None


def duration_value(wording: str) -> str | None:
    """ISO 8601 of a period: "tolv månader" P12M, "två (2) år" P2Y, "ett halvår" P6M, "30 dagar" P30D.

    None for a span of periods ("2–3 veckor") and for hours and shorter.
    """
    words = _plain(wording)
    if re.search(r"\d ?[–-] ?\d", words):
        return None
    rest = re.sub(r"\([^)]*\)", " ", words)
    unit = next(((code, size) for name, code, size in _UNITS if name in rest), None)
    if unit is None:
        return None
    number = Decimal(1) if rest.startswith("halvår") else number_value(rest)
    if number is None:
        return None
    code, size = unit
    amount = number * size
    if amount != amount.to_integral_value() and code == "Y":
        code, amount = "M", amount * 12
    return f"P{amount.normalize():f}{code}" if amount and amount == amount.to_integral_value() else None


def amount_value(wording: str) -> Amount | None:
    """The sum that a wording states: "61 mnkr" 61,000,000 SEK, "2 MSEK", "500:-". None without a number."""
    words = _plain(wording)
    if parts := re.fullmatch(r"(\d+) kronor och (\d+) öre", words):
        return Amount(Decimal(parts[1]) + Decimal(parts[2]) / 100, "SEK")
    figures = re.sub(r"(?:sek|eur|€|kr)\s*(?=\d)", "", words)
    if _ENGLISH.search(figures) and not any(re.search(rf"\b(?:{name})\b", words) for _, name in _SCALES):
        figures = figures.replace(",", "")
    number = number_value(figures)
    if number is None:
        return None
    named = re.sub(r"^[\d ,.]+|^(?:\w+)(?= )", "", words)
    scale = next((size for size, name in _SCALES if re.search(rf"\b(?:{name})\b", named)), 1)
    currency = next((code for code, name in _CURRENCIES if re.search(name, words)), "SEK")
    if re.search(r"\böre\b", words):
        return Amount(number / 100, "SEK")
    return Amount(number * scale, currency)


def add_duration(day: date, duration: str, sign: int = 1) -> date:
    """`day` plus (or minus, `sign` -1) an ISO duration; the month's last day where it has no such day."""
    found = re.fullmatch(r"P(\d+)([YMWD])", duration)
    if found is None:
        raise ValueError(f"{duration}: want P and a number of Y, M, W or D")
    number, unit = sign * int(found[1]), found[2]
    if unit in "WD":
        return day + timedelta(days=number * (7 if unit == "W" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plain(wording: str) -> str:
    return re.sub(r"[\s\xa0\u202f]+", " ", wording).strip().casefold()
