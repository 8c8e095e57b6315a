"""The matrix and a clause's departing wording, for a person at the command line."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from retriever.departing import DepartingWording
from retriever.matrix import Matrix


def print_matrix(out: Console, matrix: Matrix) -> None:
    """How many of the agreements have each type of clause, and how many lack it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Klausultyp")
    table.add_column("Nyckel")
    for name in ("Finns", "Osäkert", "Saknas"):
        table.add_column(name, justify="right")
    for column in matrix.columns:
        counts = (str(count or "–") for count in (column.present, column.uncertain, column.absent))
        table.add_row(column.sv, column.type, *counts)
    out.print(table)
    out.print(f"{matrix.searched} avtal genomsökta.", markup=False)


def print_departing(out: Console, found: DepartingWording) -> None:
    """What is common in a type of clause, who departs and how, and who lacks the clause."""
    out.print(
        f"{found.sv}: {found.agreements} avtal har klausulen, {len(found.absent)} saknar den.", markup=False
    )
    if found.usual:
        name, value, count = found.usual
        out.print(f"Vanligast {name}: {value} ({count} avtal).", markup=False)
    for wording in found.common:
        quote = " ".join(wording.citation.quote.split())
        out.print(Text(f"Vanlig lydelse ({wording.count} avtal): {quote}"))
    if not found.usual and not found.common:
        out.print("Ingen lydelse är gemensam för flera avtal.", markup=False)
    for each in found.departing:
        out.print(Text(f"- {each.agreement_id}: {each.statement}"))
        for citation in each.own:
            out.print(Text(f"    {' '.join(citation.quote.split())}", style="dim"))
    for agreement_id in found.absent:
        out.print(Text(f"- {agreement_id}: saknas"))
