"""What speaks for an agreement being among those that a list question asks for: its words, its sentences, its clauses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.types import SectionRole, Span
from indexer.types import FloatMatrix
from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged

LOOKED_AT = 4
"""Passages of an agreement, nearest first, whose sentences are compared with the question."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one agreement. `share`: of the subject that its best passage states in words, 0..1, `share_below` how far that is
    beneath the largest of all (at most 0). `sentence`: cosine of its nearest sentence, `below` how far that is beneath
    the nearest of all (at most 0). `clause`: how surely the question means a type of clause, where the agreement has it;
    negative where it has not; 0 where none is meant. `place`: the nearest sentence."""

    share: float
    share_below: float
    sentence: float
    below: float
    clause: float
    place: Span

    @property
    def numbers(self) -> tuple[float, ...]:
        """What the weights of a set are for, in their order."""
        return (self.share**2, self.share_below, self.sentence, self.below, self.clause)


def evidence_of(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> dict[str, Evidence]:
    """The evidence for every agreement in scope that has a passage, by id."""
    rows = _looked_at(asked)
    if not rows:
        return {}
    sentences = _sentences(asked, [row for own in rows.values() for row in own])
    best = {name: max((_best(*sentences[row]) for row in own), key=_cosine) for name, own in rows.items()}
    top = max(cosine for cosine, _ in best.values())
    shares = {each.agreement.agreement_id: each.share for each in judged}
    most_stated = max(shares.values(), default=0.0)
    return {
        name: Evidence(
            share=shares.get(name, 0.0),
            share_below=shares.get(name, 0.0) - most_stated,
            sentence=cosine,
            below=cosine - top,
            clause=0.0
            if meant is None
            else meant.score
            if name in labels and labels[name].certain
            else -meant.score,
            place=place,
        )
        for name, (cosine, place) in best.items()
    }


def _looked_at(asked: Asked) -> dict[str, list[int]]:
    """The nearest passages of each agreement in scope, at most `LOOKED_AT`, by id."""
    engine = asked.engine
    found = {
        a.agreement_id: [
            row
            for row in engine.rows_of(a.agreement_id)
            if engine.index.passages[row].role is SectionRole.CONTENT
        ]
        for a in asked.agreements
    }
    cosines = asked.cosines
    return {
        name: sorted(rows, key=lambda row: -cosines[row])[:LOOKED_AT] for name, rows in found.items() if rows
    }


_Sentences = tuple[FloatMatrix, Sequence[Span]]


def _sentences(asked: Asked, rows: Sequence[int]) -> dict[int, _Sentences]:
    """Each passage's sentences with their cosines, the passage itself where the encoder gives sentences none.

    A heading proves nothing: it is left out where there is a sentence below it.
    """
    passages, vectors = asked.engine.index.passages, asked.engine.index.sentences
    if not len(vectors):
        return {
            row: (asked.cosines[row : row + 1], [Span(passages[row].start, passages[row].end)])
            for row in rows
        }
    cosines, starts = vectors.each(asked.query, rows)
    found: dict[int, _Sentences] = {}
    for row, part in zip(rows, np.split(cosines, starts[1:]), strict=True):
        spans = vectors.spans(row)
        body = asked.engine.agreement(passages[row]).sections[passages[row].section].body
        below = [at for at, span in enumerate(spans) if span.start >= body] or list(range(len(spans)))
        found[row] = part[below], [spans[at] for at in below]
    return found


def _best(cosines: FloatMatrix, spans: Sequence[Span]) -> tuple[float, Span]:
    at = int(cosines.argmax())
    return float(cosines[at]), spans[at]


def _cosine(found: tuple[float, Span]) -> float:
    return found[0]


def likely(numbers: Sequence[float], weights: Sequence[float], bias: float) -> float:
    """A logistic of the weighed numbers: 0..1."""
    return 1.0 / (1.0 + math.exp(-(bias + sum(w * n for w, n in zip(weights, numbers, strict=True)))))
