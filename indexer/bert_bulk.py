"""The same network in bf16 with torch, for long runs: twice the passages a second, seconds of import.

Only where the processor multiplies bf16 itself; elsewhere it would be slower than numpy. Vectors differ from
the float32 ones by rounding: cosine above .9999 (docs/encoder.md, "Speed").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from indexer.bert import Bert, Dense, Layer, LayerNorm, runs_of
from indexer.types import FloatMatrix

HALF = torch.bfloat16


def bf16_is_fast() -> bool:
    """True where the processor has instructions for bf16 products."""
    able = torch.cpu.get_capabilities()
    return any(bool(able.get(name)) for name in ("avx512_bf16", "amx_bf16"))


class BulkBert:
    """A network's weights in bf16. Sums, norms and the residual stream stay float32."""

    def __init__(self, network: Bert) -> None:
        self._words, self._positions = torch.from_numpy(network.words), torch.from_numpy(network.positions)
        self._norm = _Norm(network.embedding_norm)
        self._layers = [_BulkLayer(layer, network.heads) for layer in network.layers]

    @staticmethod
    @contextmanager
    def one_thread() -> Iterator[None]:
        """torch works in the thread that calls it alone inside the block: blocks are shared out by the caller."""
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(before)

    @torch.inference_mode()
    def mean_vectors(self, sequences: Sequence[Sequence[int]]) -> FloatMatrix:
        """Mean of each sequence's last states, L2-normalised: float32, shape (len(sequences), dimension)."""
        lengths = [len(sequence) for sequence in sequences]
        ids = torch.from_numpy(np.concatenate([np.asarray(each, np.int64) for each in sequences]))
        places = torch.from_numpy(np.concatenate([np.arange(length) for length in lengths]))
        states = self._norm(self._words[ids] + self._positions[places])
        runs = runs_of(lengths)
        for layer in self._layers:
            states = layer(states, runs)
        means = torch.stack([part.mean(0) for part in torch.split(states, lengths)])
        return np.asarray(functional.normalize(means, dim=1).numpy(), np.float32)


class _Norm:
    def __init__(self, norm: LayerNorm) -> None:
        self._scale, self._shift = torch.from_numpy(norm.scale), torch.from_numpy(norm.shift)
        self._epsilon = norm.epsilon

    def __call__(self, states: Tensor) -> Tensor:
        return functional.layer_norm(states, self._scale.shape, self._scale, self._shift, self._epsilon)


class _Product:
    def __init__(self, dense: Dense) -> None:
        self.weight = torch.from_numpy(dense.weight).T.to(HALF).contiguous()
        self.bias = torch.from_numpy(dense.bias)

    def __call__(self, states: Tensor) -> Tensor:
        return functional.linear(states, self.weight)


class _BulkLayer:
    def __init__(self, layer: Layer, heads: int) -> None:
        self._heads = heads
        self._attention_in, self._attention_out = _Product(layer.attention_in), _Product(layer.attention_out)
        self._wide, self._narrow = _Product(layer.wide), _Product(layer.narrow)
        self._attention_norm, self._norm = _Norm(layer.attention_norm), _Norm(layer.norm)

    def __call__(self, states: Tensor, runs: Sequence[tuple[int, int]]) -> Tensor:
        joined = self._attention_in(states.to(HALF)).add_(self._attention_in.bias)
        parts = torch.split(joined, [count * length for count, length in runs])
        mixed = torch.cat(
            [_attend(part, self._heads, length) for part, (_, length) in zip(parts, runs, strict=True)]
        )
        states = self._attention_norm(states.add_(self._attention_out(mixed)).add_(self._attention_out.bias))
        wide = functional.gelu(self._wide(states.to(HALF)).add_(self._wide.bias))
        return self._norm(states.add_(self._narrow(wide)).add_(self._narrow.bias))


def _attend(joined: Tensor, heads: int, length: int) -> Tensor:
    """Self-attention within each `length` rows: (n * length, 3 * dimension) → (n * length, dimension)."""
    width = joined.shape[1]
    parts = joined.view(-1, length, 3, heads, width // (3 * heads)).permute(2, 0, 3, 1, 4)
    queries, keys, values = parts.flatten(1, 2)
    shares = torch.softmax(torch.bmm(queries, keys.transpose(1, 2)), -1)
    mixed = torch.bmm(shares, values).view(-1, heads, length, width // (3 * heads))
    return mixed.transpose(1, 2).reshape(-1, width // 3)
