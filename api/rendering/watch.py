"""What to keep an eye on: the days ahead on which an agreement ends or can last be given notice on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from api.rendering.addresses import Addresses
from api.rendering.dates import readable_date
from api.rendering.validity import InForce, validity_of
from api.rendering.wording import Words
from corpus.types import Agreement
from retriever.lifetime import lifetime_of

SHOWN = 6
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day ahead: what happens, in words, and to which agreement."""

    day: date
    said: str
    what: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Watch:
    """How many are in force, and the next days of all the agreements; `left` more come within a year of today."""

    statement: str
    ahead: tuple[Ahead, ...]
    left: int


def watch_of(agreements: Sequence[Agreement], day: date, to: Addresses, words: Words) -> Watch:
    """The counts of today and the days ahead, the nearest first."""
    days = sorted(_days(agreements, day, to, words), key=lambda each: (each.day, each.title))
    soon = [each for each in days if each.day <= day + YEAR]
    states = [validity_of(each, day, words).state for each in agreements]
    in_force, unknown = states.count(InForce.YES), states.count(InForce.UNKNOWN)
    said = words("{0} av {1} avtal gäller i dag.", in_force, len(agreements))
    if unknown:
        said += " " + words("För {0} går det inte att läsa ut om de gäller.", unknown)
    return Watch(said, tuple(soon[:SHOWN]), max(0, len(soon) - SHOWN))


def _days(agreements: Sequence[Agreement], day: date, to: Addresses, words: Words) -> Iterator[Ahead]:
    for each in agreements:
        life = lifetime_of(each)
        href = to.agreement(each.agreement_id)
        for notice in life.notice:
            if notice >= day:
                said = readable_date(notice.isoformat(), words)
                yield Ahead(notice, said, words("sista dag att säga upp"), each.title, href)
        if life.end and life.end >= day:
            yield Ahead(
                life.end,
                readable_date(life.end.isoformat(), words),
                words("löper ut, förlängs automatiskt") if life.extendable else words("löper ut"),
                each.title,
                href,
            )
