"""Intervals and the randomisation test: cases with a known answer."""

from __future__ import annotations

import pytest

from evals.intervals import Interval, bootstrap_interval, holm_adjusted, randomisation_p


def test_equal_values_have_no_spread() -> None:
    assert bootstrap_interval([0.5] * 7) == Interval(0.5, 0.5, 0.5, 7)


def test_half_ones_of_a_hundred_spread_as_the_binomial() -> None:
    # Standard error √(0.25/100) = 0.05, so 95 % reaches about 0.098 to each side.
    interval = bootstrap_interval([0.0, 1.0] * 50)
    assert interval.mean == 0.5
    assert interval.low == pytest.approx(0.402, abs=0.011)
    assert interval.high == pytest.approx(0.598, abs=0.011)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.7, 0.4, 1.0]
    assert bootstrap_interval(values) == bootstrap_interval(values)


def test_no_difference_is_no_evidence() -> None:
    assert randomisation_p([0.0, 0.0, 0.0]) == 1.0


def test_three_equal_gains_by_hand() -> None:
    # Of the 2³ sign patterns two, all plus and all minus, are as extreme: p = 1/4.
    assert randomisation_p([1.0, 1.0, 1.0]) == pytest.approx(0.25, abs=0.02)


def test_twenty_equal_gains_are_not_chance() -> None:
    assert randomisation_p([0.2] * 20) < 0.001


def test_the_sign_of_the_difference_does_not_matter() -> None:
    gains = [0.3, -0.1, 0.2, 0.5, -0.4, 0.1]
    assert randomisation_p(gains) == pytest.approx(randomisation_p([-gain for gain in gains]), abs=0.02)


def test_nothing_to_average_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bootstrap_interval([])
    with pytest.raises(ValueError, match="at least one"):
        randomisation_p([])


def test_several_p_values_are_corrected_by_hand() -> None:
    # Sorted .01 .02 .03 .5 times 4 3 2 1: .04 .06 .06 .5, and none below the one before it.
    assert holm_adjusted([0.5, 0.01, 0.03, 0.02]) == pytest.approx([0.5, 0.04, 0.06, 0.06])
    assert holm_adjusted([0.9, 0.8]) == [1.0, 1.0]
    assert holm_adjusted([]) == []
