"""The ledger: the stored runs of `evals/results`, in the order of their commits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from evals.machine import DIRTY, commit_date
from evals.record import RESULTS_FOLDER, ResultError, Run, load_run

# The run of the shipped cases as `make eval` and the gate make it.
SHIPPED_RUN = "samples"


def ledger_runs(folder: Path = RESULTS_FOLDER) -> tuple[Run, ...]:
    """Every stored run, oldest commit first; runs of one commit by when they were made.

    A commit that is unknown to this checkout stands where its run was made. Raises ResultError for a file that is none.
    """
    return in_commit_order(load_run(path) for path in sorted(folder.glob("*.json")))


def in_commit_order(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs, oldest commit first."""
    dated = [(_commit_time(run), run) for run in runs]
    return tuple(run for _, run in sorted(dated, key=lambda pair: (pair[0], pair[1].manifest.created)))


def newest(runs: Iterable[Run], name: str = SHIPPED_RUN) -> Run:
    """The run of that name at the newest commit, changes that are not committed left aside.

    Raises ResultError where there is none.
    """
    clean = [run for run in runs if run.manifest.name == name and not run.manifest.commit.endswith(DIRTY)]
    if not clean:
        raise ResultError(
            f"Liggaren har ingen körning som heter {name} från en incheckad kod; "
            f"kör avtal eval run --name {name} och checka in resultatfilen."
        )
    return in_commit_order(clean)[-1]


def _commit_time(run: Run) -> datetime:
    made = datetime.fromisoformat(run.manifest.created)
    if run.manifest.commit.endswith(DIRTY):
        return made
    return commit_date(run.manifest.commit) or made
