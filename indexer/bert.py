"""A BERT forward pass in numpy: serving the shipped encoder needs neither torch nor its seconds of start-up.

Devlin et al. 2019, as in the reference implementation: post-layer norm, learned positions, GELU.
Sequences are packed end to end instead of padded, so no mask is needed and no work is wasted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from indexer.gelu import gelu
from indexer.types import FloatMatrix

# Attention scores of one head worked on at once: with all heads they stay in the processor's cache.
SCORES = 128 * 128


@dataclass(frozen=True, slots=True)
class BertShape:
    """What the weights do not say themselves."""

    layers: int
    heads: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Dense:
    """y = x @ weight + bias: weight float32 (in, out), bias float32 (out,)."""

    weight: FloatMatrix
    bias: FloatMatrix

    def __call__(self, states: FloatMatrix) -> FloatMatrix:
        out: FloatMatrix = states @ self.weight
        out += self.bias
        return out


@dataclass(frozen=True, slots=True)
class LayerNorm:
    """Mean 0 and variance 1 over the last axis, then scale and shift."""

    scale: FloatMatrix
    shift: FloatMatrix
    epsilon: float

    def __call__(self, states: FloatMatrix) -> FloatMatrix:
        centred: FloatMatrix = states - states.mean(-1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(states.shape[1])
        centred /= np.sqrt(variance + np.float32(self.epsilon))
        centred *= self.scale
        centred += self.shift
        return centred


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer. `attention_in` makes queries (divided by √d), keys and values at once."""

    attention_in: Dense
    attention_out: Dense
    attention_norm: LayerNorm
    wide: Dense
    narrow: Dense
    norm: LayerNorm


class Bert:
    """The network. A bare constructor takes finished parts; `from_weights` reads a checkpoint's names."""

    def __init__(
        self,
        words: FloatMatrix,
        positions: FloatMatrix,
        embedding_norm: LayerNorm,
        layers: Sequence[Layer],
        heads: int,
    ) -> None:
        if words.shape[1] != positions.shape[1] or words.shape[1] % heads:
            raise ValueError(f"words {words.shape}, positions {positions.shape}, {heads} heads do not fit")
        self.words, self.positions, self.embedding_norm = words, positions, embedding_norm
        self.layers, self.heads = tuple(layers), heads

    @classmethod
    def from_weights(cls, weights: Mapping[str, FloatMatrix], shape: BertShape) -> Bert:
        """Widen a checkpoint (fp16 or fp32, transformers' names) to float32 once. KeyError names a gap."""
        part = _Reader(weights, shape)
        # Every token is of type 0 here, so its row joins the positions for good.
        positions = part.row("embeddings.position_embeddings.weight")
        positions = positions + part.row("embeddings.token_type_embeddings.weight")[0]
        layers = [part.layer(f"encoder.layer.{number}.") for number in range(shape.layers)]
        words = part.row("embeddings.word_embeddings.weight")
        return cls(words, positions, part.norm("embeddings.LayerNorm"), layers, shape.heads)

    @property
    def dimension(self) -> int:
        """Width of the vectors."""
        return int(self.words.shape[1])

    @property
    def longest(self) -> int:
        """Most tokens that have a position."""
        return len(self.positions)

    def mean_vectors(self, sequences: Sequence[Sequence[int]]) -> FloatMatrix:
        """Mean of each sequence's last states, L2-normalised: float32, shape (len(sequences), dimension)."""
        return _means(self._states(sequences), [len(sequence) for sequence in sequences])

    def part_vectors(
        self, sequences: Sequence[Sequence[int]], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """`mean_vectors`, and for each sequence the means over its `parts` (ranges of tokens, none empty).

        L2-normalised: float32, shape (len(parts[i]), dimension) each.
        """
        lengths = [len(sequence) for sequence in sequences]
        states = self._states(sequences)
        firsts = np.cumsum([0, *lengths[:-1]])
        found = []
        for first, ranges in zip(firsts, parts, strict=True):
            rows = np.zeros((len(ranges), self.dimension), np.float32)
            for place, (start, end) in enumerate(ranges):
                rows[place] = states[first + start : first + end].mean(0)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            found.append(rows)
        return _means(states, lengths), found

    def _states(self, sequences: Sequence[Sequence[int]]) -> FloatMatrix:
        """The last layer's states of all sequences end to end: float32, shape (tokens, dimension)."""
        lengths = [len(sequence) for sequence in sequences]
        runs = runs_of(lengths)
        states = self.words[np.concatenate([np.asarray(ids) for ids in sequences])]
        states = states + self.positions[np.concatenate([np.arange(length) for length in lengths])]
        states = self.embedding_norm(states)
        for layer in self.layers:
            states = self._forward(layer, states, runs)
        return states

    def _forward(self, layer: Layer, states: FloatMatrix, runs: Sequence[tuple[int, int]]) -> FloatMatrix:
        joined = layer.attention_in(states)
        mixed = np.empty_like(states)
        end = 0
        for count, length in runs:
            rows = slice(end, end + count * length)
            mixed[rows] = _attend(joined[rows], self.heads, length)
            end = rows.stop
        states = layer.attention_norm(layer.attention_out(mixed) + states)
        return layer.norm(layer.narrow(gelu(layer.wide(states))) + states)


def _means(states: FloatMatrix, lengths: Sequence[int]) -> FloatMatrix:
    """The mean of each `lengths[i]` rows, L2-normalised."""
    means: FloatMatrix = np.add.reduceat(states, np.cumsum([0, *lengths[:-1]]), axis=0)
    means /= np.asarray(lengths, np.float32)[:, None]
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return means


def runs_of(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """(how many, length) of neighbouring sequences of equal length, as many as attend well together."""
    runs = []
    for length, same in groupby(lengths):
        left, most = len(list(same)), max(1, SCORES // length**2)
        while left:
            runs.append((min(left, most), length))
            left -= min(left, most)
    return runs


def _attend(joined: FloatMatrix, heads: int, length: int) -> FloatMatrix:
    """Self-attention within each `length` rows: (n * length, 3 * dimension) → (n * length, dimension)."""
    width = joined.shape[1]
    parts = joined.reshape(-1, length, 3, heads, width // (3 * heads)).transpose(2, 0, 3, 1, 4)
    scores = parts[0] @ parts[1].swapaxes(-1, -2)
    scores -= scores.max(-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(-1, keepdims=True)
    mixed = scores @ parts[2]
    return np.asarray(mixed.swapaxes(1, 2).reshape(-1, width // 3), np.float32)


class _Reader:
    """Reads a checkpoint's rows by name, as float32 in the layout that the forward pass multiplies with."""

    def __init__(self, weights: Mapping[str, FloatMatrix], shape: BertShape) -> None:
        self._weights, self._shape = weights, shape

    def row(self, name: str) -> FloatMatrix:
        return np.ascontiguousarray(self._weights[name], np.float32)

    def norm(self, name: str) -> LayerNorm:
        return LayerNorm(self.row(f"{name}.weight"), self.row(f"{name}.bias"), self._shape.epsilon)

    def dense(self, name: str) -> Dense:
        return Dense(np.ascontiguousarray(self.row(f"{name}.weight").T), self.row(f"{name}.bias"))

    def layer(self, start: str) -> Layer:
        parts = [self.dense(f"{start}attention.self.{name}") for name in ("query", "key", "value")]
        per_head = parts[0].weight.shape[1] // self._shape.heads
        scale = np.float32(1 / np.sqrt(per_head))
        parts[0] = Dense(parts[0].weight * scale, parts[0].bias * scale)
        joined = Dense(
            np.concatenate([part.weight for part in parts], 1), np.concatenate([part.bias for part in parts])
        )
        return Layer(
            attention_in=joined,
            attention_out=self.dense(f"{start}attention.output.dense"),
            attention_norm=self.norm(f"{start}attention.output.LayerNorm"),
            wide=self.dense(f"{start}intermediate.dense"),
            narrow=self.dense(f"{start}output.dense"),
            norm=self.norm(f"{start}output.LayerNorm"),
        )
