"""Ranking quality of one case through ir-measures: nDCG@10, RR@10, R@10, Success@1, Success@3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

MEASURES = (nDCG @ 10, RR @ 10, R @ 10, Success @ 1, Success @ 3)
RANKING_METRICS = tuple(str(measure) for measure in MEASURES)

_QUERY = "case"


def ranking_scores(ranked: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """Each measure's value in 0..1, by its printed name, for items ranked best first.

    `grades` are the relevant items, 1 or higher; the mean of RR@10 over cases is MRR@10. A repeated item
    counts at its first place only. An empty ranking scores zero in every measure.
    """
    if not grades:
        raise ValueError("grades: want at least one relevant item, got none")
    unique = list(dict.fromkeys(ranked))
    if not unique:
        return dict.fromkeys(RANKING_METRICS, 0.0)
    qrels = [ir_measures.Qrel(_QUERY, item, grade) for item, grade in grades.items()]
    run = [ir_measures.ScoredDoc(_QUERY, item, float(-place)) for place, item in enumerate(unique)]
    scores = {
        str(metric.measure): float(metric.value) for metric in ir_measures.iter_calc(MEASURES, qrels, run)
    }
    return {name: scores[name] for name in RANKING_METRICS}
