"""What the overviews share: their tabs, the choices that narrow them, and the rows of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from api.rendering.chips import NAMES, Chip
from api.rendering.request import PageRequest
from corpus.types import AvtalError
from retriever.engine import Engine
from retriever.lifetime import years_of

PARTS = {"": "Giltighet", "klausuler": "Klausuler", "parter": "Parter"}
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the overviews."""

    words: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter, how many agreements have it, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as a list to choose from; `swedish`: its values are quoted from the agreements."""

    name: str
    label: str
    options: tuple[Option, ...]
    swedish: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """The rows shown of `total`, counted from 1, and the pages before and after; empty where there is none."""

    first: int
    last: int
    total: int
    previous: str
    next: str

    @property
    def rows(self) -> slice:
        """The rows of this page."""
        return slice(self.first - 1, self.last)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above every overview. `kept` are the filters that the form does not show."""

    action: str
    tabs: tuple[Tab, ...]
    choices: tuple[Choice, ...]
    chips: tuple[Chip, ...]
    kept: tuple[tuple[str, str], ...]
    table_href: str


def frame_of(engine: Engine, asked: PageRequest, part: str) -> Frame:
    """The frame of one overview. Raises AvtalError for a filter that cannot be read."""
    narrowed = asked.filters()
    kinds = engine.agreements_in_scope(replace(narrowed, kinds=()))
    parties = engine.agreements_in_scope(replace(narrowed, parties=()))
    years = years_of(engine.agreements_in_scope(replace(narrowed, year=None)))
    found = {
        "type": Counter(each.kind for each in kinds if each.kind),
        "party": Counter(party for each in parties for party in set(each.parties)),
        "year": {str(year): count for year, count in years},
    }
    labels = {"type": "Avtalstyp", "party": "Part", "year": "Gäller under"}
    return Frame(
        action=f"/oversikt/{part}".rstrip("/"),
        tabs=tuple(
            Tab(asked.words(words), asked.to.overview(name, asked.chosen), name == part)
            for name, words in PARTS.items()
        ),
        choices=tuple(
            Choice(name, asked.words(label), _options(name, found[name], asked), name != "year")
            for name, label in labels.items()
        ),
        chips=tuple(
            Chip(asked.words(NAMES[name]), value, asked.to.overview(part, asked.without(name, value)))
            for name, value in asked.chosen
            if name != "without"
        ),
        kept=tuple(pair for pair in asked.chosen if pair[0] not in labels),
        table_href="/api/matrix?" + urlencode([*asked.chosen, ("format", "csv")]),
    )


def _options(name: str, counts: Counter[str] | dict[str, int], asked: PageRequest) -> tuple[Option, ...]:
    """The values in order, years the latest first; a chosen one that no agreement has is there too."""
    chosen = [value for key, value in asked.chosen if key == name]
    every = {**counts, **{value: counts.get(value, 0) for value in chosen}}
    return tuple(
        Option(value, count, value in chosen[-1:])
        for value, count in sorted(every.items(), key=lambda row: row[0].casefold(), reverse=name == "year")
    )


def pager_of(rows: tuple[int, int], wanted: str, asked: PageRequest, part: str) -> Pager:
    """The page `wanted` (from 1; empty is the first) of `rows`: all, and so many a page.

    Raises AvtalError for a page that there is not.
    """
    total, per_page = rows
    pages = max(1, -(-total // per_page))
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 0 if wanted else 1
    if not 1 <= number <= pages:
        raise AvtalError(
            f"sidan {wanted} finns inte; översikten har {pages} {'sida' if pages == 1 else 'sidor'}"
        )

    def page(at: int) -> str:
        return asked.to.overview(part, (*asked.chosen, ("sida", str(at)))) if 1 <= at <= pages else ""

    first = (number - 1) * per_page
    return Pager(first + 1, min(total, first + per_page), total, page(number - 1), page(number + 1))
