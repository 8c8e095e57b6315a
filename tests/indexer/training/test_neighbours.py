"""Pieces that are used alike lend each other rows."""

from __future__ import annotations

import numpy as np

from indexer.training.neighbours import borrowed_rows, cooccurrences, usage_vectors
from indexer.training.recipe import Neighbours

RECIPE = Neighbours(
    window=1, dimension=2, characters_per_source=100, nearest=1, sharpness=10.0, prior_strength=1.0
)


def test_counts_are_symmetric_and_stay_within_a_line() -> None:
    lines = [np.array([0, 1, 2], np.int32), np.array([3], np.int32), np.array([0], np.int32)]
    counts = cooccurrences(lines, pieces=4, window=2).toarray()
    np.testing.assert_allclose(counts[0], [0, 1, 0.5, 0])
    np.testing.assert_allclose(counts, counts.T)
    assert counts[3].sum() == 0


def test_a_word_unknown_to_the_pairs_borrows_from_the_one_used_like_it() -> None:
    # "hund" 0 and "katt" 1 both stand beside "djur" 2; "avtal" 3 and "kontrakt" 4 beside "part" 5.
    lines = [np.array(row, np.int32) for row in ([0, 2], [1, 2], [3, 5], [4, 5])] * 5
    usage = usage_vectors(cooccurrences(lines, 6, window=1), dimension=4, seed=0)
    rows = np.arange(12, dtype=np.float32).reshape(6, 2)
    trust = np.array([0, 1, 1, 1, 0, 1], np.float32)
    borrowed = borrowed_rows(usage, rows, trust, RECIPE)
    np.testing.assert_allclose(borrowed[0], rows[1], atol=1e-4)
    np.testing.assert_allclose(borrowed[4], rows[3], atol=1e-4)
