"""A table's first rows: each piece alone through the transformer, reduced by PCA, weighed by rarity.

After model2vec (Tulkens & van Dongen 2024); the weights after Arora, Liang & Ma 2017.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.types import Encoder, FloatMatrix

CONTINUES = "##"


def piece_vectors(encoder: Encoder, tokenizer: Tokenizer) -> FloatMatrix:
    """The encoder's vector of each piece read as a text: float32, shape (pieces, encoder dimension)."""
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda row: row[1])
    return encoder.encode_passages([piece.removeprefix(CONTINUES) for piece, _ in pieces])


def principal(vectors: FloatMatrix, dimension: int) -> FloatMatrix:
    """The `dimension` directions of most variance, mean kept in: float32, shape (width, dimension)."""
    _, directions = np.linalg.eigh(np.cov(vectors.T))
    return np.ascontiguousarray(directions[:, ::-1][:, :dimension], np.float32)


def rarity(ids: Sequence[Sequence[int]], pieces: int, sif: float) -> NDArray[np.float32]:
    """a / (a + p) of each piece, p its share of all pieces in `ids`: float32, shape (pieces, 1)."""
    counts = np.bincount(np.concatenate([np.asarray(each, np.int64) for each in ids]), minlength=pieces)
    return np.asarray(sif / (sif + counts / counts.sum()), np.float32)[:, None]
