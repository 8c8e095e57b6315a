"""Stage `rivals`: for every pair, the passages of other documents that share most words with its question.

A batch of random passages is told apart by subject alone. These are the hard negatives, found by words (BM25's
idf over stems) within one kind, so that a statute's heading meets other statutes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from scipy import sparse

from indexer.training.pairs import TrainingPair, read_pairs
from indexer.training.recipe import Rivals, StageArguments, stage_arguments

RIVALS_FILE = "rivals.npy"
NONE = -1
CHUNK = 400
WORD = re.compile(r"[^\W\d_]{3,}")
Rows = NDArray[np.int32]


@cache
def _stem(word: str) -> str:
    return str(snowballstemmer.stemmer("swedish").stemWord(word))


def nearest_rivals(pairs: Sequence[TrainingPair], recipe: Rivals) -> Rows:
    """Rows of `pairs`, int32, shape (len(pairs), recipe.nearest), best first; -1 where there are too few.

    A rival has another document and another heading than the pair it rivals.
    """
    found = np.full((len(pairs), recipe.nearest), NONE, np.int32)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        by_kind[pair.kind].append(row)
    for kind, rows in sorted(by_kind.items()):
        if kind not in ("synonym", "entailment") and len(rows) >= recipe.fewest_pairs:
            found[rows] = _within([pairs[row] for row in rows], np.asarray(rows, np.int32), recipe)
    return found


def _within(pairs: Sequence[TrainingPair], rows: Rows, recipe: Rivals) -> Rows:
    names: dict[str, int] = {}
    passages = _stems([pair.passage for pair in pairs], names, grow=True)
    questions = _stems([pair.question for pair in pairs], names, grow=False)
    held = np.bincount(passages.indices, minlength=len(names))
    idf = np.where(held <= recipe.commonest * len(pairs), np.log1p(len(pairs) / np.maximum(held, 1)), 0)
    length = np.sqrt(np.maximum(np.asarray(passages.sum(1)).ravel(), 1))
    passages = sparse.diags_array((1 / length).astype(np.float32)) @ passages
    weighted = (questions @ sparse.diags_array(idf.astype(np.float32))).tocsr()
    weighted.eliminate_zeros()
    turned = passages.T.tocsr()
    documents = np.unique([pair.document for pair in pairs], return_inverse=True)[1]
    headings = np.unique([pair.heading for pair in pairs], return_inverse=True)[1]
    found = np.full((len(pairs), recipe.nearest), NONE, np.int32)
    for start in range(0, len(pairs), CHUNK):
        scores = (weighted[start : start + CHUNK] @ turned).tocsr()
        for place in range(scores.shape[0]):
            row = start + place
            part = slice(scores.indptr[place], scores.indptr[place + 1])
            columns, values = scores.indices[part], scores.data[part]
            other = (documents[columns] != documents[row]) & (headings[columns] != headings[row])
            columns, values = columns[other], values[other]
            best = columns[np.argsort(-values, kind="stable")[: recipe.nearest]]
            found[row, : len(best)] = rows[best]
    return found


def _stems(texts: Sequence[str], names: dict[str, int], *, grow: bool) -> sparse.csr_array:
    rows, columns = [], []
    for row, text in enumerate(texts):
        for stem in {_stem(word) for word in WORD.findall(text.lower())}:
            if grow:
                names.setdefault(stem, len(names))
            if stem in names:
                rows.append(row)
                columns.append(names[stem])
    ones = np.ones(len(rows), np.float32)
    return sparse.csr_array((ones, (rows, columns)), shape=(len(texts), len(names)))


def read_rivals(out: Path) -> Rows:
    """What `run` wrote: int32, shape (pairs, nearest), -1 for none."""
    return np.asarray(np.load(out / RIVALS_FILE), np.int32)


def run(told: StageArguments) -> None:
    """Write `out/rivals.npy`."""
    np.save(told.out / RIVALS_FILE, nearest_rivals(read_pairs(told.out), told.recipe.rivals))


if __name__ == "__main__":
    run(stage_arguments("Find hard negatives by words."))
