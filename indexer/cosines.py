"""The cosine of one vector with many, each for itself."""

from __future__ import annotations

import numpy as np

from indexer.types import FloatMatrix


def cosines(rows: FloatMatrix, query: FloatMatrix) -> FloatMatrix:
    """Of unit rows, shape (n, dimension), with a unit query, shape (dimension,): float32, shape (n,).

    A matrix product shares the rows out among threads and sums the last of each share in another order: a row's last
    bit would tell how many other rows there are, and what else the process was doing.
    """
    return np.asarray(np.vecdot(rows, query), dtype=np.float32)
