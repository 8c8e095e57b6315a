"""The product beside its baselines: one table, a row a system, each figure with its 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.table import Table

from evals.baselines import RANKED
from evals.cases import CaseType
from evals.intervals import Interval, bootstrap_interval
from evals.record import Row
from evals.scoring import NAMESAKE, WRONG_AGREEMENT
from evals.uncertainty import abstention_intervals, latency_intervals
from evals.wording import interval_range, number

NOTHING = "–"
_WIDE = 4


@dataclass(frozen=True, slots=True)
class Contender:
    """A system's name and rows; `skipped` says why there are none."""

    told: str
    rows: Sequence[Row]
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A figure: its heading, and from rows to the interval; None where it does not apply."""

    heading: str
    figure: Callable[[Sequence[Row]], Interval | None]
    decimals: int = 3


def _mean(
    metric: str, kind: CaseType | None, own_words: bool | None = None
) -> Callable[[Sequence[Row]], Interval | None]:
    """The metric's mean over the type's rows, or over every row of a kind that a ranker can answer."""

    def figure(rows: Sequence[Row]) -> Interval | None:
        values = [
            row.scores[metric]
            for row in rows
            if metric in row.scores
            and (row.type is kind if kind is not None else row.scored_as in RANKED)
            and own_words in (None, not row.paraphrase)
        ]
        return bootstrap_interval(values) if values else None

    return figure


def _silence(rows: Sequence[Row]) -> Interval | None:
    if not any(row.scored_as is CaseType.UNANSWERABLE for row in rows):
        return None
    found = abstention_intervals(rows)
    return found.f1 if found is not None else None


COLUMNS = (
    Column("vilka avtal, F1", _mean("set_f1", CaseType.LIST)),
    Column("var står det, MRR@10", _mean("RR@10", CaseType.LOCATE)),
    Column("… i andra ord", _mean("RR@10", CaseType.LOCATE, own_words=False)),
    Column("faktas ställe, MRR@10", _mean("RR@10", CaseType.FACT)),
    Column("hitta avtalet, MRR@10", _mean("RR@10", CaseType.LOOKUP)),
    Column("slarvig, MRR@10", _mean("RR@10", CaseType.ROBUST)),
    Column("fel avtal", _mean(WRONG_AGREEMENT, None)),
    Column("… rätt rubrik", _mean(NAMESAKE, None)),
    Column("kort svar", _mean("grounded_answer", CaseType.FACT)),
    Column("vilka saknar, F1", _mean("set_f1", CaseType.ABSENCE)),
    Column("avstår, F1", _silence),
    Column("ms, median", lambda rows: latency_intervals(rows).p50, decimals=0),
)


def console_tables(contenders: Sequence[Contender], title: str) -> list[Table]:
    """The figures with a row a system, four columns a table so that a terminal of 80 characters cuts nothing."""
    tables = []
    for first in range(0, len(COLUMNS), _WIDE):
        table = Table(title=title if first == 0 else None)
        table.add_column("", overflow="fold")
        columns = COLUMNS[first : first + _WIDE]
        for column in columns:
            table.add_column(column.heading, justify="right", overflow="fold")
        for contender in contenders:
            table.add_row(contender.told, *(_stack(column, contender) for column in columns))
        tables.append(table)
    return tables


def markdown_table(contenders: Sequence[Contender]) -> str:
    """The same as Markdown, a row a system."""
    lines = [
        "| | " + " | ".join(column.heading for column in COLUMNS) + " |",
        "|---|" + "---|" * len(COLUMNS),
        *(
            f"| {contender.told} | " + " | ".join(_line(column, contender) for column in COLUMNS) + " |"
            for contender in contenders
        ),
    ]
    return "\n".join(lines)


def _line(column: Column, contender: Contender) -> str:
    """The figure with its interval: 0,817 (0,706–0,914)."""
    found = column.figure(contender.rows) if contender.rows else None
    if found is None:
        return NOTHING
    return f"{number(found.mean, column.decimals)} ({interval_range(found, column.decimals)})"


def _stack(column: Column, contender: Contender) -> str:
    """The same over two lines, narrow: 0,817 over 0,71–0,91."""
    found = column.figure(contender.rows) if contender.rows else None
    if found is None:
        return NOTHING
    decimals = max(0, column.decimals - 1)
    return f"{number(found.mean, column.decimals)}\n{interval_range(found, decimals)}"
