"""Uncertainty: bootstrap intervals and the paired randomisation test, each with a seeded generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SEED = 20_260_101
_RESAMPLES = 10_000
# Above this many values a batch of resamples at a time keeps memory under some 40 MB.
_BATCH_CELLS = 5_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval and the number of values behind it."""

    mean: float
    low: float
    high: float
    n: int


def bootstrap_interval(values: Sequence[float]) -> Interval:
    """Mean and 95 % percentile bootstrap interval (Efron 1979), 10,000 resamples.

    Raises ValueError when empty.
    """
    if not values:
        raise ValueError("values: want at least one, got none")
    data = np.asarray(values, dtype=np.float64)
    rng = np.random.default_rng(_SEED)
    batch = max(1, _BATCH_CELLS // data.size)
    means = np.concatenate(
        [
            data[rng.integers(0, data.size, size=(min(batch, _RESAMPLES - done), data.size))].mean(axis=1)
            for done in range(0, _RESAMPLES, batch)
        ]
    )
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(data.mean()), float(low), float(high), int(data.size))


def randomisation_p(differences: Sequence[float]) -> float:
    """Two-sided p in 0..1 of a paired randomisation test: signs flipped at random, 10,000 times.

    p = (1 + times |mean| is at least the observed) / (1 + 10,000), after Smucker et al. (CIKM 2007).
    Raises ValueError when empty.
    """
    if not differences:
        raise ValueError("differences: want at least one, got none")
    data = np.asarray(differences, dtype=np.float64)
    observed = abs(data.mean())
    rng = np.random.default_rng(_SEED)
    batch = max(1, _BATCH_CELLS // data.size)
    extreme = 0
    for done in range(0, _RESAMPLES, batch):
        signs = rng.choice((-1.0, 1.0), size=(min(batch, _RESAMPLES - done), data.size))
        # The slack keeps equal sums, added up in another order, equal.
        extreme += int(np.count_nonzero(np.abs((signs * data).mean(axis=1)) >= observed - 1e-12))
    return (1 + extreme) / (1 + _RESAMPLES)


def holm_adjusted(ps: Sequence[float]) -> list[float]:
    """The p values, in their order, corrected for being several (Holm 1979), each in 0..1.

    Of seven types of which none changed, one has p below 0.05 in three runs of ten; corrected, in one of twenty.
    """
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    adjusted = [1.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[place]))
        adjusted[place] = highest
    return adjusted
