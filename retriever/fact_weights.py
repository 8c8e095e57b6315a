"""How surely a possible answer is the answer: a logit over what speaks for it, against all others and against none.

P(a) = exp(u(a)) / (exp(u0) + Σ exp(u(b))), u(a) = Σ weight · what speaks for a (McFadden's conditional logit).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from retriever.asks import Asks
from retriever.fact_kinds import WHO
from retriever.figures import Found

WEIGHTS: Mapping[str, float] = {
    "height": 0.7,
    "gap": 0.8,
    "passage": 4.4,
    "about": 0.9,
    "inside": 1.8,
    "support": 4.0,
    "held": 1.0,
    "fullest": 3.0,
    "named": -0.2,
    "other": -0.7,
    "outdated": -2.6,
    "lost": -3.2,
    "headless": -4.1,
    "figure:cued": 0.3,
    "figure:cue": -0.2,
    "figure:stated": -0.1,
    "figure:second": -2.4,
    "figure:sole": -0.0,
    "figure:table": -0.7,
    "figure:close": -0.7,
    "figure:whose": 2.7,
    "figure:others": -1.7,
    "figure:changed": -1.7,
    "figure:sum": -1.9,
    "figure:counts": 2.7,
    "figure:unit": 0.8,
    "figure:outside": -1.5,
    "figure:bounded": 1.6,
    "figure:prolongs": -1.1,
    "figure:clause": 0.3,
    "figure:denial": -1.5,
    "who:subject": 0.5,
    "who:inverted": 0.5,
    "who:agent": 0.2,
    "who:label": 1.0,
    "who:organisation": 0.7,
    "who:person": 1.7,
    "who:role": 1.7,
    "who:court": 1.0,
    "who:echoed": -1.2,
    "who:fits": 1.4,
    "who:close": 1.1,
    "who:beside": 1.0,
    "who:place": 0.5,
    "who:name": 0.3,
    "yes:reply": 1.1,
    "yes:opposed": 1.6,
    "yes:bold": -3.2,
    "yes:if": -1.0,
}
NONE: Mapping[str, float] = {"figure": 2.9, "who": 7.5, "yes": 2.6}
"""What there is to say for no answer at all, by family."""


def family(asks: Asks) -> str:
    """The family of a question's answers: what is judged by the same weights."""
    return "who" if asks in WHO else "yes" if asks is Asks.YES_NO else "figure"


def features(found: Found, asks: Asks) -> dict[str, float]:
    """What speaks for the answer, by the names of `WEIGHTS`."""
    own = {f"{family(asks)}:{name}": value for name, value in found.told.items()}
    return {**found.statement.told, **own}


def utilities(candidates: Sequence[Found], asks: Asks) -> list[float]:
    """u of each, in the candidates' order."""
    return [sum(WEIGHTS[n] * v for n, v in features(found, asks).items()) for found in candidates]


def certainties(scores: Sequence[float], asks: Asks) -> list[float]:
    """P of each, 0..1; together less than 1, the rest being for no answer."""
    none = NONE[family(asks)]
    top = max([*scores, none])
    parts = [math.exp(score - top) for score in scores]
    total = math.exp(none - top) + sum(parts)
    return [part / total for part in parts]
