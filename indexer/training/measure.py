"""Measure encoders on the development sets: `python -m indexer.training.measure --evalsets FOLDER MODEL…`.

Alone and fused with plain words; one JSON line a model. Passages longer than the encoder takes are embedded
in windows, and a passage scores as its best window.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from indexer.encoder import open_encoder
from indexer.training.development import (
    RETRIEVAL_SETS,
    RetrievalSet,
    retrieval_set,
    scored_pairs,
    translations,
)
from indexer.training.everyday import everyday
from indexer.training.words import Scores, word_scores
from indexer.types import Encoder

DEPTH = 10
WORD_WEIGHTS = (0.3, 0.45, 0.6, 0.75)
TRANSLATIONS = 500
RESAMPLES = 2000


def ndcg(scores: Scores, right: Sequence[int]) -> NDArray[np.float64]:
    """nDCG@10 of each question with one right passage: 1 / log2(1 + rank), 0 below rank 10."""
    own = scores[np.arange(len(right)), right]
    rank = 1 + (scores > own[:, None]).sum(1)
    return np.where(rank <= DEPTH, 1 / np.log2(1 + rank), 0.0)


def windows(encoder: Encoder, text: str) -> list[str]:
    """`text` in pieces that the encoder takes, cut at words, each overlapping the last by a fifth."""
    words = text.split()
    size = len(words)
    while True:
        starts = range(0, max(1, len(words) - size // 5), max(1, size - size // 5))
        parts = [" ".join(words[start : start + size]) for start in starts]
        if max(encoder.count_tokens(parts)) <= encoder.info.max_tokens:
            return parts
        size = size * 4 // 5


def dense_scores(encoder: Encoder, pool: RetrievalSet) -> Scores:
    """Cosines, float32, shape (questions, passages); the best window of each passage."""
    parts = [windows(encoder, passage) for passage in pool.passages]
    vectors = encoder.encode_passages([part for each in parts for part in each])
    starts = np.cumsum([0, *map(len, parts)])[:-1]
    return np.maximum.reduceat(encoder.encode_queries(pool.questions) @ vectors.T, starts, axis=1)


def scaled(scores: Scores) -> Scores:
    """Each question's scores from 0 to 1."""
    low, high = scores.min(1, keepdims=True), scores.max(1, keepdims=True)
    return np.asarray((scores - low) / np.maximum(high - low, 1e-9), np.float32)


def interval(gain: NDArray[np.float64]) -> tuple[float, float]:
    """95 % bootstrap interval of a paired mean difference."""
    draw = np.random.default_rng(0).integers(0, len(gain), (RESAMPLES, len(gain)))
    low, high = np.percentile(gain[draw].mean(1), (2.5, 97.5))
    return round(float(low), 3), round(float(high), 3)


def retrieval_figures(encoder: Encoder, folder: Path) -> dict[str, object]:
    """nDCG@10 of the encoder alone, fused with plain words, and of the words.

    The fused figure is the best of four word weights, the same for both sets; `gain` is its paired
    interval over the words alone.
    """
    pools = {name: retrieval_set(folder, name) for name in RETRIEVAL_SETS}
    dense = {name: dense_scores(encoder, pool) for name, pool in pools.items()}
    words = {name: word_scores(pool.questions, pool.passages) for name, pool in pools.items()}
    fused = {
        weight: {
            name: ndcg(weight * scaled(words[name]) + (1 - weight) * scaled(dense[name]), pool.right)
            for name, pool in pools.items()
        }
        for weight in WORD_WEIGHTS
    }
    best = max(fused, key=lambda weight: sum(float(each.mean()) for each in fused[weight].values()))
    found: dict[str, object] = {"word_weight": best}
    for name, pool in pools.items():
        alone = ndcg(words[name], pool.right)
        found |= {
            name: round(float(ndcg(dense[name], pool.right).mean()), 3),
            f"{name}_fused": round(float(fused[best][name].mean()), 3),
            f"{name}_words": round(float(alone.mean()), 3),
            f"{name}_gain": interval(fused[best][name] - alone),
        }
    return found


def sentence_figures(encoder: Encoder, folder: Path) -> dict[str, object]:
    """Spearman's correlation with people on sentence pairs, and the share of translations found."""
    return {"sts": _sts(encoder, folder), "translation": _translation(encoder, folder)}


def _sts(encoder: Encoder, folder: Path) -> float:
    pairs = scored_pairs(folder)
    cosines = (encoder.encode_queries(pairs.left) * encoder.encode_queries(pairs.right)).sum(1)
    return round(float(spearmanr(cosines, pairs.scores).statistic), 3)


def _translation(encoder: Encoder, folder: Path) -> float:
    english, swedish = (side[:TRANSLATIONS] for side in translations(folder))
    nearest = (encoder.encode_queries(english) @ encoder.encode_queries(swedish).T).argmax(1)
    return round(float((nearest == np.arange(len(english))).mean()), 3)


def everyday_figures(encoder: Encoder) -> dict[str, object]:
    """Of the everyday questions held out of the training: the share whose clause is among the ten nearest of all."""
    rows = everyday()
    asked = [
        (question, place) for place, row in enumerate(rows) if row.held_out for question in row.questions
    ]
    vectors = encoder.encode_passages([row.clause for row in rows])
    scores = encoder.encode_queries([question for question, _ in asked]) @ vectors.T
    own = scores[np.arange(len(asked)), [place for _, place in asked]]
    found = float(((scores > own[:, None]).sum(1) < DEPTH).mean())
    return {"everyday": round(found, 3), "everyday_questions": len(asked), "everyday_clauses": len(rows)}


def main() -> None:
    """Print one JSON line a model."""
    parser = argparse.ArgumentParser(description="Measure encoders on the development sets.")
    parser.add_argument("--evalsets", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="the retrieval sets alone")
    parser.add_argument("models", nargs="+", help="shipped name, folder or hub name")
    told = parser.parse_args()
    for name in told.models:
        encoder = open_encoder(name)
        found = {"model": name} | retrieval_figures(encoder, told.evalsets)
        if not told.quick:
            found |= sentence_figures(encoder, told.evalsets) | everyday_figures(encoder)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
