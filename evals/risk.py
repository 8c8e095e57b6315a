"""Risk against coverage: if only the surest answers had been given, how wrong would they be?

Every case is in the curve. Its risk is 1 - score: of an answer how wrong it is, of an abstention 0 where nothing
answers and 1 where something does. A crash has no confidence and scores zero, so it comes last with risk 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.intervals import Interval
from evals.record import Row
from evals.resampling import resampled_interval
from evals.scoring import SCORE
from retriever.types import Answer

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The share of cases at least this sure, and their mean risk. All in 0..1."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve with a point for each confidence seen, surest first, and the area under it (lower is better).

    `best` is the area if the confidence ordered the answers perfectly, `chance` if it said nothing: the mean risk.
    """

    points: tuple[RiskPoint, ...]
    aurc: Interval
    best: float
    chance: float


def confidence(answer: Answer) -> float:
    """How sure the answer is of itself, 0..1: 0 for an abstention, else its best evidence score.

    An answer carries no confidence of its own. The best evidence is the best agreement's score (how much of the
    subject its sentence says) where agreements are named, else the best hit's fused score.
    """
    if answer.abstained:
        return 0.0
    scores = [shown.score for shown in answer.agreements] or [hit.score for hit in answer.hits]
    return max(scores, default=0.0)


def risk_coverage(rows: Sequence[Row]) -> RiskCoverage | None:
    """The curve of a run; None for no rows, and for a run stored before answers' confidence was kept."""
    given = [row.given for row in rows]
    if not rows or any(answer is not None and answer.confidence is None for answer in given):
        return None
    sure = [(answer.confidence or 0.0) if answer is not None else 0.0 for answer in given]
    return curve([1.0 - row.scores[SCORE] for row in rows], sure)


def risk_at(points: Sequence[RiskPoint], coverage: float) -> RiskPoint | None:
    """The first point that covers at least this share; None above the last."""
    return next((point for point in points if point.coverage >= coverage - 1e-9), None)


def curve(risks: Sequence[float], sure: Sequence[float]) -> RiskCoverage:
    """The curve of cases with these risks and confidences, place by place.

    Cases equally sure have no order: each counts with their mean risk. Raises ValueError for no cases, or unequal
    lengths. AURC is the mean over k of the k surest cases' mean risk (Geifman & El-Yaniv 2017).
    """
    if len(risks) != len(sure):
        raise ValueError(f"{len(risks)} risks but {len(sure)} confidences")
    if not risks:
        raise ValueError("risks: want at least one, got none")
    order = np.argsort(-np.asarray(sure), kind="stable")
    ordered, levels = np.asarray(risks, dtype=np.float64)[order], np.asarray(sure)[order]
    _, group = np.unique(-levels, return_inverse=True)

    def running(drawn: NDArray[np.int64]) -> Numbers:
        # The cases stand in order of confidence, so a draw is in order when its places are.
        places = np.sort(drawn, axis=1)
        return _running_means(_levelled(ordered[places], group[places]))

    whole = running(np.arange(len(ordered))[None, :])[0]
    ends = [at for at in range(len(levels)) if at + 1 == len(levels) or levels[at + 1] != levels[at]]
    return RiskCoverage(
        points=tuple(RiskPoint((at + 1) / len(levels), float(whole[at]), float(levels[at])) for at in ends),
        aurc=resampled_interval(len(ordered), lambda drawn: running(drawn).mean(axis=1)),
        best=float(_running_means(np.sort(ordered)[None, :]).mean()),
        chance=float(ordered.mean()),
    )


def _levelled(risks: Numbers, groups: NDArray[np.int64]) -> Numbers:
    """Each risk replaced by the mean of those of its row in the same group. Same shape."""
    rows, wide = len(risks), int(groups.max()) + 1
    cells = (groups + wide * np.arange(rows)[:, None]).ravel()
    sums = np.bincount(cells, weights=risks.ravel(), minlength=rows * wide)
    counts = np.bincount(cells, minlength=rows * wide)
    means: Numbers = (sums[cells] / counts[cells]).reshape(risks.shape)
    return means


def _running_means(risks: Numbers) -> Numbers:
    """Mean of the first k along each row, for every k. Same shape."""
    means: Numbers = np.cumsum(risks, axis=1) / np.arange(1, risks.shape[1] + 1)
    return means
