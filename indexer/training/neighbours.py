"""Which pieces are used alike: positive PMI over windows, reduced by truncated SVD (Levy & Goldberg 2014)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from indexer.training.alignment import Ids
from indexer.training.recipe import Neighbours
from indexer.types import FloatMatrix

CONTEXT_SMOOTHING = 0.75  # Levy, Goldberg & Dagan 2015: smoothing keeps rare contexts from ruling
BLOCK = 2048


def cooccurrences(lines: Sequence[Ids], pieces: int, window: int) -> sparse.csr_matrix:
    """Symmetric counts of pieces within `window` of each other, float32, shape (pieces, pieces)."""
    gap = np.full(window, -1, np.int32)
    stream = np.concatenate([part for line in lines for part in (line, gap)])
    total = sparse.csr_matrix((pieces, pieces), dtype=np.float32)
    for step in range(1, window + 1):
        left, right = stream[:-step], stream[step:]
        both = (left >= 0) & (right >= 0)
        keys, counts = np.unique(left[both].astype(np.int64) * pieces + right[both], return_counts=True)
        rows, columns = np.divmod(keys, pieces)
        weight = counts.astype(np.float32) / step
        total = total + sparse.csr_matrix((weight, (rows, columns)), shape=total.shape)
    return (total + total.T).tocsr()


def usage_vectors(counts: sparse.csr_matrix, dimension: int, seed: int) -> FloatMatrix:
    """float32, shape (pieces, dimension), rows of norm 1 (0 for a piece never seen)."""
    table = counts.tocoo()
    row_sums = np.asarray(counts.sum(1)).ravel()
    smooth = row_sums**CONTEXT_SMOOTHING
    smooth /= smooth.sum()
    pmi = np.log(table.data / (row_sums[table.row] * smooth[table.col]))
    keep = pmi > 0
    positive = sparse.csr_matrix(
        (pmi[keep].astype(np.float32), (table.row[keep], table.col[keep])), shape=table.shape
    )
    start = np.random.default_rng(seed).normal(size=table.shape[0]).astype(np.float32)
    left, values, _ = svds(positive, k=dimension, v0=start)
    vectors: FloatMatrix = (left * np.sqrt(values)).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(norms > 0, norms, 1)
    return vectors


def borrowed_rows(
    usage: FloatMatrix, rows: FloatMatrix, trust: NDArray[np.float32], recipe: Neighbours
) -> FloatMatrix:
    """For every piece the mean row of the trusted pieces used most like it; shape of `rows`.

    `trust` in 0..1 scales a neighbour's weight: exp(sharpness * cosine) * trust, over the nearest few.
    """
    found = np.zeros_like(rows)
    for start in range(0, len(rows), BLOCK):
        cosine = usage[start : start + BLOCK] @ usage.T
        own = np.arange(len(cosine))
        cosine[own, start + own] = -1.0
        score = recipe.sharpness * cosine + np.log(np.maximum(trust, 1e-6))
        best = np.argpartition(-score, recipe.nearest, axis=1)[:, : recipe.nearest]
        weight = np.exp(np.take_along_axis(score, best, 1) - score.max(1, keepdims=True))
        weight /= weight.sum(1, keepdims=True)
        found[start : start + BLOCK] = np.einsum("ij,ijk->ik", weight, rows[best])
    return found
