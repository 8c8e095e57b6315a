"""95 % intervals of a run's figures that are no means of rows: abstention and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.cases import CaseType
from evals.intervals import Interval
from evals.record import Row
from evals.resampling import Statistic, resampled_interval


@dataclass(frozen=True, slots=True)
class AbstentionIntervals:
    """Precision, recall and F1 of "inget stöd" over all cases, 0..1."""

    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True, slots=True)
class LatencyIntervals:
    """Percentiles of the time to an answer, in milliseconds."""

    p50: Interval
    p95: Interval
    p99: Interval


def abstention_intervals(rows: Sequence[Row]) -> AbstentionIntervals | None:
    """Of every row; None where no case wants an abstention, so that there is nothing to find."""
    should = np.array([row.scored_as is CaseType.UNANSWERABLE for row in rows], dtype=np.bool_)
    did = np.array([row.abstained for row in rows], dtype=np.bool_)
    if not should.any():
        return None

    def share(of: NDArray[np.bool_]) -> Statistic:
        return lambda drawn: _share((should & did)[drawn].sum(axis=1), of[drawn].sum(axis=1))

    def f1(drawn: NDArray[np.int64]) -> NDArray[np.float64]:
        named = should[drawn].sum(axis=1) + did[drawn].sum(axis=1)
        return _share(2 * (should & did)[drawn].sum(axis=1), named)

    n = len(rows)
    return AbstentionIntervals(
        precision=resampled_interval(n, share(did)),
        recall=resampled_interval(n, share(should)),
        f1=resampled_interval(n, f1),
    )


def latency_intervals(rows: Sequence[Row]) -> LatencyIntervals:
    """Of every row, crashes with the time until they crashed. Raises ValueError for no rows."""
    times = np.array([row.took_ms for row in rows], dtype=np.float64)

    def percentile(at: float) -> Statistic:
        return lambda drawn: np.percentile(times[drawn], at, axis=1)

    return LatencyIntervals(*(resampled_interval(len(rows), percentile(at)) for at in (50, 95, 99)))


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """part / whole, 0 where there is nothing."""
    shares: NDArray[np.float64] = np.where(whole > 0, part / np.maximum(whole, 1), 0.0)
    return shares
