"""Rankers over an index's passages, from the plainest upwards: what the product is measured against."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from evals.pool import embedded
from indexer.encoder import open_encoder, shipped_names
from indexer.former import embedding_text
from indexer.swedish.words import words_of
from retriever.engine import Engine

Scores = NDArray[np.float32]
Rank = Callable[[str], Scores]
"""From a question to a score of each passage, float32, shape (rows,); 0 and less is no hit."""

_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 3
# The usual values, and not the product's tuned ones: the baseline stays where it is.
_K1 = 1.2
_B = 0.75


@dataclass(frozen=True, slots=True)
class Ranker:
    """A way to rank passages. `make` prepares it over an engine's passages; `told` says what it is, in Swedish."""

    name: str
    told: str
    make: Callable[[Engine], Rank]


def own_rankers() -> tuple[Ranker, ...]:
    """Substring, plain BM25, strong words, each shipped encoder alone, and words and vectors fused."""
    return (
        Ranker("substring", "delsträng: hur många av frågans ord som står i stycket", _substring),
        Ranker("bm25", "BM25 på orden som de är skrivna", _bm25),
        Ranker("words", "starka ord: stammar, sammansättningar och 5-gram", _words),
        *(encoder_ranker(name) for name in shipped_names()),
        Ranker("fused", "ord och betydelse sammanvägda, utan resten av produkten", _fused),
    )


def encoder_ranker(name: str) -> Ranker:
    """The encoder of that name alone, by cosine."""
    return Ranker(f"encoder-{Path(name).name}", f"kodaren {Path(name).name} ensam", partial(_dense, name))


def passage_texts(engine: Engine) -> list[str]:
    """Each passage with its header, as the encoder is given it: every ranker reads the same."""
    return [embedding_text(passage) for passage in engine.index.passages]


def tokens_of(text: str) -> list[str]:
    """The words as written, in lower case."""
    return _WORD.findall(text.casefold())


def _substring(engine: Engine) -> Rank:
    """The share of the question's words of three letters or more that stand anywhere in the passage."""
    texts = [text.casefold() for text in passage_texts(engine)]

    def rank(question: str) -> Scores:
        asked = {word for word in tokens_of(question) if len(word) >= _LEAST_LETTERS}
        found = [sum(word in text for word in asked) / max(1, len(asked)) for text in texts]
        return np.array(found, dtype=np.float32)

    return rank


def _bm25(engine: Engine) -> Rank:
    """BM25 (Robertson & Zaragoza 2009) with the usual k1 and b, without stems or stop words."""
    columns, matrix = bm25_matrix([tokens_of(text) for text in passage_texts(engine)])

    def rank(question: str) -> Scores:
        known = [columns[word] for word in tokens_of(question) if word in columns]
        if not known:
            return np.zeros(matrix.shape[0], dtype=np.float32)
        return np.asarray(matrix[:, known].sum(axis=1), dtype=np.float32).ravel()

    return rank


def bm25_matrix(documents: Sequence[Sequence[str]]) -> tuple[dict[str, int], sparse.csc_matrix]:
    """Each word's column, and the weights of every word in every document, shape (documents, words)."""
    columns: dict[str, int] = {}
    counts = [Counter(columns.setdefault(word, len(columns)) for word in words) for words in documents]
    holding = Counter(column for count in counts for column in count)
    mean = sum(map(len, documents)) / max(1, len(documents))
    rows, places, weights = [], [], []
    for row, count in enumerate(counts):
        norm = _K1 * (1 - _B + _B * len(documents[row]) / max(mean, 1e-9))
        for column, times in count.items():
            idf = math.log(1 + (len(documents) - holding[column] + 0.5) / (holding[column] + 0.5))
            rows.append(row)
            places.append(column)
            weights.append(idf * times * (_K1 + 1) / (times + norm))
    shape = (len(documents), len(columns))
    return columns, sparse.csc_matrix((weights, (rows, places)), shape=shape, dtype=np.float32)


def _words(engine: Engine) -> Rank:
    return lambda question: engine.index.words.scores(words_of(question))


def _dense(name: str, engine: Engine) -> Rank:
    """Cosines; with the index's own encoder its stored vectors, with another the passages embedded anew."""
    if name == engine.encoder.info.name:
        return lambda question: engine.index.vectors.scores(engine.encoder.encode_queries([question]))
    encoder = open_encoder(name)
    vectors, _ = embedded(engine.index.agreements, engine.index.passages, encoder)
    return lambda question: np.asarray(vectors @ encoder.encode_queries([question])[0], dtype=np.float32)


def _fused(engine: Engine) -> Rank:
    everywhere = np.ones(len(engine.index.passages), dtype=np.bool_)
    return lambda question: engine.scores(engine.understand(question), everywhere).fused
