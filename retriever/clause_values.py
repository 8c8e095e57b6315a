"""The figures of a clause that are worth comparing: a notice period, days to pay, an insured sum."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.expressions import ExpressionKind, expressions_in
from corpus.quantities import amount_value, duration_value
from corpus.types import Agreement, FactName, Span
from indexer.swedish.stems import stem


@dataclass(frozen=True, slots=True)
class ClauseValue:
    """A figure: `value` as a person says it ("6 månader"), and where the text has it."""

    value: str
    place: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of figure. `fact` reads it off the card; else it is an expression in a sentence with one of the `words`."""

    name: str
    kind: ExpressionKind
    fact: FactName | None = None
    words: frozenset[str] = frozenset()


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


MEASURES: Mapping[str, Measure] = {
    "notice": Measure("uppsägningstid", ExpressionKind.PERIOD, FactName.NOTICE_PERIOD),
    "term": Measure("förlängning", ExpressionKind.PERIOD, FactName.EXTENSION),
    "finance": Measure(
        "betalningstid", ExpressionKind.PERIOD, words=_stems("betalning betalas betalar faktura")
    ),
    "insurance": Measure(
        "försäkringsbelopp", ExpressionKind.AMOUNT, words=_stems("försäkring ansvarsförsäkring försäkrade")
    ),
    "liability": Measure(
        "högsta ersättning", ExpressionKind.AMOUNT, words=_stems("begränsad högst begränsat")
    ),
}
"""What is compared in the clauses of a type."""
_WITHIN = re.compile(r"(?i)\binom\s+(?:högst\s+)?$")


def value_in(
    agreement: Agreement, measure: Measure, sentences: Sequence[tuple[Span, frozenset[str]]]
) -> ClauseValue | None:
    """The agreement's first figure of that kind; None where it has none. `sentences` are spans with their stems."""
    if measure.fact is not None:
        facts = (fact for fact in agreement.facts if fact.name is measure.fact)
        found = (ClauseValue(said, Span(f.start, f.end)) for f in facts if (said := _period(f.value)))
        return next(found, None)
    return next(
        (
            value
            for span, stems in sentences
            if stems & measure.words
            for value in _values(agreement.text, span, measure.kind)
        ),
        None,
    )


def _values(text: str, span: Span, kind: ExpressionKind) -> Iterator[ClauseValue]:
    say: Callable[[str], str | None] = _amount if kind is ExpressionKind.AMOUNT else _days
    for each in expressions_in(text, span.start, span.end, kind):
        if kind is ExpressionKind.PERIOD and not _WITHIN.search(text, span.start, each.start):
            continue
        said = say(text[each.start : each.end])
        if said:
            yield ClauseValue(said, Span(each.start, each.end))


def _days(wording: str) -> str | None:
    found = duration_value(wording)
    return _period(found) if found else None


_LONGEST_IN_MONTHS = 24
_UNITS = {"Y": ("år", "år"), "M": ("månad", "månader"), "W": ("vecka", "veckor"), "D": ("dag", "dagar")}


def _period(duration: str) -> str | None:
    """An ISO period of one unit in words, up to two years in months: P1Y is "12 månader"; None for other values."""
    match = re.fullmatch(r"P(\d+)([YMWD])", duration)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    if unit == "Y":
        count, unit = 12 * count, "M"
    if unit == "M" and count > _LONGEST_IN_MONTHS and count % 12 == 0:
        count, unit = count // 12, "Y"
    return f"{count} {_UNITS[unit][count != 1]}"


def _amount(wording: str) -> str | None:
    found = amount_value(wording)
    return (
        f"{found.value:,.0f} {found.currency}".replace(",", " ").replace("SEK", "kronor") if found else None
    )
