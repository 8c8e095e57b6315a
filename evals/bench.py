"""A public set answered by the product's words, its vectors and both: `avtal eval bench --set swefaq FIL`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corpus.types import AvtalError
from evals.intervals import Interval, bootstrap_interval, randomisation_p
from evals.pool import open_pool
from evals.public_types import PublicSet
from evals.ranking import RANKING_METRICS, ranking_scores
from indexer.types import Encoder
from retriever.engine import Engine, asked_words

HEADLINE = "nDCG@10"
# Deeper than any measure looks.
_DEPTH = 100


class Way(StrEnum):
    """What ranks the passages: words alone, the encoder alone, or the product's fusion of them."""

    WORDS = "words"
    DENSE = "dense"
    FUSED = "fused"


@dataclass(frozen=True, slots=True)
class Gain:
    """Fused minus words in nDCG@10, question by question: the interval of the mean, and the randomisation p."""

    change: Interval
    p: float


@dataclass(frozen=True, slots=True)
class Bench:
    """A set's figures by way and measure. `refused` questions could not be asked, and score zero in every way."""

    set_name: str
    encoder: str
    questions: int
    documents: int
    unjudged: int
    refused: int
    figures: Mapping[Way, Mapping[str, Interval]]
    gain: Gain | None


def run_bench(
    asked: PublicSet,
    encoder: Encoder,
    ways: Sequence[Way] = tuple(Way),
    tick: Callable[[], None] = lambda: None,
) -> Bench:
    """Every question of the set asked in each way; a document ranks by its best passage.

    With `ways` of words alone nothing is embedded. `tick` is called after each question.
    """
    engine = open_pool(asked.documents, encoder, with_vectors=set(ways) != {Way.WORDS})
    rows: dict[Way, list[dict[str, float]]] = {way: [] for way in ways}
    refused = 0
    for number, question in asked.questions.items():
        try:
            scores = _passage_scores(engine, question)
        except AvtalError:
            scores, refused = {}, refused + 1
        for way in ways:
            ranked = _documents(engine, scores[way]) if scores else []
            rows[way].append(ranking_scores(ranked, asked.qrels[number]))
        tick()
    return Bench(
        set_name=asked.name,
        encoder=encoder.info.name,
        questions=len(asked.questions),
        documents=len(asked.documents),
        unjudged=asked.unjudged,
        refused=refused,
        figures={way: _figures(found) for way, found in rows.items()},
        gain=_gain(rows),
    )


def _passage_scores(engine: Engine, question: str) -> dict[Way, Sequence[float]]:
    """Every passage's score by way. Raises AvtalError for a question longer than the encoder reads."""
    understood = engine.understand(" ".join(question.split()))
    everywhere = np.ones(len(engine.index.passages), dtype=np.bool_)
    scored = engine.scores(understood, everywhere)
    words = engine.index.words.scores(asked_words(understood))
    return {Way.WORDS: words.tolist(), Way.DENSE: scored.near.tolist(), Way.FUSED: scored.fused.tolist()}


def _documents(engine: Engine, scores: Sequence[float]) -> list[str]:
    """Documents by their best passage's score, best first, ties in the set's order."""
    best: dict[str, float] = {}
    for passage, score in zip(engine.index.passages, scores, strict=True):
        best[passage.agreement_id] = max(score, best.get(passage.agreement_id, -1.0))
    return sorted(best, key=lambda name: -best[name])[:_DEPTH]


def _figures(rows: Sequence[Mapping[str, float]]) -> dict[str, Interval]:
    return {name: bootstrap_interval([row[name] for row in rows]) for name in RANKING_METRICS}


def _gain(rows: Mapping[Way, Sequence[Mapping[str, float]]]) -> Gain | None:
    if not {Way.WORDS, Way.FUSED} <= set(rows):
        return None
    pairs = zip(rows[Way.FUSED], rows[Way.WORDS], strict=True)
    changes = [fused[HEADLINE] - words[HEADLINE] for fused, words in pairs]
    return Gain(bootstrap_interval(changes), randomisation_p(changes))
