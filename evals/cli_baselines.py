"""`avtal eval baselines` and `avtal eval bench`: the product beside others, and on public sets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from evals.cases import CaseError, Split, load_cases
from evals.cli_common import CasesOption, IndexOption, case_paths, console
from evals.public_sets import SetKind, load_set
from evals.record import results_folder
from evals.wording import interval_range, number, signed


def baselines_command(
    cases: CasesOption = None,
    index: IndexOption = Path(".avtal"),
    split: Annotated[
        Split, typer.Option(help="Halvan som frågas; trösklar väljs alltid på tune.")
    ] = Split.TEST,
    everything: Annotated[bool, typer.Option("--all", help="Fråga båda halvorna.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Bara denna baslinje. Kan anges flera gånger.")
    ] = None,
    encoder: Annotated[list[str] | None, typer.Option(help="Mät även denna kodare ensam.")] = None,
    markdown: Annotated[bool, typer.Option(help="Skriv tabellen som Markdown.")] = False,
    results: Annotated[
        Path | None,
        typer.Option(help="Mapp för resultatfilerna, en per baslinje; utan namn som för avtal eval run."),
    ] = None,
) -> None:
    """Ställ samma frågor till produkten och till enklare sätt att söka, och visa dem bredvid varandra."""
    from evals.baseline_table import console_tables, markdown_table
    from evals.contest import ContestOptions, chosen_rankers, hold_contest
    from retriever.engine import open_engine

    paths = case_paths(cases)
    options = ContestOptions(
        case_files=paths,
        split=None if everything else split,
        results=results or results_folder(paths),
        only=tuple(only or ()),
        encoders=tuple(encoder or ()),
    )
    names = [ranker.name for ranker in chosen_rankers(options)]
    unknown = sorted(set(options.only) - set(names))
    if unknown:
        known = ", ".join(ranker.name for ranker in chosen_rankers(ContestOptions(paths, None, None)))
        raise CaseError(f"--only {unknown[0]}: baslinjen finns inte; de som finns är {known}.")
    shown = console()
    loaded = load_cases(*paths)
    found = hold_contest(
        open_engine(index), loaded, options, lambda told: shown.print(f"Mäter {told} …", highlight=False)
    )
    half = "alla fall" if everything else f"halvan {split.value}"
    if markdown:
        print(markdown_table(found))
    else:
        for table in console_tables(found, f"{half}; – betyder att måttet inte gäller systemet"):
            shown.print(table)
    for contender in found:
        if contender.skipped:
            shown.print(f"Hoppas över: {contender.skipped}", highlight=False, markup=False)


def bench_command(
    path: Annotated[Path, typer.Argument(help="Filen, eller mappen för beir.")],
    kind: Annotated[SetKind, typer.Option("--set", help="Frågesamlingens format.")],
    encoder: Annotated[str | None, typer.Option(help="Kodare; utan namn den medföljande.")] = None,
    split: Annotated[str, typer.Option(help="Facit som används i en mapp: qrels/<split>.")] = "test",
    words_only: Annotated[bool, typer.Option(help="Mät bara orden, utan att bädda in något.")] = False,
) -> None:
    """Mät ord, kodare och båda sammanvägda på en öppen frågesamling som ges med sökväg."""
    from evals.bench import HEADLINE, Way, run_bench
    from evals.ranking import RANKING_METRICS
    from indexer.encoder import open_encoder

    asked = load_set(kind, path, split)
    shown = console()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task("Frågar", total=len(asked.questions))
        ways = (Way.WORDS,) if words_only else tuple(Way)
        found = run_bench(asked, open_encoder(encoder), ways, lambda: progress.advance(task))
    table = Table(
        title=f"{found.set_name}: {found.questions} frågor, {found.documents} texter, {found.encoder}"
    )
    table.add_column("")
    for way in found.figures:
        table.add_column(_WAYS[way.value], justify="right")
    for metric in RANKING_METRICS:
        each = [figures[metric] for figures in found.figures.values()]
        table.add_row(metric, *(f"{number(figure.mean)}\n{interval_range(figure)}" for figure in each))
    shown.print(table)
    if found.gain is not None:
        change = found.gain.change
        shown.print(
            f"Sammanvägt mot ord, {HEADLINE} parvis: {signed(change.mean)} "
            f"({signed(change.low)} till {signed(change.high)}), p {number(found.gain.p, 4)}",
            highlight=False,
        )
    for count, what in (
        (found.refused, "frågor kunde inte ställas och fick noll"),
        (found.unjudged, "frågor utan facit är inte med"),
    ):
        if count:
            shown.print(f"{count} {what}.", highlight=False)


_WAYS = {"words": "ord", "dense": "kodare", "fused": "sammanvägt"}
