"""The two sets of agreements written by somebody who knew neither program nor cases: whole, and checkable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from evals.cases import check_cases, load_cases

UNSEEN = Path(__file__).resolve().parents[2] / "evals" / "unseen"


@pytest.mark.parametrize("name", ["utveckling", "prov"])
def test_every_case_can_be_checked_against_its_texts(name: str) -> None:
    files = sorted((UNSEEN / name / "docs").iterdir())
    texts = {file.stem: read_document(file, file.name).text for file in files}
    cases = load_cases(UNSEEN / name / "cases.jsonl")
    assert len(texts) == 24
    assert len(cases) == 110
    check_cases(cases, texts)


def test_the_two_sets_share_no_text_and_no_question() -> None:
    kept: list[set[str]] = []
    for name in ("utveckling", "prov"):
        rows = (UNSEEN / name / "cases.jsonl").read_text("utf-8").splitlines()
        kept.append({json.loads(row)["q"].casefold() for row in rows if row.strip()})
        kept.append({file.read_text("utf-8") for file in (UNSEEN / name / "docs").iterdir()})
    assert kept[0].isdisjoint(kept[2])
    assert kept[1].isdisjoint(kept[3])
