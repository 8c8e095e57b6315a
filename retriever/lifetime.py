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
    `extendable`: it is extended by itself, so it goes on after `end` unless somebody gave notice. `notice`: last notice days.
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
    """True unless the card says that it starts after the year or ended before it; an unknown day excludes nothing.

    An agreement that is extended by itself has not ended.
    """
    life = lifetime_of(agreement)
    begun = life.start is None or life.start.year <= year
    return begun and (life.end is None or life.extendable or life.end.year >= year)


def in_force_on(agreement: Agreement, day: date, replaced: bool) -> bool:
    """True unless the card says that it starts after the day or ended before it; an unknown day excludes nothing.

    An agreement that is extended by itself goes on after its end, unless another one has replaced it by then.
    """
    today = day.isoformat()
    if any(start > today for start in agreement.values(FactName.VALID_FROM)):
        return False
    ended = any(end < today for end in agreement.values(FactName.VALID_TO))
    return not ended or (bool(agreement.values(FactName.EXTENSION)) and not replaced)


def has_begun(agreement: Agreement, day: date) -> bool:
    """True unless the card says that the agreement starts after the day."""
    return not any(start > day.isoformat() for start in agreement.values(FactName.VALID_FROM))


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
        ends = life.end.year if life.end and not life.extendable else last
        counts.update(range(begins, min(last, ends) + 1))
    return tuple((year, counts[year]) for year in range(last, first - 1, -1) if counts[year])


def _days(agreement: Agreement, name: FactName) -> list[date]:
    """The values as days: "2014-01" is its first; a day without a year is none."""
    found = (_DAY.fullmatch(value) for value in agreement.values(name))
    return [date(int(each[1]), int(each[2] or 1), int(each[3] or 1)) for each in found if each]
