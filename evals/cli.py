"""`avtal eval`, also as `python -m evals`: run the cases, compare two runs, show a run."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.types import AvtalError
from evals.cases import CASES_FOLDER, Case, CaseError, Split, check_cases, load_cases
from evals.compare import compare_runs
from evals.machine import current_commit, this_machine
from evals.record import RESULTS_FOLDER, Manifest, ResultError, Run, load_run, save_run
from evals.report import print_comparison, print_run
from evals.run import cases_sha256, run_cases

if TYPE_CHECKING:
    from evals.system import System

app = typer.Typer(
    name="eval",
    help="Mät svaren: kör fallen, jämför två körningar, visa en körning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_CASES_HELP = "Fallfil, eller namnet på en medföljande (samples). Kan anges flera gånger."
_RESULT_HELP = "Resultatfil, eller dess namn i evals/results."


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run is asked to do. `split` None runs both halves; `results` None writes no file."""

    cases: tuple[Path, ...]
    index: Path
    name: str
    limit: int = 10
    split: Split | None = None
    results: Path | None = RESULTS_FOLDER


@app.command("run")
def run_command(
    cases: Annotated[list[str] | None, typer.Option(help=_CASES_HELP)] = None,
    index: Annotated[Path, typer.Option(help="Indexmapp.")] = Path(".avtal"),
    name: Annotated[str, typer.Option(help="Körningens namn i resultatfilen.")] = "samples",
    limit: Annotated[int, typer.Option(min=1, help="Antal träffar som hämtas per fråga.")] = 10,
    split: Annotated[Split | None, typer.Option(help="Bara den ena halvan av fallen.")] = None,
) -> None:
    """Ställ alla fallens frågor till ett index, visa tabellen och spara resultatet."""
    paths = tuple(_cases_path(given) for given in cases or ["samples"])
    console = Console()
    run, path = execute(RunOptions(paths, index, name, limit, split), console)
    print_run(run, console)
    if path is not None:
        console.print(f"Sparat: {path.name}", highlight=False)


@app.command("compare")
def compare_command(
    before: Annotated[str, typer.Argument(help=f"A. {_RESULT_HELP}")],
    after: Annotated[str, typer.Argument(help=f"B. {_RESULT_HELP}")],
) -> None:
    """Avgör om B svarar bättre än A: parat test per frågetyp, och fallen som bytte sida."""
    old, new = load_run(_result_path(before)), load_run(_result_path(after))
    print_comparison(old, new, compare_runs(old, new), Console())


@app.command("report")
def report_command(
    result: Annotated[str | None, typer.Argument(help=f"{_RESULT_HELP} Utan namn: den senaste.")] = None,
    misses: Annotated[int, typer.Option(min=0, help="Så många av de sämsta fallen visas.")] = 10,
) -> None:
    """Visa en sparad körning."""
    path = _result_path(result) if result else _latest_result()
    print_run(load_run(path), Console(), misses)


@app.command("check")
def check_command(
    cases: Annotated[list[str] | None, typer.Option(help=_CASES_HELP)] = None,
    index: Annotated[Path, typer.Option(help="Indexmapp.")] = Path(".avtal"),
) -> None:
    """Kontrollera fallen mot ett index: inga dubbletter, inga okända avtal, alla citat ordagranna."""
    loaded = load_cases(*(_cases_path(given) for given in cases or ["samples"]))
    from evals.system import open_system

    check_cases(loaded, open_system(index, limit=1).texts)
    Console().print(f"{len(loaded)} fall stämmer med indexet.", highlight=False)


def execute(options: RunOptions, console: Console) -> tuple[Run, Path | None]:
    """Run the cases against the index; returns the run and where it was saved (None: not saved).

    Raises AvtalError for cases that do not fit the index, an empty selection, or no index.
    """
    cases = _selected(load_cases(*options.cases), options)
    # Imported here because it brings the encoder's libraries: `compare` and `report` must not wait for them.
    from evals.system import open_system

    system = open_system(options.index, options.limit)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Frågar", total=len(cases))
        rows = run_cases(cases, system.ask, system.texts, tick=lambda: progress.advance(task))
    run = Run(manifest=_manifest(options, system), rows=rows)
    return run, save_run(run, options.results) if options.results is not None else None


def _selected(cases: Sequence[Case], options: RunOptions) -> tuple[Case, ...]:
    chosen = tuple(case for case in cases if options.split in (None, case.half))
    if not chosen:
        names = ", ".join(path.name for path in options.cases)
        raise CaseError(f"{names} har inga fall att köra; ange en fil med fall eller utelämna --split.")
    return chosen


def _manifest(options: RunOptions, system: System) -> Manifest:
    return Manifest(
        name=options.name,
        command=_command(options),
        commit=current_commit(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=this_machine(),
        generation=system.generation,
        encoder=system.encoder,
        case_files=tuple(path.name for path in options.cases),
        cases_sha256=cases_sha256(options.cases),
        agreements=len(system.texts),
    )


def _command(options: RunOptions) -> str:
    """The command, to be repeated from the same place. Of a folder only the last name is kept."""
    words = ["avtal", "eval", "run"]
    for path in options.cases:
        words += ["--cases", path.stem if path.parent == CASES_FOLDER else path.name]
    words += ["--index", options.index.name, "--name", options.name, "--limit", str(options.limit)]
    return shlex.join([*words, "--split", options.split.value] if options.split else words)


def _cases_path(given: str) -> Path:
    shipped = CASES_FOLDER / f"{given}.jsonl"
    return shipped if shipped.is_file() else Path(given)


def _result_path(given: str) -> Path:
    kept = RESULTS_FOLDER / (given if given.endswith(".json") else f"{given}.json")
    return Path(given) if Path(given).is_file() else kept


def _latest_result() -> Path:
    paths = sorted(RESULTS_FOLDER.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not paths:
        raise ResultError("Det finns inga sparade körningar; kör avtal eval run först.")
    return paths[-1]


def main() -> None:
    """The command line. Exit status 0: done, 1: an AvtalError (one sentence on stderr), 2: wrong usage."""
    try:
        app()
    except AvtalError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
