"""A question's vector drawn toward the clauses that answer questions like it.

Lay questions lie nearer each other than any of them lies to a clause: "Kan vi hoppa av i förtid?" finds "Går det att lämna
samarbetet?" where it misses "Uppsägning ska ske skriftligen". The file beside this module holds the vectors of the everyday
questions that the encoder was trained on, and of the clauses that answer them (indexer/training/clauses). The mean of the
clauses of the nearest questions shows where in the texts to look. No text of theirs is ever shown or quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.array_files import ARRAY_FILES
from indexer.types import Encoder, FloatMatrix

VECTORS_FILE = Path(__file__).with_name("asked_before.npz")
"""`python -m indexer.training.asked_before` makes it."""
NEAREST = 15
"""Clauses whose mean the question is drawn to."""
SHARPNESS = 0.05
"""A clause whose nearest question lies this much (cosine) further off weighs 1/e of the first."""


@dataclass(frozen=True, slots=True)
class Quantised:
    """Vectors, shape (n, dimension), as product codes (Jégou et al. 2011): each of `m` parts is one of 256 centroids.

    `codes`: uint8 (m, n). `centroids`: float32 (m, 256, dimension / m).
    """

    codes: NDArray[np.uint8]
    centroids: NDArray[np.float32]

    def scores(self, query: FloatMatrix) -> NDArray[np.float32]:
        """The inner product of each with a query, shape (dimension,): float32 (n,)."""
        parts = query.reshape(len(self.centroids), -1)
        tables = np.einsum("mkd,md->mk", self.centroids, parts)
        total = np.zeros(self.codes.shape[1], dtype=np.float32)
        for table, codes in zip(tables, self.codes, strict=True):
            total += table[codes]
        return total

    def rows(self, chosen: NDArray[np.intp]) -> NDArray[np.float32]:
        """The chosen vectors, as near as their codes tell: float32 (chosen, dimension)."""
        parts = [each[codes] for each, codes in zip(self.centroids, self.codes[:, chosen], strict=True)]
        return np.concatenate(parts, axis=1)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """The questions in the order of their clauses, and where each clause's first stands: intp (clauses,)."""

    questions: Quantised
    firsts: NDArray[np.intp]
    clauses: Quantised

    @classmethod
    def read_by(cls, encoder: Encoder) -> AskedBefore | None:
        """The kept vectors where they are this encoder's; None for any other, whose questions are left as they are."""
        with ARRAY_FILES, np.load(VECTORS_FILE, allow_pickle=False) as file:
            if str(file["encoder_sha256"]) != encoder.info.weights_sha256:
                return None
            questions, clauses = (
                Quantised(file[f"{name}_codes"], file[f"{name}_centroids"].astype(np.float32))
                for name in ("questions", "clauses")
            )
            return cls(questions, file["firsts"].astype(np.intp), clauses)

    def likeness(self, query: FloatMatrix) -> float:
        """Mean cosine of a unit query, shape (dimension,), with the five questions nearest to it."""
        return float(np.sort(self.questions.scores(query))[-5:].mean())

    def drawn(self, query: FloatMatrix, share: float) -> FloatMatrix:
        """A unit query, shape (dimension,), and `share` of the unit mean of its nearest clauses, to length 1: float32."""
        nearest = np.maximum.reduceat(self.questions.scores(query), self.firsts)
        first = np.argsort(-nearest, kind="stable")[:NEAREST]
        weights = np.exp((nearest[first] - nearest[first[0]]) / SHARPNESS)
        mean = weights @ self.clauses.rows(first)
        both = query + share * mean / np.linalg.norm(mean)
        return np.asarray(both / np.linalg.norm(both), dtype=np.float32)
