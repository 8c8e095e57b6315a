"""IBM model 1 and the transplanted rows, in a world of three words."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.training.alignment import align, link
from indexer.training.transplant import aligned_rows

# "avtal" 0, "nytt" 1 · "agreement" 0, "new" 1
SWEDISH = [np.array([0], np.int32), np.array([0, 1], np.int32)]
ENGLISH = [np.array([0], np.int32), np.array([0, 1], np.int32)]


def test_links_are_all_pairs_within_a_sentence() -> None:
    links = link(SWEDISH, ENGLISH, max_links=4)
    pairs = list(zip(links.swedish[links.pair], links.english[links.pair], strict=True))
    assert pairs == [(0, 0), (0, 0), (1, 0), (0, 1), (1, 1)]
    assert links.group.tolist() == [0, 1, 1, 2, 2]


def test_long_sentence_pairs_are_left_out() -> None:
    assert len(link(SWEDISH, ENGLISH, max_links=3).pair) == 1
    with pytest.raises(ValueError, match="no sentence pair"):
        link(SWEDISH, ENGLISH, max_links=0)


def test_one_round_by_hand() -> None:
    # Even start: "avtal" explains 1 + 1/2 of "agreement" and 1/2 of "new"; "nytt" half of each.
    found = align(link(SWEDISH, ENGLISH, 4), pieces=2, rounds=1)
    told = {(s, e): p for s, e, p in zip(found.swedish, found.english, found.probability, strict=True)}
    assert told[(0, 0)] == pytest.approx(0.75)
    assert told[(0, 1)] == pytest.approx(0.25)
    assert told[(1, 0)] == told[(1, 1)] == pytest.approx(0.5)
    assert found.seen.tolist() == pytest.approx([2.0, 1.0])


def test_more_rounds_find_the_translation() -> None:
    found = align(link(SWEDISH, ENGLISH, 4), pieces=2, rounds=30)
    told = {(s, e): p for s, e, p in zip(found.swedish, found.english, found.probability, strict=True)}
    assert told[(0, 0)] > 0.95
    assert told[(1, 1)] > 0.95


def test_rows_are_weighted_means_of_the_sure_alignments() -> None:
    english = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    found = align(link(SWEDISH, ENGLISH, 4), pieces=3, rounds=1)
    rows = aligned_rows(found, english, pieces=3, keep=0.05)
    np.testing.assert_allclose(rows, [[0.75, 0.25], [0.5, 0.5], [0.0, 0.0]])
    rows = aligned_rows(found, english, pieces=3, keep=0.6)
    np.testing.assert_allclose(rows, [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0]])
