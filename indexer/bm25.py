"""How often terms occur in passages, and their BM25 weights (Robertson & Zaragoza 2009) as a sparse matrix."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]


def idf(rows: int, holding: int) -> float:
    """Inverse document frequency of a term that `holding` of `rows` passages hold; above 0."""
    return math.log(1 + (rows - holding + 0.5) / (holding + 0.5))


class Counts:
    """How often each term occurs in each passage, in flat arrays: a dict a passage would take ten times the memory."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._terms = array("i")
        self._counts = array("d")
        self._ends = array("q", [0])
        self._lengths = array("d")

    def add(self, counts: Mapping[str, float]) -> None:
        """The next passage's counts."""
        for term, count in counts.items():
            self._terms.append(self._seen.setdefault(term, len(self._seen)))
            self._counts.append(count)
        self._ends.append(len(self._terms))
        self._lengths.append(sum(counts.values()))

    def ones(self) -> tuple[list[str], sparse.csc_matrix]:
        """The terms in order, and a CSC matrix, float32, a row a passage, with 1 where it holds the column's term."""
        vocabulary, columns, rows = self._table()
        return vocabulary, self._matrix(np.ones(len(columns)), rows, columns)

    def weighed(self, k1: float, b: float) -> tuple[list[str], sparse.csc_matrix]:
        """The terms in order, and the same matrix with BM25 weights, the inverse document frequency included."""
        vocabulary, columns, rows = self._table()
        lengths, counts = np.array(self._lengths), np.array(self._counts)
        mean = float(lengths.mean()) if len(lengths) else 1.0
        norms = k1 * (1 - b + b * lengths / max(mean, 1e-9))
        holding = np.bincount(columns, minlength=len(vocabulary))
        rarity = np.array([idf(len(lengths), int(count)) for count in holding], dtype=np.float64)
        weights = rarity[columns] * counts * (k1 + 1) / (counts + norms[rows])
        return vocabulary, self._matrix(weights, rows, columns)

    def _table(self) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
        """The terms in order; the column and the row of every count."""
        vocabulary = sorted(self._seen)
        place = np.empty(len(vocabulary), dtype=np.int32)
        for column, term in enumerate(vocabulary):
            place[self._seen[term]] = column
        columns = place[np.frombuffer(self._terms, dtype=np.int32)] if self._terms else np.zeros(0, np.int32)
        rows = np.repeat(np.arange(len(self._lengths), dtype=np.int32), np.diff(np.array(self._ends)))
        return vocabulary, columns, rows

    def _matrix(self, data: Vector, rows: NDArray[np.int32], columns: NDArray[np.int32]) -> sparse.csc_matrix:
        shape = (len(self._lengths), len(self._seen))
        return sparse.csc_matrix((data.astype(np.float32), (rows, columns)), shape=shape, dtype=np.float32)
