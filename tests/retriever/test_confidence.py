"""How sure an answer is: what speaks for the best passage; and how far a score stands out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from retriever.confidence import confidence
from retriever.fusion import heights


def test_heights_are_standard_deviations_above_the_mean_of_the_scope() -> None:
    cosines = np.array([0.1, 0.1, 0.1, 0.1, 0.6], np.float32)  # mean .2, deviation .2
    assert heights(cosines, np.ones(5, np.bool_)) == pytest.approx([-0.5] * 4 + [2.0], abs=1e-5)


def test_a_row_out_of_scope_has_no_height() -> None:
    scope = np.array([True, True, False, False, False])
    cosines = np.array([0.2, 0.4, -1.0, -1.0, -1.0], np.float32)
    assert heights(cosines, scope) == pytest.approx([-1.0, 1.0, 0.0, 0.0, 0.0], abs=1e-5)


def test_what_are_all_alike_and_an_empty_scope_have_no_height() -> None:
    alike = np.full(5, 0.3, np.float32)
    assert heights(alike, np.ones(5, np.bool_)).tolist() == [0.0] * 5
    assert heights(alike, np.zeros(5, np.bool_)).tolist() == [0.0] * 5


def test_more_that_speaks_for_the_best_makes_it_surer_and_unknown_words_less_sure() -> None:
    assert 0 < confidence(5.0, True) < confidence(15.0, True) < confidence(25.0, True) < 1
    assert confidence(15.0, False) < confidence(15.0, True)
    assert confidence(-math.inf, True) == 0.0  # nothing in scope
