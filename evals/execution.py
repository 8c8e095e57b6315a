"""A run from its options to its result file: the cases, the index, the progress bar, the manifest."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.cases import CASES_FOLDER, Case, CaseError, Split, load_cases
from evals.machine import current_commit, this_machine
from evals.record import RESULTS_FOLDER, Manifest, Run, save_run
from evals.run import cases_sha256, run_cases

if TYPE_CHECKING:
    from evals.system import System


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a run is asked to do.

    `split` None runs both halves; `results` None writes no file; `encoder` None keeps the index's own; `settings` are
    names of `evals.settings` with the value that holds during the run.
    """

    cases: tuple[Path, ...]
    index: Path
    name: str
    limit: int = 10
    split: Split | None = None
    results: Path | None = RESULTS_FOLDER
    encoder: str | None = None
    settings: Mapping[str, float] = field(default_factory=dict)


def execute(options: RunOptions, console: Console) -> tuple[Run, Path | None]:
    """Run the cases against the index; returns the run and where it was saved (None: not saved).

    Raises AvtalError for cases that do not fit the index, an empty selection, or no index.
    """
    cases = _selected(load_cases(*options.cases), options)
    # Imported here because they bring the encoder's libraries: `compare` and `report` must not wait for them.
    from evals.reindex import reindex
    from evals.settings import changed
    from evals.system import open_system

    with ExitStack() as stack:
        progress = stack.enter_context(_progress(console))
        root = options.index
        if options.encoder is not None:
            root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            embedding = progress.add_task("Bäddar in", total=None)
            reindex(
                options.index,
                options.encoder,
                root,
                lambda done, total: progress.update(embedding, completed=done, total=total),
            )
        system = open_system(root, options.limit)
        asking = progress.add_task("Frågar", total=len(cases))
        stack.enter_context(changed(options.settings))
        rows = run_cases(cases, system.ask, system.texts, lambda: progress.advance(asking), system.sections)
    run = Run(manifest=_manifest(options, system), rows=rows)
    return run, save_run(run, options.results) if options.results is not None else None


def _progress(console: Console) -> Progress:
    """Bars on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _selected(cases: Sequence[Case], options: RunOptions) -> tuple[Case, ...]:
    chosen = tuple(case for case in cases if options.split in (None, case.half))
    if not chosen:
        names = ", ".join(path.name for path in options.cases)
        raise CaseError(f"{names} har inga fall att köra; ange en fil med fall eller utelämna --split.")
    return chosen


def _manifest(options: RunOptions, system: System) -> Manifest:
    return Manifest(
        name=options.name,
        command=command_of(options),
        commit=current_commit(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=this_machine(),
        generation=system.generation,
        encoder=Path(system.encoder).name,
        case_files=tuple(path.name for path in options.cases),
        cases_sha256=cases_sha256(options.cases),
        agreements=len(system.texts),
    )


def command_of(options: RunOptions) -> str:
    """The command, to be repeated from the same place. Of a folder only the last name is kept."""
    words = ["avtal", "eval", "run"]
    for path in options.cases:
        words += ["--cases", path.stem if path.parent == CASES_FOLDER else path.name]
    words += ["--index", options.index.name, "--name", options.name, "--limit", str(options.limit)]
    if options.split is not None:
        words += ["--split", options.split.value]
    if options.encoder is not None:
        words += ["--encoder", Path(options.encoder).name]
    for name, value in options.settings.items():
        words += ["--set", f"{name}={value:g}"]
    return shlex.join(words)
