"""Runs, their summaries, comparisons, files and tables."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from evals.cases import CASES_FOLDER, Case, CaseError, CaseType
from evals.compare import compare_runs
from evals.machine import current_commit, this_machine
from evals.record import RESULTS_FOLDER, Manifest, ResultError, Row, Run, load_run, results_folder, save_run
from evals.report import print_run
from evals.run import cases_sha256, run_cases, summarise
from evals.verdict import print_comparison
from retriever.types import Answer, AnswerKind, Coverage, CoveredAgreement

_CASES = tuple(
    Case.model_validate(fields)
    for fields in (
        {"id": "l1", "type": "lookup", "q": "hyra", "expected": {"hyra": "explicit"}},
        {"id": "l2", "type": "lookup", "q": "vård", "expected": {"vård": "explicit"}},
        {"id": "u1", "type": "unanswerable", "q": "simhall"},
        {"id": "u2", "type": "unanswerable", "q": "krasch"},
    )
)


def _system(silence: Answer, knows: str) -> Callable[[str], Answer]:
    """A system that knows one agreement by name, crashes on "krasch" and is silent on everything else."""

    def ask(question: str) -> Answer:
        if question == "krasch":
            raise RuntimeError("slut på minne")
        if question != knows:
            return silence
        named = CoveredAgreement(knows, knows, Coverage.EXPLICIT, 1.0, ())
        return replace(silence, kind=AnswerKind.AGREEMENTS, abstained=False, agreements=(named,))

    return ask


def _run(name: str, rows: tuple[Row, ...]) -> Run:
    manifest = Manifest(
        name=name,
        command="avtal eval run",
        commit="0123456789",
        created="2026-01-01T00:00:00+00:00",
        machine=this_machine(),
        generation="g1",
        encoder="liten",
        case_files=("fall.jsonl",),
        cases_sha256="ab",
        agreements=2,
    )
    return Run(manifest=manifest, rows=rows)


@pytest.fixture
def rows(silence: Answer, texts: dict[str, str]) -> tuple[Row, ...]:
    return run_cases(_CASES, _system(silence, "hyra"), texts)


def test_a_crash_is_a_row_with_zero_and_the_run_goes_on(rows: tuple[Row, ...]) -> None:
    assert [row.id for row in rows] == ["l1", "l2", "u1", "u2"]
    assert [row.scores["score"] for row in rows] == [1.0, 0.0, 1.0, 0.0]
    assert rows[3].error == "RuntimeError: slut på minne"
    assert rows[3].given is None
    assert not rows[3].abstained


def test_progress_ticks_once_a_case(silence: Answer, texts: dict[str, str]) -> None:
    ticks: list[int] = []
    run_cases(_CASES, _system(silence, "hyra"), texts, tick=lambda: ticks.append(1))
    assert len(ticks) == len(_CASES)


def test_nothing_is_asked_when_a_case_does_not_fit(silence: Answer) -> None:
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return silence

    with pytest.raises(CaseError, match="hyra finns inte"):
        run_cases(_CASES, ask, {"vård": ""})
    assert asked == []


def test_a_summary_by_hand(rows: tuple[Row, ...]) -> None:
    summary = summarise(rows)
    by_type = {item.type: item for item in summary.types}
    assert by_type[CaseType.LOOKUP].metrics["score"].mean == 1 / 2
    assert by_type[CaseType.UNANSWERABLE].metrics["score"].mean == 1 / 2
    assert by_type[CaseType.UNANSWERABLE].crashes == 1
    assert (summary.overall.mean, summary.overall.n) == (1 / 2, 4)
    # Silent on l2 and u1, should be on u1 and u2: P 1/2, R 1/2.
    assert (summary.abstention.precision, summary.abstention.recall) == (1 / 2, 1 / 2)


def test_latency_percentiles_by_hand(rows: tuple[Row, ...]) -> None:
    timed = [
        row.model_copy(update={"took_ms": float(time)}) for row, time in zip(rows, (1, 2, 3, 5), strict=True)
    ]
    latency = summarise(timed).latency
    # Linear between the sorted times: the 50th is half-way from 2 to 3, the 95th 85 % of 3 to 5.
    assert latency.p50 == 2.5
    assert latency.p95 == pytest.approx(4.7)


def test_a_run_survives_the_disk(rows: tuple[Row, ...], tmp_path: Path) -> None:
    run = _run("prov", rows)
    path = save_run(run, tmp_path)
    assert path.name == "prov-0123456789.json"
    assert load_run(path) == run


def test_a_file_that_is_no_run_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "fel.json"
    path.write_text('{"manifest": 1}', encoding="utf-8")
    with pytest.raises(ResultError, match=r"fel\.json är ingen resultatfil"):
        load_run(path)
    with pytest.raises(ResultError, match=r"borta\.json kan inte läsas"):
        load_run(tmp_path / "borta.json")


def test_the_machine_and_commit_name_no_host_and_no_path() -> None:
    told = this_machine().model_dump_json() + current_commit()
    assert str(Path.cwd()) not in told
    assert this_machine().cores >= 1


def test_a_comparison_shows_what_flipped(
    rows: tuple[Row, ...], silence: Answer, texts: dict[str, str]
) -> None:
    after = run_cases(_CASES, _system(silence, "vård"), texts)
    comparison = compare_runs(_run("a", rows), _run("b", after))
    assert [(flip.before.id, flip.gained) for flip in comparison.flips] == [("l1", False), ("l2", True)]
    lookup, unanswerable, total = comparison.differences
    assert (lookup.before, lookup.after, lookup.change.mean, lookup.p) == (0.5, 0.5, 0.0, 1.0)
    assert (unanswerable.change.mean, unanswerable.significant) == (0.0, False)
    assert (total.type, total.change.n) == (None, 4)
    assert comparison.same_cases


def test_runs_of_other_cases_are_not_compared(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ResultError, match="u2 finns bara i den ena"):
        compare_runs(_run("a", rows), _run("b", rows[:3]))


def test_a_real_gain_is_told_from_noise(rows: tuple[Row, ...]) -> None:
    many = tuple(
        rows[0].model_copy(update={"id": f"l{place}", "scores": {"score": 0.0}}) for place in range(30)
    )
    better = tuple(row.model_copy(update={"scores": {"score": 1.0}}) for row in many)
    noisy = tuple(
        row.model_copy(update={"scores": {"score": 1.0 if place in (3, 17) else 0.0}})
        for place, row in enumerate(many)
    )
    assert compare_runs(_run("a", many), _run("b", better)).differences[0].significant
    assert not compare_runs(_run("a", many), _run("b", noisy)).differences[0].significant


def test_tables_say_the_figures_in_swedish(
    rows: tuple[Row, ...], silence: Answer, texts: dict[str, str]
) -> None:
    console = Console(file=io.StringIO(), width=160)
    before, after = _run("a", rows), _run("b", run_cases(_CASES, _system(silence, "vård"), texts))
    print_run(before, console)
    print_comparison(before, after, compare_runs(before, after), console)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    for words in (
        "hitta avtalet",
        "0,500",
        "krasch: RuntimeError: slut på minne",
        "+ klarar nu l2",
        "2 fall bytte",
    ):
        assert words in shown


def test_the_question_set_is_named_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "fall.jsonl"
    path.write_bytes(b"abc")
    assert cases_sha256([path]) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_runs_of_own_cases_are_kept_beside_them_and_never_in_the_project(tmp_path: Path) -> None:
    shipped = CASES_FOLDER / "samples.jsonl"
    assert results_folder([shipped]) == RESULTS_FOLDER
    assert results_folder([tmp_path / "mina.jsonl"]) == tmp_path / "resultat"
    assert results_folder([shipped, tmp_path / "mina.jsonl"]) == tmp_path / "resultat"
