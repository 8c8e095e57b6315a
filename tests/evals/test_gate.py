"""The gate: open for noise, shut for a type that has fallen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from evals.cases import CASES_FOLDER, CaseType, Split
from evals.cli import app
from evals.execution import RunOptions, execute
from evals.gate import GateError, pass_gate, refuse_fallen
from evals.record import ResultError, Row, Run, save_run
from retriever.engine import Engine

MakeRow = Callable[..., Row]
MakeRun = Callable[..., Run]


def _rows(made_row: MakeRow, wrong: int, kind: CaseType = CaseType.LOOKUP) -> list[Row]:
    """Thirty cases of which the first `wrong` are wrong."""
    return [made_row(f"{kind.value}{place}", float(place >= wrong), kind) for place in range(30)]


def test_a_type_that_falls_by_more_than_its_interval_shuts_the_gate(
    made_row: MakeRow, made_run: MakeRun
) -> None:
    kept = _rows(made_row, 3, CaseType.LOCATE)
    ledger = made_run([*_rows(made_row, 0), *kept])
    passage = pass_gate(ledger, made_run([*_rows(made_row, 8), *kept]))
    assert [difference.type for difference in passage.fallen] == [CaseType.LOOKUP, None]
    with pytest.raises(GateError, match=r"hitta avtalet 1,000 → 0,733"):
        refuse_fallen(passage)


def test_one_case_of_thirty_is_noise_and_a_gain_is_no_fall(made_row: MakeRow, made_run: MakeRun) -> None:
    ledger = made_run(_rows(made_row, 5))
    for wrong in (0, 5, 6):
        passage = pass_gate(ledger, made_run(_rows(made_row, wrong)))
        assert passage.fallen == ()
        refuse_fallen(passage)


def test_only_cases_with_the_same_question_are_compared(made_row: MakeRow, made_run: MakeRun) -> None:
    ledger = made_run(_rows(made_row, 0))
    reworded = [row.model_copy(update={"q": f"{row.q} Nu?"}) for row in _rows(made_row, 30)]
    passage = pass_gate(ledger, made_run([*_rows(made_row, 0)[:10], *reworded[10:]]))
    assert (passage.unmatched, passage.fallen) == (20, ())
    with pytest.raises(ResultError, match="inget fall gemensamt"):
        pass_gate(ledger, made_run(reworded))


def test_the_command_lets_the_code_through_and_stops_a_spoilt_one(samples: Engine, tmp_path: Path) -> None:
    index = samples.index.folder.parents[1]
    options = RunOptions((CASES_FOLDER / "samples.jsonl",), index, "samples", split=Split.TUNE, results=None)
    run, _ = execute(options, Console(quiet=True))
    clean = run.manifest.model_copy(update={"commit": "0123456789"})
    save_run(run.model_copy(update={"manifest": clean}), tmp_path)
    words = ["gate", "--index", str(index), "--results", str(tmp_path)]
    passed = CliRunner().invoke(app, words)
    assert passed.exception is None
    assert "Grinden är öppen" in passed.stdout
    spoilt = CliRunner().invoke(app, [*words, "--set", "explicit_share=0"])
    assert isinstance(spoilt.exception, GateError)
    assert str(spoilt.exception).startswith("Grinden är stängd, svaren är sämre än i liggaren: ")
