"""A run as tables for the terminal, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.intervals import Interval, bootstrap_interval
from evals.record import Manifest, Row, Run
from evals.risk import risk_coverage
from evals.run import Summary, summarise
from evals.scoring import CITATION_EXACT, NAMESAKE, SCORE, SECTION_EXACT, SHORT_ANSWER, WRONG_AGREEMENT
from evals.uncertainty import abstention_intervals, latency_intervals
from evals.wording import ALL_TYPES, MEASURED_BY, TYPE_NAMES, interval_range, number, run_name, said

_NAMED = 2
_RANKING = {
    "nDCG@10": "nDCG@10",
    "RR@10": "MRR@10",
    "R@10": "R@10",
    "Success@1": "Topp 1",
    "Success@3": "Topp 3",
}
_SOURCES = {
    CITATION_EXACT: "Ordagrant citat",
    SECTION_EXACT: "Rätt avsnitt",
    WRONG_AGREEMENT: "Fel avtal",
    NAMESAKE: "… rätt rubrik",
    SHORT_ANSWER: "Rätt kort svar",
}


def print_run(run: Run, console: Console, misses: int = 10) -> None:
    """The run's tables, then at most `misses` of the cases that scored lowest."""
    summary = summarise(run.rows)
    console.print(_heading(run.manifest))
    console.print(_score_table(run.rows, summary))
    console.print(_metric_table(summary, "Rangordning", _RANKING))
    console.print(_metric_table(summary, "Källorna: andel av svaren", _SOURCES))
    console.print(_promises(run.rows), highlight=False)
    _print_misses(run.rows, console, misses)


def _heading(manifest: Manifest) -> str:
    machine = manifest.machine
    return escape(
        f"{run_name(manifest)}: {manifest.agreements} avtal, kodare {manifest.encoder}, "
        f"index {manifest.generation}; {machine.cores} kärnor, {machine.memory_gib:g} GiB"
    )


def _score_table(rows: Sequence[Row], summary: Summary) -> Table:
    table = Table(title="Resultat per frågetyp (0–1, högre är bättre)")
    for heading in ("Typ", "Mått", "Antal", "Poäng", "95 %", "Krasch"):
        table.add_column(heading, justify="left" if heading in {"Typ", "Mått"} else "right")
    for item in summary.types:
        score = item.metrics[SCORE]
        cells = (str(score.n), number(score.mean), interval_range(score), str(item.crashes))
        table.add_row(TYPE_NAMES[item.type], MEASURED_BY[item.type], *cells)
    table.add_section()
    crashed = sum(row.error is not None for row in rows)
    total = summary.overall
    table.add_row(
        ALL_TYPES, "typens mått", str(total.n), number(total.mean), interval_range(total), str(crashed)
    )
    return table


def _metric_table(summary: Summary, title: str, headings: Mapping[str, str]) -> Table:
    """The metrics by type, each mean over its 95 % interval; a dash where a metric does not apply to a type."""
    table = Table(title=title)
    table.add_column("Typ")
    for heading in headings.values():
        table.add_column(heading, justify="right", overflow="fold")
    for item in summary.types:
        found = [item.metrics.get(name) for name in headings]
        if any(found):
            table.add_row(TYPE_NAMES[item.type], *("–" if each is None else _stacked(each) for each in found))
    return table


def _promises(rows: Sequence[Row]) -> str:
    paraphrased = [row.scores[SCORE] for row in rows if row.paraphrase]
    silence, time, risk = abstention_intervals(rows), latency_intervals(rows), risk_coverage(rows)
    lines = [
        f"Tid per fråga, ms: median {_figure(time.p50, 0)}, 95:e percentilen {_figure(time.p95, 0)}, "
        f"99:e {_figure(time.p99, 0)}",
    ]
    if silence is not None:
        lines.append(
            f"Avstår när svar saknas: precision {_figure(silence.precision)}, "
            f"täckning {_figure(silence.recall)}, F1 {_figure(silence.f1)}"
        )
    if risk is not None:
        lines.append(
            f"Vet när det vet (AURC, lägre är bättre): {_figure(risk.aurc)}; "
            f"säkerhet som inget säger ger {number(risk.chance)}"
        )
    if paraphrased:
        share = _figure(bootstrap_interval(paraphrased))
        lines.append(f"Frågor utan textens egna ord ({len(paraphrased)}): {share}")
    return "\n".join(lines)


def _figure(interval: Interval, decimals: int = 3) -> str:
    """The figure with its 95 % interval on one line."""
    return f"{number(interval.mean, decimals)} ({interval_range(interval, decimals)})"


def _stacked(interval: Interval) -> str:
    """The figure over its 95 % interval, alone where it has none."""
    if interval.n < 2:
        return number(interval.mean)
    return f"{number(interval.mean)}\n{interval_range(interval, 2)}"


def _print_misses(rows: Sequence[Row], console: Console, most: int) -> None:
    missed = sorted((row for row in rows if row.scores[SCORE] < 1.0), key=lambda row: row.scores[SCORE])
    if not missed or not most:
        return
    table = Table(title=f"Lägst poäng ({min(most, len(missed))} av {len(missed)} fall under 1)")
    for heading in ("Fall", "Fråga", "Svar", "Väntat", "Poäng"):
        table.add_column(heading, overflow="fold")
    for row in missed[:most]:
        said_of = (escape(text) for text in (row.q, said(row), _wanted(row)))
        table.add_row(row.id, *said_of, number(row.scores[SCORE]))
    console.print(table)


def _wanted(row: Row) -> str:
    """The agreements that belong in the answer, the first two by name; a dash where silence is right."""
    more = len(row.expected) - _NAMED
    return ", ".join(row.expected[:_NAMED]) + (f" och {more} till" if more > 0 else "") or "–"
