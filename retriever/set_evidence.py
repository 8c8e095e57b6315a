"""What speaks for an agreement being among those that a list question asks for: its words, its sentences, its clauses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.types import Span
from indexer.bm25 import ranges
from retriever.asked import Asked
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.coverage import Judged
from retriever.ranking import told, utilities

LOOKED_AT = 4
"""Passages of an agreement, nearest first, whose sentences are compared with the question."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one agreement. `share`: of the subject that its best passage states in words, 0..1, `share_below` how far that is
    beneath the largest of all (at most 0). `sentence`: cosine of its nearest sentence, `below` how far that is beneath
    the nearest of all (at most 0). `clause`: how surely the question means a type of clause, where the agreement has it;
    negative where it has not; 0 where none is meant. `utility`: of its best passage (`ranking`). `others`: the natural logarithm of how many agreements the index
    holds. `place`: the row of the nearest sentence's passage, and which of its sentences it is."""

    share: float
    share_below: float
    sentence: float
    below: float
    clause: float
    utility: float
    others: float
    place: tuple[int, int]

    @property
    def numbers(self) -> tuple[float, ...]:
        """What the weights of a set are for, in their order."""
        return (self.share**2, self.share_below, self.below, self.clause, self.utility, -self.others)


def evidence_of(
    asked: Asked, judged: Sequence[Judged], meant: Meant | None, labels: Mapping[str, ClauseLabel]
) -> dict[str, Evidence]:
    """The evidence for every agreement in scope that has a passage, by id."""
    rows = _looked_at(asked)
    if not rows:
        return {}
    nearest = _nearest(asked, [row for own in rows.values() for row in own])
    chosen = {name: max(own, key=lambda row: nearest[row][0]) for name, own in rows.items()}
    top = max(nearest[row][0] for row in chosen.values())
    shares = {each.agreement.agreement_id: each.share for each in judged}
    most_stated = max(shares.values(), default=0.0)
    utilities_of = _utilities(asked)
    others = math.log(len(asked.engine.index.agreements))
    return {
        name: Evidence(
            share=shares.get(name, 0.0),
            share_below=shares.get(name, 0.0) - most_stated,
            sentence=nearest[row][0],
            below=nearest[row][0] - top,
            clause=0.0
            if meant is None
            else meant.score
            if name in labels and labels[name].certain
            else -meant.score,
            others=others,
            utility=utilities_of[name],
            place=(row, nearest[row][1]),
        )
        for name, row in chosen.items()
    }


def _utilities(asked: Asked) -> dict[str, float]:
    """The utility of each agreement's best passage; one of which none is among the first is judged without being read."""
    engine = asked.engine
    found: dict[str, float] = {}
    for row, utility in asked.utilities.items():
        name = engine.index.passages[row].agreement_id
        found[name] = max(found.get(name, -math.inf), utility)
    others = [a.agreement_id for a in asked.agreements if a.agreement_id not in found]
    rows = {name: engine.content_rows_of(name) for name in others}
    best = {name: int(own[asked.fused[own].argmax()]) for name, own in rows.items() if len(own)}
    if best:
        numbers = told(engine, asked.question, asked.scored, asked.scope, [*best.values()], read=False)
        found |= dict(zip(best, utilities(numbers).tolist(), strict=True))
    return found


def _looked_at(asked: Asked) -> dict[str, list[int]]:
    """The nearest passages of each agreement in scope, at most `LOOKED_AT`, by id."""
    found: dict[str, list[int]] = {}
    cosines = asked.cosines
    for agreement in asked.agreements:
        rows = asked.engine.content_rows_of(agreement.agreement_id)
        if len(rows):
            nearest = rows[np.argsort(-cosines[rows], kind="stable")[:LOOKED_AT]]
            found[agreement.agreement_id] = nearest.tolist()
    return found


def _nearest(asked: Asked, rows: Sequence[int]) -> dict[int, tuple[float, int]]:
    """Of each passage the cosine of its nearest sentence, and which one that is; the passage's own where the encoder
    gives sentences none.

    A heading proves nothing: it is left out where there is a sentence below it.
    """
    vectors = asked.engine.index.sentences
    if not len(vectors):
        return {row: (float(asked.cosines[row]), 0) for row in rows}
    cosines, firsts = vectors.each(asked.query, rows)
    counts = np.diff([*firsts.tolist(), len(cosines)])
    held = ranges(vectors.first[list(rows)], vectors.first[list(rows)] + counts)
    below = vectors.starts[held] >= np.repeat(asked.engine.bodies[list(rows)], counts)
    open_to = below | np.repeat(~np.logical_or.reduceat(below, firsts), counts)
    cosines = np.where(open_to, cosines, np.float32(-np.inf))
    highest = np.maximum.reduceat(cosines, firsts)
    places = np.flatnonzero(cosines == np.repeat(highest, counts))
    at = places[np.searchsorted(places, firsts)] - firsts
    return dict(zip(rows, zip(highest.tolist(), at.tolist(), strict=True), strict=True))


def place_of(asked: Asked, evidence: Evidence) -> Span:
    """The nearest sentence; the whole passage where sentences have no vectors."""
    row, sentence = evidence.place
    passage, vectors = asked.engine.index.passages[row], asked.engine.index.sentences
    return vectors.spans(row)[sentence] if len(vectors) else Span(passage.start, passage.end)


def likely(numbers: Sequence[float], weights: Sequence[float], bias: float) -> float:
    """A logistic of the weighed numbers: 0..1."""
    return 1.0 / (1.0 + math.exp(-(bias + sum(w * n for w, n in zip(weights, numbers, strict=True)))))
