"""The sets of agreements written by people who knew neither program nor cases: whole, and checkable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from evals.cases import check_cases, load_cases

UNSEEN = Path(__file__).resolve().parents[2] / "evals" / "unseen"


SETS = {
    "utveckling": (24, 110),
    "utveckling-b": (28, 120),
    "utveckling-c": (28, 120),
    "utveckling-d": (28, 120),
    "utveckling-e": (28, 120),
    "utveckling-f": (28, 120),
    "utveckling-g": (28, 120),
    "utveckling-h": (30, 120),
    "utveckling-i": (28, 120),
    "utveckling-j": (28, 120),
    "utveckling-k": (28, 120),
    "utveckling-l": (28, 120),
    "utveckling-m": (28, 120),
    "utveckling-n": (28, 120),
    "utveckling-o": (28, 120),
    "utveckling-p": (28, 120),
    "utveckling-q": (24, 110),
    "utveckling-r": (28, 120),
    "utveckling-s": (28, 120),
    "utveckling-t": (28, 120),
    "prov-e": (28, 120),
    "prov-f": (28, 120),
    "prov-g": (28, 120),
}


def test_every_set_is_named_here() -> None:
    assert {folder.name for folder in UNSEEN.iterdir() if folder.is_dir()} == set(SETS)


@pytest.mark.parametrize(
    ("name", "agreements", "questions"), [(name, *counts) for name, counts in SETS.items()]
)
def test_every_case_can_be_checked_against_its_texts(name: str, agreements: int, questions: int) -> None:
    files = sorted((UNSEEN / name / "docs").iterdir())
    texts = {file.stem: read_document(file, file.name).text for file in files}
    cases = load_cases(UNSEEN / name / "cases.jsonl")
    assert (len(texts), len(cases)) == (agreements, questions)
    check_cases(cases, texts)


FACTS = {
    "utveckling": 86,
    "utveckling-b": 137,
    "utveckling-c": 117,
    "utveckling-e": 60,
    "utveckling-f": 60,
    "utveckling-g": 60,
    "utveckling-h": 60,
    "utveckling-i": 60,
    "utveckling-j": 60,
    "utveckling-k": 60,
    "utveckling-l": 60,
    "utveckling-m": 30,
    "utveckling-n": 30,
    "utveckling-o": 30,
    "utveckling-p": 30,
    "utveckling-s": 30,
    "utveckling-t": 30,
    "prov-e": 30,
    "prov-f": 30,
    "prov-g": 30,
}
"""More questions of fact over the same agreements, for the fit of the short answers alone."""


@pytest.mark.parametrize(("name", "questions"), FACTS.items())
def test_the_questions_of_fact_can_be_checked_against_their_texts(name: str, questions: int) -> None:
    texts = {file.stem: read_document(file, file.name).text for file in (UNSEEN / name / "docs").iterdir()}
    cases = load_cases(UNSEEN / name / "fakta.jsonl")
    assert len(cases) == questions
    check_cases(cases, texts)


TOGETHER = ("r", "s", "t")
"""The sets whose agreements `stor.jsonl` asks about as one collection; an agreement there is "r/its name"."""


def test_the_questions_to_three_sets_as_one_collection_can_be_checked_against_their_texts() -> None:
    texts = {
        f"{letter}/{file.stem}": read_document(file, file.name).text
        for letter in TOGETHER
        for file in (UNSEEN / f"utveckling-{letter}" / "docs").iterdir()
    }
    cases = load_cases(UNSEEN / "stor.jsonl")
    assert (len(texts), len(cases)) == (84, 212)
    check_cases(cases, texts)


def test_no_two_sets_share_a_text_and_hardly_a_question() -> None:
    questions: list[str] = []
    texts: list[str] = []
    for name in SETS:
        rows = (UNSEEN / name / "cases.jsonl").read_text("utf-8").splitlines()
        questions.extend({json.loads(row)["q"].casefold() for row in rows if row.strip()})
        texts.extend({file.read_text("utf-8") for file in (UNSEEN / name / "docs").iterdir()})
    assert len(set(questions)) == len(questions) - 37, "37 are asked of any collection, as what ends in 2026"
    assert len(set(texts)) == len(texts)
