"""The type of clause that a question means without naming it: "Vilka avtal rullar bara på?" means the term.

The question's vector is set beside those of questions that people ask of each type (clause_questions.toml), and of
questions about anything else.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import FactName
from indexer.array_files import ARRAY_FILES
from indexer.cosines import cosines
from indexer.encoder import open_encoder
from indexer.types import Encoder, FloatMatrix
from retriever.ways import ways

_FILE = Path(__file__).with_name("clause_questions.toml")
VECTORS_FILE = Path(__file__).with_name("clause_questions.npz")
"""`python -m retriever.clause_meant` makes it."""
OTHER = "other"
NEAREST = 3
"""A type is as near as the mean of its nearest questions: one alone may share a word by chance."""
LEAST_MEANT, LEAST_AHEAD = 0.42, 0.04
"""Cosine from which a type is meant, and how far it must lie before the questions about other things."""
LEAST_FIELD, LEAST_WAY = 0.55, 0.48
"""Cosines from which a field of the card, or a way (`ways`), is meant: that alone then makes the set."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A type of clause and how near the question lies to those asked of it: cosine, `LEAST_MEANT` to 1.

    `field`: what the agreement's card must state for it to be one that is meant; None for any clause of the type. `way`: the
    key of what its text must say (`ways`).
    """

    key: str
    score: float
    field: FactName | None = None
    way: str | None = None


@dataclass(frozen=True)
class ClauseQuestions:
    """The example questions' vectors, float32 (n, dimension), and each one's type."""

    keys: tuple[str, ...]
    vectors: FloatMatrix

    @classmethod
    def read_by(cls, encoder: Encoder) -> ClauseQuestions:
        """The examples as the encoder reads them: from the file where it is this encoder's, else encoded, about a second."""
        keys = tuple(key for key, questions in examples().items() for _ in questions)
        kept = _kept(encoder.info.weights_sha256)
        return cls(keys, encoded(encoder) if kept is None else kept)

    @cached_property
    def _places(self) -> dict[str, NDArray[np.intp]]:
        """Where each type's questions stand."""
        keys = np.array(self.keys)
        return {key: np.flatnonzero(keys == key) for key in dict.fromkeys(self.keys)}

    def meant_by(self, query: FloatMatrix) -> Meant | None:
        """The type that a unit query, shape (dimension,), means; None where it is about something else."""
        near = cosines(self.vectors, query)
        scores = {key: float(np.sort(near[own])[-NEAREST:].mean()) for key, own in self._places.items()}
        beside = scores.pop(OTHER)
        scores = {key: score for key, score in scores.items() if score >= _least(key)}
        key, score = max(scores.items(), key=lambda item: item[1], default=(OTHER, 0.0))
        if score < max(LEAST_MEANT, beside + LEAST_AHEAD):
            return None
        kind, _, narrower = key.partition(":")
        if key in ways():
            return Meant(kind, score, way=key)
        return Meant(kind, score, FactName(narrower) if narrower else None)


def _least(key: str) -> float:
    """The cosine from which a type, a way of it or a field is meant."""
    return LEAST_MEANT if ":" not in key else LEAST_WAY if key in ways() else LEAST_FIELD


def encoded(encoder: Encoder) -> FloatMatrix:
    """The examples' unit vectors, float32 (n, dimension)."""
    return encoder.encode_queries([question for questions in examples().values() for question in questions])


def _kept(weights_sha256: str) -> FloatMatrix | None:
    """The vectors of the file, where it was made of these examples by the encoder with these weights; else None."""
    with ARRAY_FILES, np.load(VECTORS_FILE, allow_pickle=False) as file:
        if str(file["made_of"]) != made_of(weights_sha256):
            return None
        vectors = file["vectors"].astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def made_of(weights_sha256: str) -> str:
    """Hex SHA-256 of the examples and the encoder's weights: what the file of vectors was made of."""
    return hashlib.sha256(_FILE.read_bytes() + weights_sha256.encode()).hexdigest()


def keep(encoder: Encoder) -> None:
    """Write the file of vectors anew, float16: after a change of the examples or of the shipped encoder."""
    made = np.array(made_of(encoder.info.weights_sha256))
    np.savez_compressed(VECTORS_FILE, vectors=encoded(encoder).astype(np.float16), made_of=made)


@cache
def examples() -> dict[str, tuple[str, ...]]:
    """The questions by the type that they mean; those of `OTHER` mean none."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: tuple(questions) for key, questions in table.items()}


if __name__ == "__main__":
    keep(open_encoder())
