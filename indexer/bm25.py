"""How often terms occur in passages, and their BM25 weights (Robertson & Zaragoza 2009) as a sparse matrix."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]
Rows = NDArray[np.int64]


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

    def only(self, rows: Rows) -> Counts:
        """What adding just those passages, in that order, would have made: no term that only the others hold."""
        ends = np.array(self._ends)
        first, after = ends[rows], ends[rows + 1]
        held = ranges(first, after)
        terms = np.array(self._terms, dtype=np.int32)[held]
        kept = np.unique(terms)
        place = np.empty(len(self._seen), dtype=np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        names = list(self._seen)
        fewer = Counts()
        fewer._seen = {names[term]: number for number, term in enumerate(kept.tolist())}
        fewer._terms = array("i", place[terms].tobytes())
        fewer._counts = array("d", np.array(self._counts)[held].tobytes())
        fewer._ends = array("q", np.concatenate([[0], np.cumsum(after - first)]).astype(np.int64).tobytes())
        fewer._lengths = array("d", np.array(self._lengths)[rows].tobytes())
        return fewer

    def totals(self) -> dict[str, int]:
        """How often each term occurs in all passages together, the terms in order."""
        terms = np.array(self._terms, dtype=np.int32)
        sums = np.bincount(terms, np.array(self._counts), minlength=len(self._seen))
        return {term: int(sums[number]) for term, number in sorted(self._seen.items())}

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


def ranges(first: Rows, after: Rows) -> Rows:
    """The numbers from each `first` up to its `after`, one range after the other."""
    lengths = after - first
    starts = np.cumsum(lengths) - lengths
    return np.repeat(first - starts, lengths) + np.arange(int(lengths.sum()))
