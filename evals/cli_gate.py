"""`avtal eval gate`: stop a change that makes a type of question worse."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from evals.cases import Split
from evals.cli_common import SetOption, case_paths, console, settings_of
from evals.execution import RunOptions, execute
from evals.gate import build_samples, pass_gate, refuse_fallen
from evals.ledger import ledger_runs, newest
from evals.record import RESULTS_FOLDER
from evals.verdict import print_comparison


def gate_command(
    index: Annotated[
        Path | None, typer.Option(help="Färdigt index över exempelavtalen; annars byggs ett.")
    ] = None,
    results: Annotated[Path, typer.Option(help="Mappen med liggarens körningar.")] = RESULTS_FOLDER,
    settings: SetOption = None,
) -> None:
    """Kör de medföljande fallens ena halva; avsluta med fel om en frågetyp är sämre än i liggaren."""
    shown = console()
    ledger = newest(ledger_runs(results))
    chosen = settings_of(settings)
    with tempfile.TemporaryDirectory() as folder:
        root = index or Path(folder)
        if index is None:
            shown.print("Indexerar exempelavtalen …", highlight=False)
            build_samples(root)
        options = RunOptions(case_paths(None), root, "gate", split=Split.TUNE, results=None, settings=chosen)
        run, _ = execute(options, shown)
    passage = pass_gate(ledger, run)
    print_comparison(ledger, run, passage.comparison, shown)
    if passage.unmatched:
        shown.print(
            f"{passage.unmatched} fall är nya eller ändrade sedan liggaren och jämförs inte.", highlight=False
        )
    refuse_fallen(passage)
    shown.print("Grinden är öppen: ingen frågetyp är säkert sämre än i liggaren.", highlight=False)
