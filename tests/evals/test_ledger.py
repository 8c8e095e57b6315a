"""The ledger: stored runs in the order of their commits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.ledger import ledger_runs, newest
from evals.machine import commit_date, current_commit
from evals.record import ResultError, Row, Run, save_run

MakeRow = Callable[..., Row]
MakeRun = Callable[..., Run]


def test_runs_come_in_commit_order_and_unknown_commits_by_their_day(
    tmp_path: Path, made_row: MakeRow, made_run: MakeRun
) -> None:
    days = {"aaaaaaaaaa": "2026-03-03", "bbbbbbbbbb": "2026-01-01", "cccccccccc": "2026-02-02"}
    for commit, created in days.items():
        save_run(made_run([made_row("a", 1.0)], commit=commit, created=created), tmp_path)
    commits = [run.manifest.commit for run in ledger_runs(tmp_path)]
    assert commits == ["bbbbbbbbbb", "cccccccccc", "aaaaaaaaaa"]


def test_a_commit_of_this_checkout_is_dated_by_git() -> None:
    commit = current_commit().removesuffix("-dirty")
    if commit == "utan-commit":
        pytest.skip("körs utanför en git-utcheckning")
    dated = commit_date(commit)
    assert dated is not None
    assert dated.tzinfo is not None
    assert commit_date("0" * 40) is None
    assert commit_date("--help") is None


def test_the_newest_leaves_other_names_and_changed_code_aside(made_row: MakeRow, made_run: MakeRun) -> None:
    rows = [made_row("a", 1.0)]
    runs = (
        made_run(rows, commit="aaaaaaaaaa", created="2026-01-01"),
        made_run(rows, commit="bbbbbbbbbb", created="2026-02-02"),
        made_run(rows, commit="cccccccccc-dirty", created="2026-03-03"),
        made_run(rows, "prov", commit="dddddddddd", created="2026-04-04"),
    )
    assert newest(runs).manifest.commit == "bbbbbbbbbb"
    with pytest.raises(ResultError, match="ingen körning som heter samples"):
        newest(runs[2:])
