"""The figures of a text as values: dates, sums, periods, shares, numbers, each with the bound set on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.expressions import MONTHS, Expression, ExpressionKind, expressions_in
from corpus.quantities import amount_value, duration_value, number_value

_ORDER = (
    ExpressionKind.PHONE,
    ExpressionKind.EMAIL,
    ExpressionKind.AMOUNT,
    ExpressionKind.PERCENT,
    ExpressionKind.PERIOD,
    ExpressionKind.DATE,
    ExpressionKind.FREQUENCY,
    ExpressionKind.NUMBER,
)
"""A sum before the year that it looks like ("2000 kronor"), a plain number last."""
_ARTICLES = frozenset({"en", "ett"})
_REST = re.compile(r"(?:https?://|www\.)\S+|[\w/:-]*\d[\w/:-]*(?:\.\d+)*")
"""What is left when the figures are taken: § numbers, registry numbers, addresses of pages."""
_BOUNDS = tuple(
    (name, re.compile(rf"(?i)\b(?:{words})\W*(?:\w+\W+){{0,2}}$"))
    for name, words in (
        ("least", r"minst|lägst|åtminstone|tidigast|mer\s+än|fler\s+än|över(?:stig\w*)?|längre\s+än"),
        (
            "most",
            r"högst|max|maximalt|senast|upp\s+till|mindre\s+än|färre\s+än|under(?:stig\w*)?|inom|som\s+mest",
        ),
        ("about", r"cirka|ca|omkring|ungefär|drygt|knappt|runt"),
        ("before", r"innan|före"),
        ("after", r"efter"),
        ("until", r"till\s+och\s+med|t\.?\s?o\.?\s?m|till|intill"),
        ("from", r"från\s+och\s+med|fr\.?\s?o\.?\s?m|från|sedan"),
    )
)
_ENDS = frozenset({"until", "from"})
"""Bounds of a date only: a rent "uppgår till" a sum."""
_BOUND_IN = re.compile(r"(?i)^(minst|lägst|högst|cirka|ca|omkring|ungefär|drygt|knappt)\s+")
_ROUND = {
    "cirka": "about",
    "ca": "about",
    "omkring": "about",
    "ungefär": "about",
    "drygt": "about",
    "knappt": "about",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value (its kind first: "amount 15400000 SEK") at `text[start:end]`, and what bounds it: least, most, …; "" for nothing."""

    value: str
    bound: str
    start: int
    end: int


def figures_in(text: str) -> list[Figure]:
    """Every figure, in order. What is no date, sum, period or number but holds a digit is a figure too, as written."""
    found: list[Figure] = []
    free = text
    for kind in _ORDER:
        for each in list(expressions_in(free, 0, len(free), kind)):
            wording = free[each.start : each.end]
            if kind is ExpressionKind.PERIOD and re.match(r"(?:19|20)\d{2}\W", wording):
                continue
            if kind is ExpressionKind.NUMBER and _without_bound(wording) in _ARTICLES:
                continue
            found.append(Figure(_value(kind, wording), _bound(text, each, wording), each.start, each.end))
            free = free[: each.start] + " " * (each.end - each.start) + free[each.end :]
    found.extend(
        Figure(f"as written {m.group().casefold()}", "", m.start(), m.end()) for m in _REST.finditer(free)
    )
    return sorted(found, key=lambda figure: figure.start)


def _without_bound(wording: str) -> str:
    return _BOUND_IN.sub("", wording).casefold()


def _bound(text: str, figure: Expression, wording: str) -> str:
    if inner := _BOUND_IN.match(wording):
        word = inner[1].casefold()
        return _ROUND.get(word, "least" if word in ("minst", "lägst") else "most")
    before = re.split(r"[,;:(]\s|[.!?]\s+(?=[A-ZÅÄÖ])", text[max(0, figure.start - 40) : figure.start])[-1]
    near = " ".join([*before.split()[-3:], ""])
    found = next((name for name, pattern in _BOUNDS if pattern.search(near)), "")
    return "" if found in _ENDS and figure.kind is not ExpressionKind.DATE else found


def _value(kind: ExpressionKind, wording: str) -> str:
    plain = " ".join(wording.casefold().split())
    values: dict[ExpressionKind, Callable[[str], object]] = {
        ExpressionKind.AMOUNT: amount_value,
        ExpressionKind.PERIOD: _period,
        ExpressionKind.PERCENT: number_value,
        ExpressionKind.NUMBER: lambda words: number_value(_without_bound(words)),
        ExpressionKind.DATE: _day,
    }
    value = values[kind](plain) if kind in values else None
    return f"{kind.value} {plain if value is None else value}"


def _period(wording: str) -> str | None:
    """Years told in months, weeks in days: P1Y and P12M are the same."""
    iso = duration_value(wording)
    if iso is None:
        return None
    number, unit = int(iso[1:-1]), iso[-1]
    return {"Y": f"P{number * 12}M", "W": f"P{number * 7}D"}.get(unit, iso)


def _day(wording: str) -> str:
    """ "2024-06-01", "2024-06", "2024", "--06-01" for a day without a year, "2024/2027" for years; the words before it kept."""
    years = re.findall(r"(?:19|20)\d{2}", wording)
    if iso := re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", wording):
        return f"{iso[1]}-{int(iso[2]):02}-{int(iso[3]):02}"
    if len(years) > 1:
        return "/".join(years)
    year = years[0] if years else "-"
    if slashed := re.search(r"\b(\d{1,2})/(\d{1,2})\b", wording):
        return f"{year}-{int(slashed[2]):02}-{int(slashed[1]):02}"
    named = re.search(
        rf"(?:\b(\d{{1,2}})(?::[ae])?\s+)?\b({'|'.join(month[:3] for month in MONTHS)})", wording
    )
    if named:
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(named[2]))
        return f"{year}-{month:02}-{int(named[1]):02}" if named[1] else f"{year}-{month:02}"
    season = re.match(r"(hösten|våren|sommaren|vintern|årsskiftet|vårterminen|höstterminen)\s", wording)
    return f"{season[1]} {year}" if season else year


def says(held: Figure, claimed: Figure) -> bool:
    """True when the one figure says all of the other: the same value under the same bound, a date at least as exact."""
    if held.bound != claimed.bound:
        return False
    dates = held.value.startswith("date ") and claimed.value.startswith("date ")
    return held.value == claimed.value or (dates and held.value.startswith(claimed.value + "-"))


def without_figures(text: str, figures: Sequence[Figure]) -> str:
    """The text with blanks for its figures, offsets kept."""
    for figure in figures:
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text
