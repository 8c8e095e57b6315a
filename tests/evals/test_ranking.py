"""Ranking measures: a five-document world by hand, and an independent implementation on random ones."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.ranking import RANKING_METRICS, ranking_scores

_ITEMS = [f"d{number}" for number in range(15)]


def test_the_measures_by_their_printed_names() -> None:
    assert RANKING_METRICS == ("nDCG@10", "RR@10", "R@10", "Success@1", "Success@3")


def test_five_documents_by_hand() -> None:
    # Ranked c a d b e; a is explicit (2), b and x are related (1), x is never found.
    scores = ranking_scores(["c", "a", "d", "b", "e"], {"a": 2, "b": 1, "x": 1})
    gained = 2 / math.log2(3) + 1 / math.log2(5)
    best = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert scores["nDCG@10"] == pytest.approx(gained / best)
    assert scores["RR@10"] == pytest.approx(1 / 2)
    assert scores["R@10"] == pytest.approx(2 / 3)
    assert scores["Success@1"] == 0.0
    assert scores["Success@3"] == 1.0


def test_nothing_ranked_scores_zero_in_everything() -> None:
    assert ranking_scores([], {"a": 1}) == dict.fromkeys(RANKING_METRICS, 0.0)


def test_a_repeated_item_counts_once() -> None:
    twice = ranking_scores(["c", "c", "a"], {"a": 1})
    assert twice["RR@10"] == pytest.approx(1 / 2)


def test_no_relevant_item_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one relevant"):
        ranking_scores(["a"], {})


@given(
    ranked=st.permutations(_ITEMS).flatmap(lambda order: st.integers(0, 15).map(lambda cut: order[:cut])),
    grades=st.dictionaries(st.sampled_from(_ITEMS), st.integers(1, 2), min_size=1),
)
def test_an_independent_implementation_agrees(ranked: list[str], grades: dict[str, int]) -> None:
    top = ranked[:10]
    gained = sum(grades.get(item, 0) / math.log2(place + 2) for place, item in enumerate(top))
    ideal = sorted(grades.values(), reverse=True)[:10]
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(ideal))
    first = next((place + 1 for place, item in enumerate(top) if item in grades), None)
    expected = {
        "nDCG@10": gained / best,
        "RR@10": 1 / first if first else 0.0,
        "R@10": sum(item in grades for item in top) / len(grades),
        "Success@1": float(any(item in grades for item in ranked[:1])),
        "Success@3": float(any(item in grades for item in ranked[:3])),
    }
    assert ranking_scores(ranked, grades) == pytest.approx(expected)
