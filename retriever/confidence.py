"""How surely the collection holds what is asked for: one number from the words' support and the vectors' nearness."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 10
"""The best-ranked passages whose support counts."""
BIAS, BY_SUPPORT, BY_COSINE, BY_HEIGHT = -7.9, 3.5, 6.7, 0.6
"""A logistic fit of "one of the first three hits is right" on the tune half's locate questions, each asked once as it is
and once with its agreement out of reach (docs/decisions/confidence.md)."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """The vectors' side: each passage's cosine, and its height above the mean of all in standard deviations."""

    cosines: NDArray[np.float32]
    heights: NDArray[np.float32]

    @classmethod
    def of(cls, cosines: NDArray[np.float32], scope: NDArray[np.bool_]) -> Nearness:
        """Of the passages in scope, float32 (rows,); outside it -1 and 0."""
        inside = cosines[scope]
        spread = float(inside.std()) if inside.size else 0.0
        heights = np.zeros_like(cosines)
        if spread > 0:
            heights[scope] = (inside - inside.mean()) / spread
        return cls(cosines, heights)

    def means_it(self, row: int) -> float:
        """How surely the passage is what the question means, by its vector alone: 0..1, above .5 for few."""
        return _logistic(12.0 * (float(self.cosines[row]) - 0.6) + (float(self.heights[row]) - 5.0))

    def best(self) -> tuple[float, float]:
        """The largest cosine, and its height; (0, 0) where nothing is in scope."""
        if not self.cosines.size or float(self.cosines.max()) <= -1.0:
            return 0.0, 0.0
        row = int(self.cosines.argmax())
        return float(self.cosines[row]), float(self.heights[row])


def confidence(supports: Sequence[float], nearness: Nearness) -> float:
    """How surely one of the first passages answers, 0..1. `supports`: each one's share of the subject, 0..1."""
    cosine, height = nearness.best()
    support = max(supports, default=0.0)
    return _logistic(BIAS + BY_SUPPORT * support + BY_COSINE * cosine + BY_HEIGHT * height)


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
