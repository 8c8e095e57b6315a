"""The matrix: which agreement has which type of clause, each cell with the words that put it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Agreement
from retriever.citation import cite
from retriever.clause_labels import ClauseLabel
from retriever.clause_types import ClauseType
from retriever.engine import Engine
from retriever.types import Citation


class Presence(StrEnum):
    """Whether an agreement has a type of clause. UNCERTAIN: only the encoder holds it to, and a person should look."""

    PRESENT = "present"
    UNCERTAIN = "uncertain"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A type of clause in an agreement. `why` is in Swedish; `start..end` is the whole clause, offsets into the text.

    What is absent has no words to cite: its `citation`, `start` and `end` are null.
    """

    type: str
    presence: Presence
    why: str | None = None
    citation: Citation | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An agreement, with one cell a column, in the columns' order."""

    agreement_id: str
    title: str
    kind: str | None
    parties: tuple[str, ...]
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A type of clause, its names, and how many of the agreements have it, may have it and lack it."""

    type: str
    sv: str
    en: str
    present: int
    uncertain: int
    absent: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Agreements by types of clause. `searched` is the number of agreements, all of which were read."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    searched: int
    generation: str


def matrix_of(engine: Engine, agreements: Sequence[Agreement], types: Sequence[ClauseType]) -> Matrix:
    """The matrix of the agreements given, rows and columns in the order given."""
    rows = tuple(_row(engine, agreement, types) for agreement in agreements)
    columns = tuple(_column(each, [row.cells[i] for row in rows]) for i, each in enumerate(types))
    return Matrix(columns, rows, len(rows), engine.index.generation)


def _row(engine: Engine, agreement: Agreement, types: Sequence[ClauseType]) -> MatrixRow:
    labels = engine.clauses.main(agreement.agreement_id)
    cells = tuple(_cell(agreement, each.key, labels.get(each.key)) for each in types)
    return MatrixRow(agreement.agreement_id, agreement.title, agreement.kind, agreement.parties, cells)


def _cell(agreement: Agreement, key: str, label: ClauseLabel | None) -> MatrixCell:
    if label is None:
        return MatrixCell(key, Presence.ABSENT)
    presence = Presence.PRESENT if label.certain else Presence.UNCERTAIN
    citation = cite(agreement, label.quote)
    return MatrixCell(key, presence, label.why, citation, label.clause.start, label.clause.end)


def _column(each: ClauseType, cells: Sequence[MatrixCell]) -> MatrixColumn:
    counts = [sum(cell.presence is presence for cell in cells) for presence in Presence]
    return MatrixColumn(each.key, each.sv, each.en, *counts)
