"""A plain BM25 over Snowball stems and 5-grams inside words: the words that a new encoder is fused with.

Kept apart from the product's lexical index, so that encoder figures stay comparable when that one changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from scipy import sparse

K1, B = 1.2, 0.75  # Robertson & Zaragoza 2009, the usual values
GRAM = 5
STEM_SHARE = 0.5
WORD = re.compile(r"\w+")
Scores = NDArray[np.float32]


def word_scores(questions: Sequence[str], passages: Sequence[str]) -> Scores:
    """float32, shape (questions, passages): the mean of the stems' and the 5-grams' BM25, each 0–1."""
    parts = (_bm25(questions, passages, grams=False), _bm25(questions, passages, grams=True))
    stems, grams = (part / np.maximum(part.max(1, keepdims=True), 1e-9) for part in parts)
    return np.asarray(STEM_SHARE * stems + (1 - STEM_SHARE) * grams, np.float32)


def _bm25(questions: Sequence[str], passages: Sequence[str], *, grams: bool) -> Scores:
    names: dict[str, int] = {}
    pool = _counts([_terms(text, grams) for text in passages], names, grow=True)
    asked = _counts([_terms(text, grams) for text in questions], names, grow=False)
    length = np.asarray(pool.sum(1)).ravel()
    table = pool.tocoo()
    bound = K1 * (1 - B + B * length / length.mean())
    found = np.bincount(table.col, minlength=pool.shape[1])
    idf = np.log1p((len(passages) - found + 0.5) / (found + 0.5))
    weight = table.data * (K1 + 1) / (table.data + bound[table.row]) * idf[table.col]
    weighted = sparse.csr_matrix((weight, (table.row, table.col)), shape=pool.shape)
    asked.data[:] = 1.0
    return np.asarray((asked @ weighted.T).todense(), np.float32)


def _counts(texts: Sequence[list[str]], names: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    rows, columns = [], []
    for row, terms in enumerate(texts):
        for term in terms:
            if grow:
                names.setdefault(term, len(names))
            if term in names:
                rows.append(row)
                columns.append(names[term])
    ones = np.ones(len(rows), np.float32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(texts), len(names)))


def _terms(text: str, grams: bool) -> list[str]:
    words = WORD.findall(text.lower())
    if not grams:
        return [_stem(word) for word in words]
    return [part for word in words for part in _grams(word)]


@cache
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("swedish").stemWord(word))


def _grams(word: str) -> list[str]:
    return [word[start : start + GRAM] for start in range(max(1, len(word) - GRAM + 1))]
