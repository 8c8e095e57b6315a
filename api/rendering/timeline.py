"""The timeline: a bar an agreement between two years, today's line and the last notice days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.rendering.addresses import Addresses
from api.rendering.dates import readable_date
from api.rendering.validity import InForce, validity_of
from api.rendering.wording import Words
from corpus.types import Agreement, FactName
from retriever.lifetime import Lifetime, lifetime_of

YEARS_BACK, YEARS_AHEAD = 12, 8
"""The picture reaches so far from today at most; what goes on outside it ends in an arrow, and its words say the day."""
STEPS = (1, 2, 5, 10)
MOST_TICKS = 11

GROUPS = {
    "dated": "Gäller till ett bestämt datum",
    "endless": "Gäller tills vidare",
    "later": "Börjar gälla senare",
    "extendable": "Slutdatumet har passerat, förlängs automatiskt",
    "unknown": "Inget slut utläst",
    "ended": "Har upphört",
}
"""The groups in the order in which they are drawn, with their headings."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as shares of the picture's width, in percent."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands, 0..100; a day outside the picture at its edge."""
        share = (day - self.first).days / (self.last - self.first).days * 100
        return round(min(100.0, max(0.0, share)), 2)

    def holds(self, day: date) -> bool:
        """True for a day inside the picture."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis. `fine`: left out of narrow pictures."""

    at: float
    year: int
    fine: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `start`, `width` wide, in percent. `before` and `after`: it goes on outside; `open_from`: from here on no end is set."""

    start: float
    width: float
    before: bool
    after: bool
    open_from: float | None


@dataclass(frozen=True, slots=True)
class Life:
    """A row: the agreement, its days in words, and its bar (None where no day is known)."""

    title: str
    href: str
    kind: str
    words: str
    state: str
    starts: str
    ends: str
    notice: str
    bar: Bar | None
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LifeGroup:
    """The rows of one state, out of `total` that are in it."""

    key: str
    words: str
    total: int
    lives: tuple[Life, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: the axis, today, and the rows of the page."""

    ticks: tuple[Tick, ...]
    today: float
    groups: tuple[LifeGroup, ...]


def timeline_of(
    agreements: Sequence[Agreement], part: slice, day: date, to: Addresses, words: Words
) -> Timeline:
    """The timeline of the agreements, drawn for the rows of `part`; the axis is that of them all."""
    lives = {each.agreement_id: lifetime_of(each) for each in agreements}
    scale = _scale(list(lives.values()), day)
    sorted_all = sorted(
        agreements, key=lambda a: _order(_group(a, day, words), lives[a.agreement_id], a.title)
    )
    totals = [_group(each, day, words) for each in agreements]
    shown = sorted_all[part]
    groups = [
        LifeGroup(
            key,
            words(heading),
            totals.count(key),
            tuple(
                _life(each, lives[each.agreement_id], (scale, day), to, words)
                for each in shown
                if _group(each, day, words) == key
            ),
        )
        for key, heading in GROUPS.items()
    ]
    return Timeline(tuple(_ticks(scale)), scale.at(day), tuple(group for group in groups if group.lives))


def _group(agreement: Agreement, day: date, words: Words) -> str:
    life, state = lifetime_of(agreement), validity_of(agreement, day, words).state
    if state is InForce.UNKNOWN:
        return "unknown"
    if state is InForce.YES and life.end:
        return "extendable" if life.end < day else "dated"
    if state is InForce.YES:
        return "endless"
    return "later" if state is InForce.LATER else "ended"


def _order(group: str, life: Lifetime, title: str) -> tuple[int, int, str]:
    """The groups in order; inside them what ends soonest, began first, or ended latest."""
    rank = list(GROUPS).index(group)
    end, start = life.end or date.max, life.start or date.max
    if group in ("extendable", "ended"):
        return rank, -end.toordinal(), title
    return rank, (end if group == "dated" else start).toordinal(), title


def _scale(lives: Sequence[Lifetime], day: date) -> Scale:
    days = [known for life in lives for known in (life.start, life.end, *life.notice) if known]
    first = max(min([*(each.year for each in days), day.year]), day.year - YEARS_BACK)
    last = min(max([*(each.year for each in days), day.year + 1]), day.year + YEARS_AHEAD)
    return Scale(date(first, 1, 1), date(last + 1, 1, 1))


def _ticks(scale: Scale) -> Iterator[Tick]:
    years = range(scale.first.year, scale.last.year)
    step = next(each for each in STEPS if len(years) <= each * MOST_TICKS)
    for place, year in enumerate(each for each in years if each % step == 0):
        yield Tick(scale.at(date(year, 1, 1)), year, place % 2 == 1)


def _life(
    agreement: Agreement, life: Lifetime, drawn: tuple[Scale, date], to: Addresses, words: Words
) -> Life:
    scale, day = drawn
    return Life(
        title=agreement.title,
        href=to.agreement(agreement.agreement_id),
        kind=agreement.kind or "",
        words=" · ".join(_states(agreement, life, day, words)),
        state=_group(agreement, day, words),
        starts=_signed(agreement, words) if life.signed else _said(life.start, words),
        ends=words("tills vidare") if life.endless else _said(life.end, words),
        notice=", ".join(_said(each, words) for each in life.notice),
        bar=_bar(life, scale, day),
        marks=tuple(scale.at(each) for each in life.notice if scale.holds(each)),
    )


def _states(agreement: Agreement, life: Lifetime, day: date, words: Words) -> Iterator[str]:
    """The badge's words, what is known where they know no day, and the day to give notice."""
    badge = validity_of(agreement, day, words)
    yield badge.words
    if badge.state is InForce.UNKNOWN and not life.end and life.start:
        start = words("gäller från {0}", _said(life.start, words))
        yield _signed(agreement, words) if life.signed else start
    if life.notice:
        yield _notice(life, day, words)


def _signed(agreement: Agreement, words: Words) -> str:
    """The day of signing as exact as it is written."""
    return words("undertecknat {0}", readable_date(agreement.values(FactName.SIGNED)[0], words))


def _notice(life: Lifetime, day: date, words: Words) -> str:
    """The next last notice day, or the latest where all have passed."""
    ahead = [each for each in life.notice if each >= day]
    if ahead:
        return words("sägs upp senast {0}", _said(ahead[0], words))
    return words("sista uppsägningsdag var {0}", _said(life.notice[-1], words))


def _bar(life: Lifetime, scale: Scale, day: date) -> Bar | None:
    """From the start to the end; where no end is set the bar is open from today on, and without a start before the end."""
    if life.start is None and life.end is None:
        return None
    start = life.start or scale.first
    end = life.end or scale.last
    left, right = scale.at(start), scale.at(end)
    unset = life.end is None
    return Bar(
        start=left,
        width=round(max(0.4, right - left), 2),
        before=life.start is None or start < scale.first,
        after=unset or end > scale.last,
        open_from=max(left, scale.at(day)) if unset else None,
    )


def _said(day: date | None, words: Words) -> str:
    return readable_date(day.isoformat(), words) if day else ""
