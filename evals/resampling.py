"""95 % intervals of figures that are no plain means: F1 of abstention, percentiles, the area under a curve."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evals.intervals import Interval

_SEED = 20_260_101
_RESAMPLES = 10_000
# Above this many cells a batch of resamples at a time keeps memory under some 40 MB.
_BATCH_CELLS = 2_000_000

Statistic = Callable[[NDArray[np.int64]], NDArray[np.float64]]
"""From drawn places, int64 of shape (draws, n), to the figure of each draw, shape (draws,)."""


def resampled_interval(n: int, statistic: Statistic) -> Interval:
    """The figure of the n cases and its 95 % percentile bootstrap interval (Efron 1979), 10,000 resamples.

    `mean` is the figure of the cases as they are. Raises ValueError for no cases.
    """
    if n < 1:
        raise ValueError(f"n: want at least one case, got {n}")
    rng = np.random.default_rng(_SEED)
    batch = max(1, _BATCH_CELLS // n)
    drawn = np.concatenate(
        [
            statistic(rng.integers(0, n, size=(min(batch, _RESAMPLES - done), n)))
            for done in range(0, _RESAMPLES, batch)
        ]
    )
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(float(statistic(np.arange(n)[None, :])[0]), float(low), float(high), n)
