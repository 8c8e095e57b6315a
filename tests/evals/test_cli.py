"""`python -m evals` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
