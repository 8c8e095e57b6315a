"""One score from two: worked by hand, and true whatever the numbers and their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.engine import ordered
from retriever.fusion import WORD_SHARE, Scores, fuse, halfway, scaled

SCORE = st.floats(min_value=-100, max_value=100, width=32)
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=30)


def columns(pairs: list[tuple[float, float]]) -> tuple[Scores, Scores]:
    table = np.array(pairs, dtype=np.float32)
    return table[:, 0], table[:, 1]


def test_a_convex_combination_by_hand() -> None:
    words = np.array([0, 1, 2], dtype=np.float32)
    vectors = np.array([0.9, 0.1, 0.5], dtype=np.float32)
    assert fuse(words, vectors, 0.6) == pytest.approx([0.4, 0.3, 0.8])
    assert fuse(words, vectors, 1.0) == pytest.approx([0.0, 0.5, 1.0])
    assert fuse(words, vectors, 0.0) == pytest.approx([1.0, 0.0, 0.5])
    assert fuse(words, vectors) == pytest.approx(fuse(words, vectors, WORD_SHARE))


def test_a_side_that_tells_nothing_adds_nothing() -> None:
    same = np.full(3, 0.7, dtype=np.float32)
    assert scaled(same).tolist() == [0.0, 0.0, 0.0]
    assert fuse(same, np.array([1, 3, 2], dtype=np.float32), 0.5) == pytest.approx([0.0, 0.5, 0.25])
    assert fuse(np.zeros(0, np.float32), np.zeros(0, np.float32)).shape == (0,)


def test_sides_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2,\) word scores but \(3,\) vector scores"):
        fuse(np.zeros(2, np.float32), np.zeros(3, np.float32))


@given(PAIRS, st.floats(min_value=0, max_value=1))
def test_fused_scores_are_in_range_and_symmetric(pairs: list[tuple[float, float]], share: float) -> None:
    words, vectors = columns(pairs)
    fused = fuse(words, vectors, share)
    assert fused.dtype == np.float32
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-6
    assert fused == pytest.approx(fuse(vectors, words, 1 - share), abs=1e-6)


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(pairs: list[tuple[float, float]], chance: object) -> None:
    words, vectors = columns(pairs)
    order = np.array(chance.sample(range(len(pairs)), len(pairs)))  # type: ignore[attr-defined]
    assert fuse(words[order], vectors[order]).tolist() == fuse(words, vectors)[order].tolist()


@given(PAIRS)
def test_a_row_at_least_as_good_on_both_sides_is_never_below(pairs: list[tuple[float, float]]) -> None:
    words, vectors = columns(pairs)
    fused = fuse(words, vectors)
    for a in range(len(pairs)):
        for b in range(len(pairs)):
            if words[a] >= words[b] and vectors[a] >= vectors[b]:
                assert fused[a] >= fused[b]


@given(st.lists(SCORE, max_size=30))
def test_rows_are_ordered_by_falling_score_and_ties_by_row(scores: list[float]) -> None:
    rows = ordered(np.array(scores, dtype=np.float32))
    assert rows == sorted(range(len(scores)), key=lambda row: (-np.float32(scores[row]), row))


def test_halfway_is_of_length_one_and_opposites_stay_at_the_first() -> None:
    east, north = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)
    assert halfway(east, north) == pytest.approx([0.5**0.5, 0.5**0.5])
    assert halfway(east, -east) == pytest.approx([1, 0])
