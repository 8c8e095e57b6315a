"""The set of a list question where its words are not the texts': which agreements most likely cover what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged
from retriever.set_evidence import evidence_of, likely
from retriever.types import Coverage

WEIGHTS = (-6.427, 10.642, -1.136, 0.939, 5.161, -4.476, 5.892, 0.996)
BIAS = 2.848
"""A logistic fit of "the agreement is one of those expected" (docs/decisions/set-answers.md)."""
LEAST_LIKELY = 0.15
"""Below this an agreement is in no set."""
LEAST_FIRST = 0.3
"""Where no text states the subject and none is this likely, there is no set."""
NEAR = 0.12
"""From here an agreement that is not in the set is near it."""
BY_MEANING = "ligger nära frågan i betydelse"


def with_meaning(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> list[Judged]:
    """The judgements by words, and those that the sentences' meaning and the clauses add.

    The set is cut where the expected F1 is highest, given how likely each agreement is (Lewis 1995); what the words
    state stays explicit.
    """
    evidence = evidence_of(asked, judged, meant, labels)
    chances = {name: likely(each.numbers, WEIGHTS, BIAS) for name, each in evidence.items()}
    by_id = {each.agreement.agreement_id: each for each in judged}
    stated = any(each.coverage is Coverage.EXPLICIT for each in judged)
    if not chances or (not stated and max(chances.values()) < LEAST_FIRST):
        return list(judged)
    chosen = best_set(chances)
    agreements = asked.engine.index.agreements
    for name, chance in chances.items():
        told, place = by_id.get(name), evidence[name].place
        inside = name in chosen and chance >= LEAST_LIKELY
        if told is not None and told.coverage is Coverage.EXPLICIT:
            continue
        if not inside and (told is not None or chance < NEAR):
            continue
        label = labels.get(name)
        span = label.quote if label is not None and label.certain else place
        if span is None:
            continue
        coverage = Coverage.EXPLICIT if inside else Coverage.RELATED
        why = (label.why,) if label is not None and label.certain else (BY_MEANING,)
        if told is not None:
            by_id[name] = replace(
                told,
                coverage=coverage,
                score=max(told.score, chance),
                places=(span, *(p for p in told.places if p != span)),
                why=(*told.why, *why),
            )
        else:
            by_id[name] = Judged(
                agreements[name], coverage, round(chance, 6), (span,), why, chance if inside else 0.0
            )
    return list(by_id.values())


def best_set(chances: Mapping[str, float]) -> frozenset[str]:
    """The set with the highest expected F1: the most likely ones, as many as raise 2 Σp / (k + Σ all p)."""
    order = sorted(chances, key=lambda name: (-chances[name], name))
    total = sum(chances.values())
    best, held, size = 0.0, 0.0, 0
    for count, name in enumerate(order, start=1):
        held += chances[name]
        if 2 * held / (count + total) > best:
            best, size = 2 * held / (count + total), count
    return frozenset(order[:size])
