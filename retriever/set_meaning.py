"""The set of a list question where its words are not the texts': which agreements most likely cover what is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged
from retriever.set_evidence import Evidence, evidence_of, likely
from retriever.types import Coverage

WEIGHTS = (2.6, 2.3, 9.2, 3.6, 1.2)
BIAS = -3.75
"""A logistic fit of "the agreement is one of those expected", no weight below zero (docs/decisions/set-answers.md)."""
EXISTS = (18.0, 12.0, 9.2, 18.5)
EXISTS_BIAS = 1.12
"""The same of "some agreement is", by what `most_of` tells."""
LEAST_LIKELY = 0.3
"""Below this an agreement is in no set."""
LEAST_EXISTS = 0.4
"""Where no text states the subject and it is less likely than this that any covers it, there is no set."""
NEAR = 0.15
"""From here an agreement that is not in the set is near it."""
BY_MEANING = "ligger nära frågan i betydelse"


def with_meaning(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> list[Judged]:
    """The judgements by words, and those that the sentences' meaning and the clauses add.

    The set is cut where the expected F1 is highest, given how likely each agreement is (Lewis 1995); what the words
    state stays explicit.
    """
    evidence = {
        name: each
        for name, each in evidence_of(asked, judged, meant, labels).items()
        if asked.holds_names(name)
    }
    chances = {name: likely(each.numbers, WEIGHTS, BIAS) for name, each in evidence.items()}
    by_id = {each.agreement.agreement_id: each for each in judged}
    stated = any(each.coverage is Coverage.EXPLICIT for each in judged)
    if not chances or (not stated and exists(evidence.values(), asked.likeness) < LEAST_EXISTS):
        return list(judged)
    chosen = frozenset(labels) if labels and meant is not None and meant.field else best_set(chances)
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
        coverage = Coverage.EXPLICIT if inside else Coverage.RELATED
        why = (BY_MEANING, *((label.why,) if label is not None and label.certain else ()))
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


def exists(evidence: Collection[Evidence], likeness: float) -> float:
    """How likely it is that some agreement covers what is asked: 0..1. `evidence` holds one at least."""
    return likely(most_of(evidence, likeness), EXISTS, EXISTS_BIAS)


def most_of(evidence: Collection[Evidence], likeness: float) -> tuple[float, float, float, float]:
    """The largest cosine of all, how far the next agreement's is beneath it, the surest clause, and the question's likeness to
    those asked before, negative: what is usually asked finds something near in any collection, so near proves less."""
    nearest = sorted((each.sentence for each in evidence), reverse=True)
    clause = max(0.0, *(each.clause for each in evidence))
    return (nearest[0], nearest[min(1, len(nearest) - 1)] - nearest[0], clause, -likeness)


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
