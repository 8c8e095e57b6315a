"""A comparison as a table for the terminal and a plain sentence: better, worse, or noise."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from evals.compare import Comparison, Difference, Flip
from evals.record import Run
from evals.wording import ALL_TYPES, TYPE_NAMES, number, run_name, said, signed


def print_comparison(before: Run, after: Run, comparison: Comparison, console: Console) -> None:
    """The paired differences per type, then every case that flipped with both answers."""
    console.print(
        f"A: {run_name(before.manifest)}\nB: {run_name(after.manifest)}", markup=False, highlight=False
    )
    if not comparison.same_cases:
        console.print("Obs: fallen har ändrats mellan körningarna, bara id:n är desamma.", style="yellow")
    table = Table(title="B mot A (parat randomiseringstest, p rättat för antalet typer, 95 % intervall)")
    for heading in ("Typ", "Antal", "A", "B", "Skillnad", "p", "Slutsats"):
        table.add_column(heading, justify="left" if heading in {"Typ", "Slutsats"} else "right")
    for difference in comparison.differences:
        table.add_row(*_difference_cells(difference))
    console.print(table)
    for flip in comparison.flips:
        _print_flip(flip, console)
    console.print(f"{_flipped(comparison)}\n{conclusion(comparison)}", highlight=False)


def conclusion(comparison: Comparison) -> str:
    """One sentence: is B better than A over all cases, worse, or is the difference noise?"""
    total = comparison.differences[-1]
    change = total.change
    shown = f"{signed(change.mean)}, 95 % intervall {signed(change.low)} till {signed(change.high)}"
    if not any(difference.change.low or difference.change.high for difference in comparison.differences):
        return "Slutsats: B svarar som A; inget fall fick en annan poäng."
    if not total.significant:
        surely = [item for item in comparison.differences[:-1] if item.significant]
        but = "".join(f" Men på {TYPE_NAMES[item.type]}: {verdict(item)}." for item in surely if item.type)
        return (
            f"Slutsats: skillnaden är brus ({shown}, p {_p(total)}); "
            f"den kan ha uppstått av en slump, och säger inte att B är bättre eller sämre än A.{but}"
        )
    which = "bättre" if change.mean > 0 else "sämre"
    return f"Slutsats: B är {which} än A ({shown}, p {_p(total)}); det är mer än brus."


def verdict(difference: Difference) -> str:
    """What a difference says: no difference, noise, or which of the two is better."""
    if difference.significant:
        return "B är bättre" if difference.change.mean > 0 else "B är sämre"
    return "brus" if difference.change.low or difference.change.high else "ingen skillnad"


def _flipped(comparison: Comparison) -> str:
    gained = sum(flip.gained for flip in comparison.flips)
    lost = len(comparison.flips) - gained
    return f"{len(comparison.flips)} fall bytte sida: {gained} klaras nu, {lost} klaras inte längre."


def _difference_cells(difference: Difference) -> tuple[str, ...]:
    change = difference.change
    name = TYPE_NAMES[difference.type] if difference.type is not None else ALL_TYPES
    shown = f"{signed(change.mean)} ({signed(change.low)} till {signed(change.high)})"
    cells = (name, str(change.n), number(difference.before), number(difference.after))
    return (*cells, shown, _p(difference), verdict(difference))


def _p(difference: Difference) -> str:
    return "<0,001" if difference.p < 0.001 else number(difference.p)


def _print_flip(flip: Flip, console: Console) -> None:
    mark = "+ klarar nu" if flip.gained else "- klarar inte längre"
    console.print(f"{mark} {flip.before.id}: {flip.before.q}", markup=False, highlight=False)
    console.print(f"    A: {said(flip.before)}\n    B: {said(flip.after)}", markup=False, highlight=False)
