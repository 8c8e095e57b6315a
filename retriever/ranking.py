"""The order of the first passages: a fitted sum of what the words, the vectors and the agreement say (docs/decisions/ranking.md).

P(row) = exp(u(row)) / Σ exp(u(other)), u(row) = Σ weight · what speaks for the row. Fitted on questions whose passage is known
(`python -m evals.fit_ranking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.types import FloatMatrix
from retriever.engine import Engine, Scored
from retriever.question import Question
from retriever.support import asked_of, sentence_support, support
from retriever.versions import replaced

WEIGHTS: Mapping[str, float] = {
    "fused": 2.1,
    "sentence": 1.4,
    "support": 3.0,
    "stated": 2.1,
    "named": 2.4,
    "agreement": 0.8,
    "agreement_words": 2.8,
    "replaced": -1.1,
}
SPREAD = 0.05
"""The cosines' standard deviation at least: a handful of passages that are all alike tell nothing apart."""


def told(
    engine: Engine,
    question: Question,
    scored: Scored,
    scope: NDArray[np.bool_],
    rows: Sequence[int],
    read: bool = True,
) -> NDArray[np.float64]:
    """What speaks for each of the rows, in the order of `WEIGHTS`: float64 (len(rows), len(WEIGHTS)).

    `sentence` is the cosine of the passage's nearest sentence with the question without what only tells the agreement;
    `support` is how much of the subject the passage speaks of, `stated` how much its best sentence does of what is asked;
    `agreement` and `agreement_words` are the best of all the agreement's passages. Cosines count in standard deviations
    of all in scope, so that the weights hold for any encoder. Without `read` no passage is read: `support` and `stated` are 0.
    """
    named = engine.named_by(question)
    asked = asked_of(engine, question, named)
    old = replaced(engine.index.links, lambda newer: bool(scope[engine.rows_of(newer)].any()))
    ids = [engine.index.passages[row].agreement_id for row in rows]
    spread = max(float(scored.own[scope].std()), SPREAD)
    cosines, words = (_best_of(engine, ids, each) for each in (scored.own / spread, scored.words))
    return np.array(
        [
            scored.fused[rows],
            _by_sentence(engine, scored, rows) / spread,
            [support(engine, question, row) if read else 0.0 for row in rows],
            [sentence_support(engine, asked, row) if read else 0.0 for row in rows],
            [name in named for name in ids],
            cosines,
            words,
            [name in old for name in ids],
        ],
        dtype=np.float64,
    ).T


def utilities(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """u of each row of `told`: float64 (rows,)."""
    return np.asarray(numbers @ np.array([*WEIGHTS.values()]))


def _best_of(engine: Engine, ids: Sequence[str], scores: FloatMatrix) -> list[float]:
    """The largest score among the passages of each row's agreement."""
    best = engine.best_of_agreements(scores)
    return [best[name] for name in ids]


def _by_sentence(engine: Engine, scored: Scored, rows: Sequence[int]) -> FloatMatrix:
    """The cosine of each row's nearest sentence; the passage's own where sentences have no vectors."""
    sentences = engine.index.sentences
    return sentences.best(scored.bare, rows) if len(sentences) else scored.own[np.asarray(rows)]
