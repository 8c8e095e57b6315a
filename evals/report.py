"""A run and a comparison as tables for the terminal, in Swedish."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.cases import CaseType
from evals.compare import Comparison, Difference, Flip
from evals.intervals import Interval
from evals.record import Manifest, Row, Run
from evals.run import Summary, summarise
from evals.scoring import CITATION_EXACT, SCORE, WRONG_AGREEMENT

TYPE_NAMES = {
    CaseType.LIST: "vilka avtal",
    CaseType.LOCATE: "var står det",
    CaseType.FACT: "kort svar",
    CaseType.LOOKUP: "hitta avtalet",
    CaseType.ABSENCE: "vilka saknar",
    CaseType.UNANSWERABLE: "utan svar",
    CaseType.ROBUST: "slarvig fråga",
}
_MEASURED_BY = {
    CaseType.LIST: "F1 för avtalen",
    CaseType.LOCATE: "MRR@10",
    CaseType.FACT: "rätt svar, rätt avtal",
    CaseType.LOOKUP: "MRR@10",
    CaseType.ABSENCE: "F1 för avtalen",
    CaseType.UNANSWERABLE: "avstod",
    CaseType.ROBUST: "som sin egen typ",
}
_DETAILS = ("nDCG@10", "RR@10", "R@10", "Success@1", "Success@3")
_HEADINGS = {"RR@10": "MRR@10", "Success@1": "Topp 1", "Success@3": "Topp 3"}
_ALL = "alla"
_LONGEST_SAID = 160


def print_run(run: Run, console: Console, misses: int = 10) -> None:
    """The run's tables, then at most `misses` of the cases that scored lowest."""
    summary = summarise(run.rows)
    console.print(_heading(run.manifest))
    console.print(_score_table(run.rows, summary))
    console.print(_ranking_table(summary))
    console.print(_promises(run.rows, summary))
    _print_misses(run.rows, console, misses)


def print_comparison(before: Run, after: Run, comparison: Comparison, console: Console) -> None:
    """The paired differences per type, then every case that flipped with both answers."""
    console.print(f"A: {_name(before.manifest)}\nB: {_name(after.manifest)}", markup=False, highlight=False)
    if not comparison.same_cases:
        console.print("Obs: fallen har ändrats mellan körningarna, bara id:n är desamma.", style="yellow")
    table = Table(title="B mot A (parat randomiseringstest, 95 % intervall)")
    for heading in ("Typ", "Antal", "A", "B", "Skillnad", "p", "Slutsats"):
        table.add_column(heading, justify="left" if heading in {"Typ", "Slutsats"} else "right")
    for difference in comparison.differences:
        table.add_row(*_difference_cells(difference))
    console.print(table)
    for flip in comparison.flips:
        _print_flip(flip, console)
    console.print(f"{len(comparison.flips)} fall bytte sida.", highlight=False)


def _heading(manifest: Manifest) -> str:
    machine = manifest.machine
    return escape(
        f"{_name(manifest)}: {manifest.agreements} avtal, kodare {manifest.encoder}, "
        f"index {manifest.generation}; {machine.cores} kärnor, {machine.memory_gib:g} GiB"
    )


def _name(manifest: Manifest) -> str:
    return f"{manifest.name} vid {manifest.commit}"


def _score_table(rows: Sequence[Row], summary: Summary) -> Table:
    table = Table(title="Resultat per frågetyp (0–1, högre är bättre)")
    for heading in ("Typ", "Mått", "Antal", "Poäng", "95 %", "Krasch"):
        table.add_column(heading, justify="left" if heading in {"Typ", "Mått"} else "right")
    for item in summary.types:
        score = item.metrics[SCORE]
        cells = (str(score.n), _number(score.mean), _range(score), str(item.crashes))
        table.add_row(TYPE_NAMES[item.type], _MEASURED_BY[item.type], *cells)
    table.add_section()
    crashed = sum(row.error is not None for row in rows)
    total = summary.overall
    table.add_row(_ALL, "typens mått", str(total.n), _number(total.mean), _range(total), str(crashed))
    return table


def _ranking_table(summary: Summary) -> Table:
    table = Table(title="Rangordning, andel ordagranna citat, andel svar ur fel avtal")
    table.add_column("Typ")
    for name in _DETAILS:
        table.add_column(_HEADINGS.get(name, name), justify="right")
    table.add_column("Citat", justify="right")
    table.add_column("Fel", justify="right")
    for item in summary.types:
        names = (*_DETAILS, CITATION_EXACT, WRONG_AGREEMENT)
        cells = [_number(item.metrics[name].mean) if name in item.metrics else "–" for name in names]
        table.add_row(TYPE_NAMES[item.type], *cells)
    return table


def _promises(rows: Sequence[Row], summary: Summary) -> str:
    silence, time = summary.abstention, summary.latency
    paraphrased = [row.scores[SCORE] for row in rows if row.paraphrase]
    lines = [
        f"Avstår när svar saknas: precision {_number(silence.precision)}, "
        f"täckning {_number(silence.recall)}, F1 {_number(silence.f1)}",
        f"Tid per fråga: median {time.p50:.0f} ms, "
        f"95:e percentilen {time.p95:.0f} ms, 99:e {time.p99:.0f} ms",
    ]
    if paraphrased:
        share = _number(sum(paraphrased) / len(paraphrased))
        lines.append(f"Frågor utan textens egna ord ({len(paraphrased)}): {share}")
    return "\n".join(lines)


def _print_misses(rows: Sequence[Row], console: Console, most: int) -> None:
    missed = sorted((row for row in rows if row.scores[SCORE] < 1.0), key=lambda row: row.scores[SCORE])
    if not missed or not most:
        return
    table = Table(title=f"Lägst poäng ({min(most, len(missed))} av {len(missed)} fall under 1)")
    for heading in ("Fall", "Fråga", "Svar", "Poäng"):
        table.add_column(heading, overflow="fold")
    for row in missed[:most]:
        table.add_row(row.id, escape(row.q), escape(said(row)), _number(row.scores[SCORE]))
    console.print(table)


def said(row: Row) -> str:
    """What a row's answer said, in one line: the short answer, else the statement, else the error."""
    if row.given is None:
        return f"krasch: {row.error}"
    where = row.given.quotes[0].agreement_id if row.given.quotes else ""
    words = " ".join((row.given.short_answer or row.given.statement).split())
    if len(words) > _LONGEST_SAID:
        words = f"{words[:_LONGEST_SAID]}…"
    return f"{words} [{where}]" if where and not row.given.abstained else words


def _difference_cells(difference: Difference) -> tuple[str, ...]:
    change = difference.change
    verdict = "ingen säker skillnad"
    if difference.significant:
        verdict = "B är bättre" if change.mean > 0 else "B är sämre"
    name = TYPE_NAMES[difference.type] if difference.type is not None else _ALL
    shown = f"{change.mean:+.3f} ({change.low:+.3f} till {change.high:+.3f})".replace(".", ",")
    p = "<0,001" if difference.p < 0.001 else _number(difference.p)
    return (name, str(change.n), _number(difference.before), _number(difference.after), shown, p, verdict)


def _print_flip(flip: Flip, console: Console) -> None:
    mark = "+ klarar nu" if flip.gained else "- klarar inte längre"
    console.print(f"{mark} {flip.before.id}: {flip.before.q}", markup=False, highlight=False)
    console.print(f"    A: {said(flip.before)}\n    B: {said(flip.after)}", markup=False, highlight=False)


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _range(interval: Interval) -> str:
    return f"{_number(interval.low)}–{_number(interval.high)}"
