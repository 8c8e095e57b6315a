"""How surely one of the first passages answers, told by what speaks for the best of them (docs/decisions/confidence.md)."""

from __future__ import annotations

import math

BIAS, BY_UTILITY, UNKNOWN = -9.6, 0.54, -3.0
"""A logistic fit of "one of the first three hits is right" on questions for a passage, each asked once as it is and once with
its agreement out of reach."""


def confidence(utility: float, known: bool) -> float:
    """How surely one of the first three passages answers, 0..1, by the largest utility (`retriever/ranking.py`).

    `known`: some text holds a word of the subject.
    """
    return 1.0 / (1.0 + math.exp(-(BIAS + BY_UTILITY * utility + (0.0 if known else UNKNOWN))))
