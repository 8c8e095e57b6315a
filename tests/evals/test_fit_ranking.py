"""The fit of the order's weights, on passages made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.fit_ranking import Ranking, fitted, reciprocal_rank
from retriever.types import QuestionKind


def _asked(right: int, seed: int) -> Ranking:
    """Six passages with noise in all numbers but the first, which is highest for the right one."""
    numbers = np.random.default_rng(seed).normal(size=(6, 3))
    numbers[:, 0] = 0.1 * numbers[:, 0] + (np.arange(6) == right)
    return Ranking(QuestionKind.PASSAGES, numbers, np.arange(6) == right)


def test_the_number_that_tells_the_right_passage_gets_the_weight() -> None:
    asked = [_asked(seed % 6, seed) for seed in range(60)]
    weights = fitted(asked)
    assert weights[0] > 5 * np.abs(weights[1:]).max()
    assert np.mean([reciprocal_rank(row, weights) for row in asked]) > 0.95


def test_a_question_whose_passage_is_not_among_the_first_tells_nothing() -> None:
    asked = [_asked(seed % 6, seed) for seed in range(20)]
    lost = Ranking(QuestionKind.FACT, asked[0].numbers * 9, np.zeros(6, dtype=np.bool_))
    assert fitted([*asked, lost]) == pytest.approx(fitted(asked))
    assert reciprocal_rank(lost, np.ones(3)) == 0.0


def test_the_rank_counts_from_the_best_and_only_among_the_first_ten() -> None:
    numbers = -np.arange(12, dtype=np.float64)[:, None]
    asked = [Ranking(QuestionKind.FACT, numbers, np.arange(12) == place) for place in (0, 3, 11)]
    assert [reciprocal_rank(row, np.ones(1)) for row in asked] == [1.0, 0.25, 0.0]
