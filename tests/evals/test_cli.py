"""`python -m evals` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from evals.cli import app
from evals.ledger import ledger_runs, newest
from evals.record import ResultError, Row, Run, save_run
from evals.settings import SettingError

_ROOT = Path(__file__).parents[2]


def _eval(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evals", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False
    )


def test_help_lists_the_commands() -> None:
    shown = _eval("--help")
    assert shown.returncode == 0
    assert all(command in shown.stdout for command in ("run", "compare", "report", "check"))


def test_a_missing_result_is_one_sentence_and_exit_1() -> None:
    refused = _eval("report", "finns-inte")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "finns-inte.json kan inte läsas" in refused.stderr


def test_wrong_usage_is_exit_2() -> None:
    assert _eval("compare", "bara-en").returncode == 2


def test_a_missing_cases_file_is_refused_before_the_index_is_opened() -> None:
    refused = _eval("check", "--cases", "borta.jsonl")
    assert refused.returncode == 1
    assert "Fallfilen borta.jsonl" in refused.stderr


def test_help_lists_what_came_later() -> None:
    shown = CliRunner().invoke(app, ["--help"]).stdout
    assert all(command in shown for command in ("show", "gate", "review", "baselines", "bench"))


def test_an_unknown_setting_is_refused_before_anything_is_asked() -> None:
    refused = CliRunner().invoke(app, ["run", "--set", "ordvikt=1"])
    assert isinstance(refused.exception, SettingError)


def test_the_report_of_a_stored_run_is_a_page(
    tmp_path: Path, made_row: Callable[..., Row], made_run: Callable[..., Run]
) -> None:
    stored = save_run(made_run([made_row("a", 1.0)]), tmp_path)
    page = tmp_path / "sida.html"
    words = ["report", str(stored), "--results", str(tmp_path), "--to", str(page)]
    assert CliRunner().invoke(app, words).exception is None
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    refused = CliRunner().invoke(app, [*words[:-1], str(tmp_path / "borta" / "sida.html")])
    assert isinstance(refused.exception, ResultError)
    assert "ange en annan fil med --to" in str(refused.exception)


def test_the_gate_without_a_ledger_says_what_to_run(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["gate", "--results", str(tmp_path)])
    assert isinstance(refused.exception, ResultError)
    assert "kör avtal eval run --name samples" in str(refused.exception)


def test_every_stored_run_can_be_read() -> None:
    runs = ledger_runs()
    assert newest(runs).manifest.name == "samples"
