"""From when and until when an agreement is in force, as far as its card says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.types import Agreement, FactName

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
MOST_YEARS = 60
"""Years counted of one agreement: a longer span is a misread date or has no end that anybody plans for."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The days of an agreement; None where the card has none.

    `start` is the day from which it is valid, else that of signing (then `signed`). `endless`: until further notice.
    `extendable`: the text speaks of extension, so an end that has passed may have moved. `notice`: last notice days.
    """

    start: date | None
    signed: bool
    end: date | None
    endless: bool
    extendable: bool
    notice: tuple[date, ...]


def lifetime_of(agreement: Agreement) -> Lifetime:
    """The lifetime that the card tells: the latest of several starts, the earliest of several ends."""
    starts = _days(agreement, FactName.VALID_FROM)
    signings = _days(agreement, FactName.SIGNED)
    ends = _days(agreement, FactName.VALID_TO)
    return Lifetime(
        start=max(starts or signings, default=None),
        signed=not starts and bool(signings),
        end=min(ends, default=None),
        endless=not ends and bool(agreement.values(FactName.UNTIL_FURTHER_NOTICE)),
        extendable=bool(agreement.values(FactName.EXTENSION)),
        notice=tuple(sorted(_days(agreement, FactName.LAST_NOTICE_DAY))),
    )


def in_force_during(agreement: Agreement, year: int) -> bool:
    """True unless the card says that it starts after the year or ended before it; an unknown day excludes nothing."""
    life = lifetime_of(agreement)
    return (life.start is None or life.start.year <= year) and (life.end is None or life.end.year >= year)


def years_of(agreements: Iterable[Agreement]) -> tuple[tuple[int, int], ...]:
    """Years between the first start and the last end that the cards know, the latest first, with how many agreements
    each has in force by `in_force_during`; none where no card has a day."""
    lives = [lifetime_of(agreement) for agreement in agreements]
    known = [day.year for life in lives for day in (life.start, life.end) if day]
    if not known:
        return ()
    last = max(known)
    first = max(min(known), last - MOST_YEARS)
    counts: Counter[int] = Counter()
    for life in lives:
        begins = max(first, life.start.year if life.start else first)
        counts.update(range(begins, min(last, life.end.year if life.end else last) + 1))
    return tuple((year, counts[year]) for year in range(last, first - 1, -1) if counts[year])


def _days(agreement: Agreement, name: FactName) -> list[date]:
    """The values as days: "2014-01" is its first; a day without a year is none."""
    found = (_DAY.fullmatch(value) for value in agreement.values(name))
    return [date(int(each[1]), int(each[2] or 1), int(each[3] or 1)) for each in found if each]
