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
    "height": 1.0,
    "gap": -1.1,
    "ranked": 1.6,
    "about": 1.4,
    "inside": 1.1,
    "support": 1.6,
    "held": -0.5,
    "fullest": 5.1,
    "named": 0.9,
    "other": -3.5,
    "outdated": -4.0,
    "presents": -2.7,
    "known": 0.3,
    "front": 1.3,
    "fronted": 0.9,
    "own": 1.1,
    "aimed": -0.5,
    "missed": -0.5,
    "figure:free": -2.8,
    "figure:tied": 0.7,
    "figure:ending": 1.4,
    "figure:named_unit": 1.1,
    "who:kindred": 2.2,
    "who:does": 1.1,
    "who:side": 1.7,
    "who:deed": 0.3,
    "lost": -3.0,
    "unmet": -0.1,
    "stray": 1.8,
    "figure:card": 2.8,
    "headless": -2.0,
    "figure:cued": 0.3,
    "figure:cue": 0.2,
    "figure:stated": 0.1,
    "figure:second": -2.2,
    "figure:sole": -0.1,
    "figure:table": -1.1,
    "figure:close": 0.3,
    "figure:whose": 1.5,
    "figure:others": 0.3,
    "figure:changed": -2.4,
    "figure:sum": -1.7,
    "figure:counts": 1.5,
    "figure:unit": 0.9,
    "figure:outside": -1.5,
    "figure:bounded": 1.7,
    "figure:prolongs": -1.6,
    "figure:part": 2.5,
    "figure:sort": 0.0,
    "figure:other_sort": -2.5,
    "figure:uncounted": -1.2,
    "figure:denial": -1.8,
    "who:subject": 0.8,
    "who:inverted": 0.4,
    "who:agent": 1.3,
    "who:label": 1.0,
    "who:organisation": 0.9,
    "who:person": 1.8,
    "who:role": 1.5,
    "who:court": 0.6,
    "who:echoed": -1.2,
    "who:fits": 1.8,
    "who:close": 0.5,
    "who:beside": 0.6,
    "who:place": 2.7,
    "who:name": -0.2,
    "who:measure": 0.2,
    "who:part": 1.2,
    "who:sentence": 0.9,
    "yes:reply": 0.8,
    "yes:opposed": 1.0,
    "yes:bold": -5.0,
    "yes:if": -1.0,
}
NONE: Mapping[str, float] = {"figure": 3.4, "who": 6.6, "yes": 1.9}
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
