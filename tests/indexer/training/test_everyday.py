"""Everyday questions with their clauses: read whole, a sixth held out of the training."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.training.everyday import HELD_OUT, everyday
from indexer.training.pairs import spoken


def test_every_row_has_questions_and_a_clause_and_none_is_asked_twice() -> None:
    rows = everyday()
    asked = [question.casefold() for row in rows for question in row.questions]
    assert len(rows) > 2000
    assert len({row.clause for row in rows}) == len(rows)
    assert len(asked) - len(set(asked)) <= 0.01 * len(asked)  # a few questions fit two clauses


def test_held_out_clauses_are_not_trained_on() -> None:
    trained = {pair.passage for pair in spoken()}
    held = {row.clause for row in everyday() if row.held_out}
    assert trained.isdisjoint(held)
    assert len(held) >= len(everyday()) // HELD_OUT


def test_a_row_without_a_clause_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text("# comment\nVad kostar det? | Är det dyrt?\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.txt: .*Vad kostar det"):
        everyday(tmp_path)
