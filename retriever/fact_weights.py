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
    "height": 0.9,
    "gap": -0.7,
    "passage": 2.8,
    "about": 1.7,
    "inside": 0.9,
    "support": 2.8,
    "held": -0.4,
    "fullest": 4.5,
    "named": 0.8,
    "other": -3.1,
    "outdated": -3.5,
    "presents": -2.8,
    "known": 0.4,
    "front": 1.4,
    "fronted": 1.0,
    "own": 0.9,
    "aimed": -0.6,
    "missed": -0.6,
    "figure:free": -2.2,
    "figure:tied": 0.5,
    "figure:ending": 1.3,
    "figure:named_unit": 1.0,
    "who:kindred": 2.0,
    "who:does": 1.1,
    "who:side": 1.6,
    "who:deed": 0.3,
    "lost": -3.2,
    "unmet": -0.5,
    "stray": 1.7,
    "figure:card": 2.1,
    "headless": -2.0,
    "figure:cued": 0.4,
    "figure:cue": 0.1,
    "figure:stated": 0.2,
    "figure:second": -2.3,
    "figure:sole": 0.0,
    "figure:table": -1.1,
    "figure:close": 0.1,
    "figure:whose": 1.8,
    "figure:others": -0.2,
    "figure:changed": -2.1,
    "figure:sum": -1.7,
    "figure:counts": 1.7,
    "figure:unit": 0.9,
    "figure:outside": -1.5,
    "figure:bounded": 1.8,
    "figure:prolongs": -1.5,
    "figure:part": 2.2,
    "figure:sort": 0.5,
    "figure:other_sort": -2.0,
    "figure:uncounted": -1.0,
    "figure:denial": -1.7,
    "who:subject": 0.8,
    "who:inverted": 0.2,
    "who:agent": 1.0,
    "who:label": 1.2,
    "who:organisation": 0.7,
    "who:person": 1.9,
    "who:role": 1.5,
    "who:court": 0.7,
    "who:echoed": -1.0,
    "who:fits": 1.7,
    "who:close": 0.5,
    "who:beside": 0.5,
    "who:place": 2.3,
    "who:name": 0.1,
    "who:measure": 0.4,
    "who:part": 1.1,
    "who:sentence": 0.6,
    "yes:reply": 0.9,
    "yes:opposed": 1.2,
    "yes:bold": -4.6,
    "yes:if": -1.0,
}
NONE: Mapping[str, float] = {"figure": 3.5, "who": 6.7, "yes": 2.2}
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
