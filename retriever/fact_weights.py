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
    "height": 0.8,
    "gap": -0.5,
    "passage": 3.6,
    "about": 1.9,
    "inside": 1.0,
    "support": 2.8,
    "held": 0.1,
    "fullest": 3.4,
    "named": 0.5,
    "other": -2.5,
    "outdated": -2.9,
    "presents": -3.0,
    "known": 0.4,
    "front": 1.1,
    "fronted": 1.0,
    "own": 0.6,
    "aimed": -0.7,
    "missed": -0.5,
    "figure:free": -1.4,
    "figure:tied": 0.5,
    "figure:ending": 1.0,
    "figure:named_unit": 0.8,
    "who:kindred": 1.6,
    "who:does": 1.0,
    "who:side": 1.5,
    "who:deed": 0.3,
    "lost": -3.2,
    "unmet": -1.0,
    "stray": 1.5,
    "figure:card": 1.0,
    "headless": -2.6,
    "figure:cued": 0.6,
    "figure:cue": -0.1,
    "figure:stated": 0.4,
    "figure:second": -2.5,
    "figure:sole": 0.1,
    "figure:table": -1.3,
    "figure:close": -0.1,
    "figure:whose": 2.0,
    "figure:others": -0.9,
    "figure:changed": -1.7,
    "figure:sum": -2.0,
    "figure:counts": 2.0,
    "figure:unit": 0.8,
    "figure:outside": -1.5,
    "figure:bounded": 1.8,
    "figure:prolongs": -1.3,
    "figure:part": 1.5,
    "figure:sort": 0.5,
    "figure:other_sort": -1.5,
    "figure:uncounted": -1.0,
    "figure:denial": -1.5,
    "who:subject": 0.7,
    "who:inverted": 0.4,
    "who:agent": 0.6,
    "who:label": 1.3,
    "who:organisation": 0.4,
    "who:person": 2.0,
    "who:role": 1.7,
    "who:court": 1.0,
    "who:echoed": -1.0,
    "who:fits": 1.4,
    "who:close": 0.6,
    "who:beside": 0.6,
    "who:place": 1.7,
    "who:name": 0.4,
    "who:measure": 1.1,
    "who:part": 1.0,
    "who:sentence": 0.4,
    "yes:reply": 1.1,
    "yes:opposed": 1.6,
    "yes:bold": -4.0,
    "yes:if": -1.0,
}
NONE: Mapping[str, float] = {"figure": 3.6, "who": 6.8, "yes": 2.7}
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
