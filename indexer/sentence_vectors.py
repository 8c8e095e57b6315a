"""A vector for every sentence, taken from its passage's own pass through the encoder ("late chunking", Günther et al. 2024).

A passage's vector is the mean of its tokens' states; the mean over one sentence's tokens says what that sentence means
where it stands, and costs no further pass. Kept as int8 with a scale each: a quarter of the bytes, the same ranking
(docs/decisions/sentence-vectors.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from indexer.array_files import ARRAY_FILES
from indexer.bm25 import Rows, ranges
from indexer.cosines import cosines
from indexer.types import Encoder, FloatMatrix

FILE = "sentences.npz"
LEVELS = 127
Ranges = Sequence[tuple[int, int]]


@runtime_checkable
class PartEncoder(Protocol):
    """An encoder whose pass over a text gives its parts' vectors too."""

    def encode_with_parts(
        self, texts: Sequence[str], parts: Sequence[Ranges]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """Passage vectors, float32 (len(texts), dimension), and for each text those of its parts, given as character
        ranges: float32 (len(parts[i]), dimension). Rows of L2 norm 1. AvtalError if a text is too long."""
        ...


def part_encoder(encoder: Encoder) -> PartEncoder | None:
    """The encoder itself where it can give parts; None for one that would need a pass for each."""
    return encoder if isinstance(encoder, PartEncoder) else None


@dataclass(frozen=True, slots=True)
class Coded:
    """Vectors as int8 (n, dimension), each times its scale, float32 (n,)."""

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: FloatMatrix) -> Coded:
        """The vectors, rounded to 255 levels of each one's largest number."""
        scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float32) / np.float32(LEVELS)
        codes = np.rint(vectors / np.where(scales, scales, 1)[:, None]).astype(np.int8)
        return cls(codes, scales)

    def cosines(self, query: FloatMatrix) -> FloatMatrix:
        """Cosine of a unit query, shape (dimension,), with each: float32, shape (n,)."""
        return np.asarray(cosines(self.codes.astype(np.float32), query) * self.scales, np.float32)


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """The sentences of all passages, in row order: `first[i]:first[i + 1]` are those of passage i.

    `starts` and `ends` are offsets into the agreement's text, int32 (n,). Empty where the encoder gives none.
    """

    first: NDArray[np.int64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    coded: Coded

    @classmethod
    def none(cls) -> SentenceVectors:
        """Of an encoder that gives no parts."""
        nothing = np.zeros(0, np.int32)
        return cls(np.zeros(0, np.int64), nothing, nothing, Coded.of(np.zeros((0, 0), np.float32)))

    @classmethod
    def build(cls, spans: Sequence[Sequence[Span]], coded: Sequence[Coded]) -> SentenceVectors:
        """Of each passage's sentences and their vectors, in row order."""
        first = np.cumsum([0, *map(len, spans)], dtype=np.int64)
        flat = [span for each in spans for span in each]
        return cls(
            first,
            np.asarray([span.start for span in flat], np.int32),
            np.asarray([span.end for span in flat], np.int32),
            Coded(
                np.concatenate([each.codes for each in coded]),
                np.concatenate([each.scales for each in coded]),
            ),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def spans(self, row: int) -> list[Span]:
        """The sentences of the passage, in order."""
        own = slice(self.first[row], self.first[row + 1])
        pairs = zip(self.starts[own].tolist(), self.ends[own].tolist(), strict=True)
        return [Span(start, end) for start, end in pairs]

    def of(self, row: int) -> Coded:
        """The vectors of the passage's sentences, in the order of `spans`."""
        own = slice(self.first[row], self.first[row + 1])
        return Coded(self.coded.codes[own], self.coded.scales[own])

    def each(self, query: FloatMatrix, rows: Sequence[int]) -> tuple[FloatMatrix, NDArray[np.int64]]:
        """The cosine of every sentence of the passages with the query, float32 (n,), one passage after the other, and
        where each passage's begin, int64 (len(rows),)."""
        first, after = self.first[np.asarray(rows)], self.first[np.asarray(rows) + 1]
        flat = ranges(first, after)
        cosines = Coded(self.coded.codes[flat], self.coded.scales[flat]).cosines(query)
        return cosines, np.cumsum(after - first) - (after - first)

    def best(self, query: FloatMatrix, rows: Sequence[int]) -> FloatMatrix:
        """The cosine of each passage's nearest sentence with the query, float32, shape (len(rows),)."""
        cosines, starts = self.each(query, rows)
        return np.asarray(np.maximum.reduceat(cosines, starts), np.float32)

    def only(self, rows: Rows) -> SentenceVectors:
        """Those of just these passages, in that order."""
        if not len(self.first):
            return SentenceVectors.none()
        first, after = self.first[rows], self.first[rows + 1]
        flat = ranges(first, after)
        coded = Coded(self.coded.codes[flat], self.coded.scales[flat])
        ends = np.concatenate([[0], np.cumsum(after - first)]).astype(np.int64)
        return SentenceVectors(ends, self.starts[flat], self.ends[flat], coded)

    def save(self, folder: Path) -> None:
        """Write `sentences.npz`."""
        np.savez(
            folder / FILE,
            first=self.first,
            starts=self.starts,
            ends=self.ends,
            codes=self.coded.codes,
            scales=self.coded.scales,
        )

    @classmethod
    def load(cls, folder: Path) -> SentenceVectors:
        """Read a file that the manifest has verified."""
        with ARRAY_FILES, np.load(folder / FILE, allow_pickle=False) as rows:
            coded = Coded(rows["codes"], rows["scales"])
            return cls(rows["first"], rows["starts"], rows["ends"], coded)
