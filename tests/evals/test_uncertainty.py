"""Intervals of figures that are no means: five cases by hand, and another way of counting on random worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import CaseType, Split
from evals.intervals import bootstrap_interval
from evals.metrics import abstention_scores
from evals.record import Given, Row
from evals.resampling import resampled_interval
from evals.uncertainty import abstention_intervals, latency_intervals


def _row(should: bool, did: bool, took_ms: float = 1.0) -> Row:
    kind = CaseType.UNANSWERABLE if should else CaseType.LOOKUP
    answer = Given(kind="none", statement="", short_answer=None, abstained=did, agreements=(), quotes=())
    return Row(
        id="x",
        type=kind,
        scored_as=kind,
        split=Split.TUNE,
        paraphrase=False,
        q="Fråga?",
        scores={"score": float(should == did)},
        given=answer,
        error=None,
        took_ms=took_ms,
    )


def test_abstention_by_hand() -> None:
    # Three should be silent, two of them are, one is silent for nothing: P 2/3, R 2/3, F1 2/3.
    found = abstention_intervals(
        [_row(True, True), _row(True, True), _row(True, False), _row(False, True), _row(False, False)]
    )
    assert found is not None
    assert [each.mean for each in (found.precision, found.recall, found.f1)] == pytest.approx([2 / 3] * 3)
    assert found.f1.low < found.f1.mean < found.f1.high <= 1.0


def test_without_anything_to_be_silent_about_there_is_nothing_to_grade() -> None:
    assert abstention_intervals([_row(False, False), _row(False, True)]) is None
    never = abstention_intervals([_row(True, False), _row(False, False)])
    assert never is not None
    assert (never.precision.mean, never.recall.mean, never.f1.mean) == (0.0, 0.0, 0.0)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=10))
def test_the_figures_are_those_of_the_sets(pairs: list[tuple[bool, bool]]) -> None:
    found = abstention_intervals([_row(*pair) for pair in pairs])
    scores = abstention_scores(pairs)
    if found is None:
        assert not any(should for should, _ in pairs)
    else:
        means = (found.precision.mean, found.recall.mean, found.f1.mean)
        assert means == pytest.approx((scores.precision, scores.recall, scores.f1))


def test_latency_by_hand() -> None:
    # Of 1, 2, 3, 4, 100 ms the median is 3; the 95th percentile lies 0.8 of the way from 4 to 100.
    found = latency_intervals([_row(False, False, took) for took in (100.0, 3.0, 1.0, 4.0, 2.0)])
    assert found.p50.mean == 3.0
    assert found.p95.mean == pytest.approx(4 + 0.8 * 96)
    assert found.p99.mean == pytest.approx(4 + 0.96 * 96)
    assert found.p50.low >= 1.0
    assert found.p50.high <= 100.0


def test_a_mean_resampled_is_the_bootstrap_of_the_mean() -> None:
    values = np.array([0.0, 1.0, 1.0, 0.5, 0.25])
    found = resampled_interval(5, lambda drawn: values[drawn].mean(axis=1))
    assert found == bootstrap_interval(values.tolist())
    with pytest.raises(ValueError, match="at least one"):
        resampled_interval(0, lambda drawn: drawn.mean(axis=1))
