"""`avtal eval`, also as `python -m evals`: run the cases, compare runs, report them, guard them, review drafts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.types import AvtalError
from evals.cases import Split, check_cases, load_cases
from evals.cli_baselines import baselines_command, bench_command
from evals.cli_common import CasesOption, IndexOption, SetOption, case_paths, console, settings_of
from evals.cli_gate import gate_command
from evals.cli_review import review_command
from evals.compare import compare_runs
from evals.execution import RunOptions, execute
from evals.html_report import html_report
from evals.ledger import SHIPPED_RUN, in_commit_order, ledger_runs
from evals.record import RESULTS_FOLDER, ResultError, Run, load_run, results_folder
from evals.report import print_run
from evals.verdict import print_comparison

app = typer.Typer(
    name="eval",
    help="Mät svaren: kör fallen, jämför körningar, skriv en rapport, vakta resultatet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_RESULT_HELP = "Resultatfil, eller dess namn i evals/results."
ResultArgument = Annotated[str | None, typer.Argument(help=f"{_RESULT_HELP} Utan namn: den senaste.")]


@app.command("run")
def run_command(
    cases: CasesOption = None,
    index: IndexOption = Path(".avtal"),
    name: Annotated[str, typer.Option(help="Körningens namn i resultatfilen.")] = SHIPPED_RUN,
    limit: Annotated[int, typer.Option(min=1, help="Antal träffar som hämtas per fråga.")] = 10,
    split: Annotated[Split | None, typer.Option(help="Bara den ena halvan av fallen.")] = None,
    encoder: Annotated[
        str | None,
        typer.Option(help="Bädda in indexets avtal med en annan kodare, i ett tillfälligt index."),
    ] = None,
    settings: SetOption = None,
) -> None:
    """Ställ alla fallens frågor till ett index, visa tabellen och spara resultatet."""
    paths = case_paths(cases)
    shown = console()
    options = RunOptions(
        paths,
        index,
        name,
        limit,
        split,
        results=results_folder(paths),
        encoder=encoder,
        settings=settings_of(settings),
    )
    run, path = execute(options, shown)
    print_run(run, shown)
    if path is not None:
        kept = path.name if path.parent == RESULTS_FOLDER else path
        shown.print(f"Sparat: {kept}", highlight=False)


@app.command("compare")
def compare_command(
    before: Annotated[str, typer.Argument(help=f"A. {_RESULT_HELP}")],
    after: Annotated[str, typer.Argument(help=f"B. {_RESULT_HELP}")],
) -> None:
    """Avgör om B svarar bättre än A eller om det är brus: parat test per frågetyp, och fallen som bytte sida."""
    old, new = load_run(_result_path(before)), load_run(_result_path(after))
    print_comparison(old, new, compare_runs(old, new), console())


@app.command("report")
def report_command(
    result: ResultArgument = None,
    to: Annotated[Path, typer.Option(help="HTML-filen som skrivs.")] = Path("utvardering.html"),
    results: Annotated[Path, typer.Option(help="Mappen med liggarens körningar.")] = RESULTS_FOLDER,
) -> None:
    """Skriv en körning som en fristående HTML-sida: diagram, tabeller, missar och vad måtten betyder."""
    run = _stored(result, results)
    ledger = [other for other in ledger_runs(results) if other.manifest.name == run.manifest.name]
    _write(to, html_report(run, ledger))
    console().print(f"Skrivet: {to}", highlight=False, markup=False)


@app.command("show")
def show_command(
    result: ResultArgument = None,
    misses: Annotated[int, typer.Option(min=0, help="Så många av de sämsta fallen visas.")] = 10,
) -> None:
    """Visa en sparad körning i terminalen."""
    print_run(_stored(result, RESULTS_FOLDER), console(), misses)


@app.command("check")
def check_command(cases: CasesOption = None, index: IndexOption = Path(".avtal")) -> None:
    """Kontrollera fallen mot ett index: inga dubbletter, inga okända avtal, alla citat ordagranna."""
    loaded = load_cases(*case_paths(cases))
    from evals.system import open_system

    check_cases(loaded, open_system(index, limit=1).texts)
    console().print(f"{len(loaded)} fall stämmer med indexet.", highlight=False)


app.command("gate")(gate_command)
app.command("review")(review_command)
app.command("baselines")(baselines_command)
app.command("bench")(bench_command)


def _result_path(given: str) -> Path:
    kept = RESULTS_FOLDER / (given if given.endswith(".json") else f"{given}.json")
    return Path(given) if Path(given).is_file() else kept


def _stored(result: str | None, folder: Path) -> Run:
    """The run of that name, or the one at the newest commit. Raises ResultError where there is none."""
    if result is not None:
        return load_run(_result_path(result))
    runs = ledger_runs(folder)
    if not runs:
        raise ResultError("Det finns inga sparade körningar; kör avtal eval run först.")
    shipped = [run for run in runs if run.manifest.name == SHIPPED_RUN]
    return in_commit_order(shipped or runs)[-1]


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ResultError(
            f"{path} kan inte skrivas ({error.strerror}); ange en annan fil med --to."
        ) from error


def main() -> None:
    """The command line. Exit status 0: done, 1: an AvtalError (one sentence on stderr), 2: wrong usage."""
    try:
        app()
    except AvtalError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
