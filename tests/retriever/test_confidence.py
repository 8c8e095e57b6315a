"""How sure an answer is: support by words, nearness, and how far the nearest stands out."""

from __future__ import annotations

import numpy as np
import pytest

from retriever.confidence import Nearness, confidence

EVERYWHERE = np.ones(5, dtype=np.bool_)


def test_heights_are_standard_deviations_above_the_mean_of_the_scope() -> None:
    cosines = np.array([0.1, 0.1, 0.1, 0.1, 0.6], np.float32)  # mean .2, deviation .2
    nearness = Nearness.of(cosines, EVERYWHERE)
    assert nearness.heights == pytest.approx([-0.5] * 4 + [2.0], abs=1e-5)
    assert nearness.best() == pytest.approx((0.6, 2.0), abs=1e-5)


def test_a_row_out_of_scope_has_no_height() -> None:
    scope = np.array([True, True, False, False, False])
    cosines = np.array([0.2, 0.4, -1.0, -1.0, -1.0], np.float32)
    assert Nearness.of(cosines, scope).heights == pytest.approx([-1.0, 1.0, 0.0, 0.0, 0.0], abs=1e-5)


def test_nothing_in_scope_is_no_confidence() -> None:
    nearness = Nearness.of(np.full(5, -1.0, np.float32), np.zeros(5, dtype=np.bool_))
    assert nearness.best() == (0.0, 0.0)
    assert confidence([], nearness) < 0.01


def test_support_and_standing_out_each_make_it_surer() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(0.3, 0.05, 400).astype(np.float32)
    peak = flat.copy()
    peak[7] = 0.65
    everywhere = np.ones(400, dtype=np.bool_)
    near, far = Nearness.of(peak, everywhere), Nearness.of(flat, everywhere)
    assert confidence([0.2], near) > confidence([0.2], far)
    assert confidence([0.9], near) > confidence([0.2], near)
    assert near.means_it(7) > 0.5 > far.means_it(7)
