"""How surely one of the first passages answers, told by what speaks for the best of them (docs/decisions/confidence.md)."""

from __future__ import annotations

import math

BIAS, BY_UTILITY = -9.65, 0.54
"""A logistic fit of "one of the first three hits is right" on questions for a passage, each asked once as it is and once with
its agreement out of reach."""


def confidence(utility: float) -> float:
    """How surely one of the first three passages answers, 0..1, by the largest utility (`retriever/ranking.py`)."""
    return 1.0 / (1.0 + math.exp(-(BIAS + BY_UTILITY * utility)))
