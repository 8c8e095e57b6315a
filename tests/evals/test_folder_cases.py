"""The cases of every folder: one set together, and true of the sources that the samples are built from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from evals.cases import CASES_FOLDER, Case, CaseType, load_cases

_SOURCES = Path(__file__).parents[2] / "evals" / "samples" / "sources"
_FOLDERS = ("regionalt", "statligt", "naringsliv", "utbildning", "vard")


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {f"{path.parent.name}/{path.stem}": path.read_text("utf-8") for path in _SOURCES.glob("*/*.md")}


@pytest.fixture(scope="module", params=_FOLDERS)
def cases(request: pytest.FixtureRequest) -> tuple[Case, ...]:
    return load_cases(CASES_FOLDER / f"{request.param}.jsonl")


def test_no_case_is_met_twice_in_the_files_together() -> None:
    paths = sorted(CASES_FOLDER.glob("*.jsonl"))
    assert {path.stem for path in paths} >= {"samples", *_FOLDERS}
    assert len(load_cases(*paths)) == sum(len(load_cases(path)) for path in paths)


def test_a_case_is_named_after_its_folder_and_type(cases: tuple[Case, ...]) -> None:
    assert [case.id for case in cases if not re.fullmatch(rf"[a-z]+-{case.type}-\d\d", case.id)] == []


def test_every_quote_stands_once_in_one_line_of_its_source(
    cases: tuple[Case, ...], sources: dict[str, str]
) -> None:
    wrong = [
        (case.id, expected.quote)
        for case in cases
        for expected in case.quotes
        if expected.agreement in sources
        and ("\n" in expected.quote or sources[expected.agreement].count(expected.quote) != 1)
    ]
    assert wrong == []


def test_every_folder_has_cases_of_every_type(cases: tuple[Case, ...]) -> None:
    assert set(Counter(case.type for case in cases)) == set(CaseType)


def test_a_paraphrase_borrows_no_long_word_of_its_passage(cases: tuple[Case, ...]) -> None:
    paraphrased = [case for case in cases if case.paraphrase]
    assert paraphrased
    for case in paraphrased:
        passage = set().union(*(_stems(expected.quote) for expected in case.quotes))
        assert _stems(case.q) & passage == set(), case.id


def _stems(text: str) -> set[str]:
    """First five letters of the longer words."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{5,}", text.casefold())}
