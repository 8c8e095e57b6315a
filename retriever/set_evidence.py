"""What speaks for an agreement being among those that a list question asks for: its words, its sentences, its clauses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.types import SectionRole, Span
from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged

LOOKED_AT = 4
"""Passages of an agreement, nearest first, whose sentences are compared with the question."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one agreement. `share`: of the subject that its best passage states in words, 0..1, `share_below` how far that is
    beneath the largest of all (at most 0). `sentence`: cosine of its
    nearest sentence, `height` how many standard deviations that lies above the mean of all looked at, `below` how far
    beneath the best of all (at most 0). `rank`: its best passage's fused score beneath the best of all (at most 0).
    `clause`: how surely the question means a type of clause, where the agreement has it; negative where it has not; 0
    where none is meant. `place`: the nearest sentence."""

    share: float
    share_below: float
    sentence: float
    height: float
    below: float
    rank: float
    clause: float
    place: Span | None

    @property
    def numbers(self) -> tuple[float, ...]:
        """What the weights of a set are for, in their order."""
        return (
            self.share**2,
            self.share_below,
            self.sentence,
            self.height,
            self.below,
            self.rank,
            self.clause,
        )


def evidence_of(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> dict[str, Evidence]:
    """The evidence for every agreement in scope that has a passage, by id."""
    engine = asked.engine
    passages, vectors = engine.index.passages, engine.index.sentences
    rows = {
        a.agreement_id: sorted(
            (r for r in engine.rows_of(a.agreement_id) if passages[r].role is SectionRole.CONTENT),
            key=lambda r: -asked.cosines[r],
        )[:LOOKED_AT]
        for a in asked.agreements
    }
    rows = {name: own for name, own in rows.items() if own}
    if not rows:
        return {}
    best: dict[str, tuple[float, Span | None]] = {}
    seen: list[float] = []
    for name, own in rows.items():
        found = [
            (cosine, span)
            for row in own
            for span, cosine in (
                zip(vectors.spans(row), vectors.of(row).cosines(asked.query).tolist(), strict=True)
                if len(vectors)
                else [(Span(passages[row].start, passages[row].end), float(asked.cosines[row]))]
            )
        ]
        seen.extend(cosine for cosine, _ in found)
        best[name] = max(found, key=lambda each: each[0])
    mean, spread = float(np.mean(seen)), float(np.std(seen)) or 1.0
    top = max(cosine for cosine, _ in best.values())
    fused = {name: float(max(asked.fused[r] for r in engine.rows_of(name))) for name in rows}
    most = max(fused.values())
    shares = {each.agreement.agreement_id: each.share for each in judged}
    most_stated = max(shares.values(), default=0.0)
    return {
        name: Evidence(
            share=shares.get(name, 0.0),
            share_below=shares.get(name, 0.0) - most_stated,
            sentence=cosine,
            height=(cosine - mean) / spread,
            below=cosine - top,
            rank=fused[name] - most,
            clause=0.0
            if meant is None
            else meant.score
            if name in labels and labels[name].certain
            else -meant.score,
            place=place,
        )
        for name, (cosine, place) in best.items()
    }


def likely(numbers: Sequence[float], weights: Sequence[float], bias: float) -> float:
    """A logistic of the weighed numbers: 0..1."""
    return 1.0 / (1.0 + math.exp(-(bias + sum(w * n for w, n in zip(weights, numbers, strict=True)))))
