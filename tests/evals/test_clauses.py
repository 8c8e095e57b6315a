"""The measure of the clause labels: counts by hand, and a truth that names types that exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import AvtalError
from evals.clauses import HELD_TRUTH, TRUTH, ClauseScore, ClauseTruth, read_truth, score_agreement


def test_a_type_on_which_readers_differ_counts_neither_way() -> None:
    truth = ClauseTruth(frozenset({"term", "notice"}), frozenset({"scope"}))
    scores = score_agreement(truth, ["term", "disputes", "scope"])
    assert "scope" not in scores
    assert (scores["term"], scores["disputes"], scores["notice"]) == (
        ClauseScore(right=1), ClauseScore(wrong=1), ClauseScore(missed=1),
    )  # fmt: skip
    total = sum(scores.values(), ClauseScore())
    assert (total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5)


def test_nothing_labelled_and_nothing_there_is_right() -> None:
    assert (ClauseScore().precision, ClauseScore().recall, ClauseScore().f1) == (1.0, 1.0, 1.0)


def test_the_truths_can_be_read_and_share_no_agreement() -> None:
    read, held = read_truth(TRUTH), read_truth(HELD_TRUTH)
    assert (len(read), len(held)) == (30, 10)
    assert not set(read) & set(held)


def test_a_type_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truth.toml"
    path.write_text('["a/b"]\nhas = ["semester"]\n', encoding="utf-8")
    with pytest.raises(AvtalError, match="a/b har semester"):
        read_truth(path)
