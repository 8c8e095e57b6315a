"""Parties and how agreements tie them together: a table of all, and a picture of those that meet most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from api.rendering.request import PageRequest
from corpus.types import Agreement

IN_PICTURE = 24
"""Parties in the picture; more arcs than this cannot be followed by eye."""
BULGE = 4 / 3
"""A Bézier curve reaches three quarters of its handles."""
THICKEST = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A party or kind, how many agreements, and where it leads (empty for nowhere)."""

    name: str
    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party: its agreements, whom it meets in them, and of what kinds they are, the most frequent first."""

    name: str
    href: str
    agreements: int
    others: tuple[Counted, ...]
    kinds: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie as a curve, x in 0..100 and y in rows, and how thick it is drawn."""

    path: str
    thick: int


@dataclass(frozen=True, slots=True)
class Ties:
    """The table's rows of the page, and the picture. `parties` and `tied` count all, in the picture or not."""

    rows: tuple[PartyRow, ...]
    parties: int
    tied: int
    drawn: tuple[Counted, ...]
    arcs: tuple[Arc, ...]


def parties_in(agreements: Iterable[Agreement]) -> int:
    """How many parties the agreements have."""
    return len({party for each in agreements for party in each.parties})


def ties_of(agreements: Sequence[Agreement], part: slice, asked: PageRequest) -> Ties:
    """The parties of the agreements, those with most agreements first."""
    counts = Counter(party for each in agreements for party in set(each.parties))
    pairs = Counter(pair for each in agreements for pair in combinations(sorted(set(each.parties)), 2))
    ranked = sorted(counts, key=lambda party: (-counts[party], party))
    met = {party for pair in pairs for party in pair}
    drawn = _arranged([party for party in ranked if party in met][:IN_PICTURE], pairs)
    return Ties(
        rows=tuple(_row(party, agreements, counts[party], asked) for party in ranked[part]),
        parties=len(counts),
        tied=len(met),
        drawn=tuple(
            Counted(party, counts[party], asked.to.overview("parter", _narrowed(asked, party)))
            for party in drawn
        ),
        arcs=tuple(_arcs(drawn, pairs)),
    )


def _narrowed(asked: PageRequest, party: str) -> list[tuple[str, str]]:
    return [*(pair for pair in asked.chosen if pair[0] != "party"), ("party", party)]


def _row(party: str, agreements: Sequence[Agreement], count: int, asked: PageRequest) -> PartyRow:
    own = [each for each in agreements if party in each.parties]
    others = Counter(other for each in own for other in set(each.parties) if other != party)
    kinds = Counter(each.kind for each in own if each.kind)
    return PartyRow(party, search_for(party, asked), count, tuple(_most(others)), tuple(_most(kinds)))


def search_for(party: str, asked: PageRequest) -> str:
    """The search page's list of the party's agreements."""
    return asked.to.answer(f"Vilka avtal har {party} som part?", (("party", party),))


def _most(counts: Counter[str]) -> Iterable[Counted]:
    return (Counted(*pair) for pair in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _arranged(parties: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> list[str]:
    """The parties so that those that meet stand near: each next one is most tied to those placed last."""
    left, placed = list(parties), list[str]()
    while left:
        weights = {
            party: sum(
                pairs.get((min(party, other), max(party, other)), 0) / (1 + age)
                for age, other in enumerate(reversed(placed))
            )
            for party in left
        }
        best = max(left, key=lambda party: weights[party])
        placed.append(best)
        left.remove(best)
    return placed


def _arcs(drawn: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> Iterable[Arc]:
    """The curves between the parties drawn, the long ones first so that short ones lie on top."""
    place = {party: row for row, party in enumerate(drawn)}
    spans = [
        (*sorted((place[one], place[other])), count)
        for (one, other), count in pairs.items()
        if one in place and other in place
    ]
    longest = max((last - first for first, last, _ in spans), default=1)
    for first, last, count in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        reach = round(BULGE * 96 * ((last - first) / longest) ** 0.7, 1)
        top, bottom = first + 0.5, last + 0.5
        yield Arc(f"M0 {top}C{reach} {top} {reach} {bottom} 0 {bottom}", min(count, THICKEST))
