"""The matrix as the page shows it: agreements by types of clause, with what departs from the usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.rendering.request import PageRequest
from api.rendering.wording import Words
from corpus.types import Agreement
from retriever.clause_types import ClauseType, clause_types
from retriever.clause_values import MEASURES
from retriever.departing import DepartingWording, departing_wording
from retriever.engine import Engine
from retriever.matrix import MatrixCell, Presence, matrix_of

MOST_COMPARED = 150
"""Comparing wordings grows with the square of the agreements; above this the page says that they are too many."""

Departures = Mapping[str, DepartingWording]


@dataclass(frozen=True, slots=True)
class Column:
    """A type of clause: its name, how many have it, the width of its bar in percent, and the usual figure."""

    name: str
    present: int
    share: int
    usual: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its looks, where it leads (empty where the clause is absent), its place, and a departing figure."""

    look: str
    href: str = ""
    said: str = ""
    place: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement with its cells, in the columns' order."""

    title: str
    href: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """The table of the page's rows; the columns count `counted` agreements.

    `compared` is False where there were too many agreements to compare wordings: then those of the page are counted.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    compared: bool
    counted: int


def departures(engine: Engine, agreements: Sequence[Agreement]) -> Departures:
    """What departs, by type of clause; empty for more than `MOST_COMPARED` agreements."""
    if len(agreements) > MOST_COMPARED:
        return {}
    return {
        each.key: departing_wording(engine, agreements, each)
        for each in clause_types().values()
        if each.compared or each.key in MEASURES
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What a cell needs beside its clause: figures and wordings that depart, by type and agreement, and the page."""

    values: Mapping[tuple[str, str], str]
    own: frozenset[tuple[str, str]]
    asked: PageRequest


def clause_table(
    engine: Engine, agreements: Sequence[Agreement], part: slice, departs: Departures, asked: PageRequest
) -> ClauseTable:
    """The rows of `part`, by kind and title."""
    types = list(clause_types().values())
    ordered = sorted(agreements, key=lambda each: (each.kind or "~", each.title.casefold()))
    told = _told(departs, asked)
    rows = tuple(
        Row(
            row.title,
            asked.to.agreement(row.agreement_id),
            row.kind or "",
            tuple(_cell(cell, row.agreement_id, told) for cell in row.cells),
        )
        for row in matrix_of(engine, ordered[part], types).rows
    )
    compared = bool(departs) or not agreements
    counted = ordered if compared else ordered[part]
    labels = [engine.clauses.main(each.agreement_id) for each in counted]
    present = Counter(key for each in labels for key, label in each.items() if label.certain)
    columns = tuple(_column(each, present[each.key], len(counted), departs, asked.words) for each in types)
    return ClauseTable(columns, rows, compared, len(counted))


def _told(departs: Departures, asked: PageRequest) -> _Told:
    every = [(key, told, each) for key, told in departs.items() for each in told.departing]
    return _Told(
        {(key, each.agreement_id): each.values[0].value for key, _, each in every if each.values},
        frozenset((key, each.agreement_id) for key, told, each in every if told.common and not each.shares),
        asked,
    )


def _column(each: ClauseType, present: int, total: int, departs: Departures, words: Words) -> Column:
    told = departs.get(each.key)
    return Column(
        name=each.en if words.english else each.sv,
        present=present,
        share=round(100 * present / total) if total else 0,
        usual=told.usual[1] if told and told.usual else "",
    )


def _cell(cell: MatrixCell, agreement_id: str, told: _Told) -> Cell:
    """A figure that departs comes before a wording of its own, and both before the clause being there."""
    if cell.citation is None:
        return Cell("absent")
    key, words = (cell.type, agreement_id), told.asked.words
    value = told.values.get(key, "")
    if cell.presence is Presence.UNCERTAIN:
        look, said = "uncertain", words("osäkert")
    elif value:
        look, said = "value", words("avviker")
    elif key in told.own:
        look, said = "own", words("egen lydelse")
    else:
        look, said = "present", words("finns")
    place = " ".join(cell.citation.section_label.split())
    return Cell(look, told.asked.to.citation(cell.citation), said, place, value)
