"""Risk against coverage: five cases by hand, and an independent implementation on random worlds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import CaseType, Split
from evals.record import Given, Row
from evals.risk import confidence, curve, risk_at, risk_coverage
from retriever.types import Answer, AnswerKind, Coverage, CoveredAgreement


def test_five_cases_by_hand() -> None:
    # Surest first: risks 0, 1, 0.5, 0, 1. Running means 0, 1/2, 1/2, 3/8, 1/2.
    found = curve([1.0, 0.5, 0.0, 0.0, 1.0], [0.1, 0.7, 0.9, 0.4, 0.8])
    assert [point.coverage for point in found.points] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert [point.risk for point in found.points] == pytest.approx([0, 1 / 2, 1 / 2, 3 / 8, 1 / 2])
    assert [point.confidence for point in found.points] == [0.9, 0.8, 0.7, 0.4, 0.1]
    assert found.aurc.mean == pytest.approx((0 + 1 / 2 + 1 / 2 + 3 / 8 + 1 / 2) / 5)
    # In the best order the risks are 0, 0, 0.5, 1, 1: running means 0, 0, 1/6, 3/8, 1/2.
    assert found.best == pytest.approx((1 / 6 + 3 / 8 + 1 / 2) / 5)
    assert found.chance == pytest.approx(1 / 2)
    assert found.aurc.low <= found.aurc.mean <= found.aurc.high


def test_equally_sure_cases_have_no_order() -> None:
    # Two alike with risks 1 and 0: each counts 1/2, whichever stands first.
    first, second = curve([1.0, 0.0, 1.0], [0.5, 0.5, 0.1]), curve([0.0, 1.0, 1.0], [0.5, 0.5, 0.1])
    assert first == second
    assert [point.coverage for point in first.points] == pytest.approx([2 / 3, 1])
    assert [point.risk for point in first.points] == pytest.approx([1 / 2, 2 / 3])
    assert first.aurc.mean == pytest.approx((1 / 2 + 1 / 2 + 2 / 3) / 3)


def test_confidence_that_says_nothing_gives_the_mean_risk_and_a_real_interval() -> None:
    found = curve([1.0, 0.0, 0.0, 0.0], [0.5] * 4)
    assert found.aurc.mean == pytest.approx(found.chance)
    assert found.aurc.low < found.aurc.mean < found.aurc.high


def test_the_point_that_covers_a_share() -> None:
    points = curve([0.0, 1.0], [0.9, 0.1]).points
    assert risk_at(points, 0.5) == points[0]
    assert risk_at(points, 0.6) == points[1]
    assert risk_at(points, 1.1) is None


def test_no_case_and_unequal_lengths_are_errors() -> None:
    with pytest.raises(ValueError, match="at least one"):
        curve([], [])
    with pytest.raises(ValueError, match="1 risks but 2"):
        curve([1.0], [0.1, 0.2])


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.3, 1.0]), st.sampled_from([0.0, 0.2, 0.5, 0.9])),
        min_size=1,
        max_size=12,
    )
)
def test_an_independent_implementation_agrees(cases: list[tuple[float, float]]) -> None:
    found = curve([risk for risk, _ in cases], [sure for _, sure in cases])
    total, seen, areas = 0.0, 0, []
    for level in sorted({sure for _, sure in cases}, reverse=True):
        alike = [risk for risk, sure in cases if sure == level]
        for _ in alike:
            total, seen = total + sum(alike) / len(alike), seen + 1
            areas.append(total / seen)
    assert found.aurc.mean == pytest.approx(sum(areas) / len(areas))
    assert found.best <= found.aurc.mean + 1e-9
    assert found.points[-1].coverage == 1.0
    assert found.points[-1].risk == pytest.approx(found.chance)


def _row(score: float, sure: float | None, error: str | None = None) -> Row:
    given_ = Given(
        kind="passages",
        statement="",
        short_answer=None,
        abstained=False,
        agreements=(),
        quotes=(),
        confidence=sure,
    )
    return Row(
        id="x",
        type=CaseType.LOOKUP,
        scored_as=CaseType.LOOKUP,
        split=Split.TUNE,
        paraphrase=False,
        q="Fråga?",
        scores={"score": score},
        given=None if error else given_,
        error=error,
        took_ms=1.0,
    )


def test_a_crash_comes_last_and_never_vanishes() -> None:
    found = risk_coverage([_row(0.0, None, error="slut på minne"), _row(1.0, 0.2)])
    assert found is not None
    assert [(point.coverage, point.risk) for point in found.points] == [(0.5, 0.0), (1.0, 0.5)]


def test_a_run_stored_without_confidence_has_no_curve() -> None:
    assert risk_coverage([_row(1.0, None), _row(1.0, 0.2)]) is None
    assert risk_coverage([]) is None


def test_confidence_is_the_best_evidence_and_zero_in_silence(silence: Answer) -> None:
    named = tuple(
        CoveredAgreement(name, name, Coverage.EXPLICIT, score, ()) for name, score in (("a", 0.4), ("b", 0.7))
    )
    assert confidence(silence) == 0.0
    assert confidence(replace(silence, agreements=named)) == 0.0
    assert confidence(replace(silence, kind=AnswerKind.AGREEMENTS, abstained=False, agreements=named)) == 0.7
