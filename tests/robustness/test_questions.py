"""Any question is answered or refused in words; 5,000 in each of two worlds by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

import random
from pathlib import Path

from tests.robustness import questions


def test_questions_of_every_kind_are_answered_or_refused_in_words(tmp_path: Path) -> None:
    outcome = questions.in_the_tiny_world(tmp_path, 60, random.Random(5))
    assert outcome.wrong == []
    assert outcome.states.total() == 63
    assert outcome.citations > 60


def test_without_the_protection_they_are_not(tmp_path: Path) -> None:
    with questions.unprotected():
        outcome = questions.in_the_tiny_world(tmp_path, 0, random.Random(5))
    assert len(outcome.wrong) == 1
