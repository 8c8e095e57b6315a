"""The fit of the short answers' weights, on choices made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.fact_choices import Choice
from evals.fit_facts import Problem, cross_validated, table


def _choice(case_id: str, right: int | None) -> Choice:
    """Two candidates; what is right stands nearer the question by words."""
    told = [{"support": 1.0 if place == right else 0.2, "height": 1.0} for place in range(2)]
    answers = [place == right for place in range(2)]
    return Choice(case_id, "figure", told, answers, [[0], [1]], right is not None, True, 1.0)


_CHOICES = [_choice(f"a{n}", n % 2) for n in range(8)] + [_choice(f"b{n}", None) for n in range(4)]


def test_the_slope_is_that_of_the_loss() -> None:
    problem = Problem.of(_CHOICES)
    weights = problem.present + np.linspace(-0.3, 0.3, len(problem.present))
    _, slope = problem.loss(weights, range(len(_CHOICES)), 0.5)
    step = np.zeros(len(weights))
    place = problem.names.index("support")
    step[place] = 1e-5
    above, _ = problem.loss(weights + step, range(len(_CHOICES)), 0.5)
    below, _ = problem.loss(weights - step, range(len(_CHOICES)), 0.5)
    assert slope[place] == pytest.approx((above - below) / 2e-5, rel=1e-4)


def test_the_fit_never_does_worse_than_the_present_weights() -> None:
    problem = Problem.of(_CHOICES)
    every = range(len(_CHOICES))
    before, _ = problem.loss(problem.present, every, 0.5)
    after, _ = problem.loss(problem.fitted(every, 0.5), every, 0.5)
    assert after < before


def test_each_choice_is_judged_once_by_weights_fitted_without_it() -> None:
    problem = Problem.of(_CHOICES)
    outcomes = cross_validated(problem, 0.5, 4)
    assert sorted(outcomes) == list(range(12))
    assert all(outcomes[place][1] for place in range(8))


def test_the_table_counts_right_wrong_and_silent() -> None:
    outcomes = {0: (0.9, True), 1: (0.3, True), 8: (0.45, False)}
    lines = table(_CHOICES, outcomes)
    assert lines[0].startswith("2 frågor med svar, 1 utan")
    assert lines[-1] == "  0.50: 0.500 0.000 1.000  tillsammans 0.667"
