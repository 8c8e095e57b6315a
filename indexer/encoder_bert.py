"""The shipped kind of encoder: a BERT with its tokenizer, in numpy; long runs in bf16 where that is faster."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController
from tokenizers import Encoding, Tokenizer

from indexer.bert import Bert
from indexer.encoder_hub import refuse_too_long
from indexer.types import EncoderInfo, FloatMatrix

if TYPE_CHECKING:
    from indexer.bert_bulk import BulkBert

# Tokens worked on at once: their states stay in the processor's cache, and the matrices are large enough.
BLOCK_TOKENS = 1024
# From here on bf16 saves more seconds than the import of torch takes (docs/encoder.md, "Speed").
BULK_TOKENS = 32_000
MeanVectors = Callable[[Sequence[Sequence[int]]], FloatMatrix]


class BertEncoder:
    """The network with its tokenizer.

    A text's vector does not depend on its batch but for float32 rounding (1e-5), as texts are not padded, and
    bf16 rounding (cosine above .9999) where a call to `encode_passages` holds `bulk_tokens` or more.
    """

    def __init__(
        self, network: Bert, tokenizer: Tokenizer, info: EncoderInfo, bulk_tokens: int = BULK_TOKENS
    ) -> None:
        if info.dimension != network.dimension:
            raise ValueError(f"info says {info.dimension} dimensions, the weights {network.dimension}")
        if info.max_tokens > network.longest:
            raise ValueError(f"info says {info.max_tokens} tokens, the weights {network.longest}")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._network, self._tokenizer, self._info = network, tokenizer, info
        self._bulk_tokens = bulk_tokens
        self._bulk: BulkBert | None = None

    @property
    def info(self) -> EncoderInfo:
        """The encoder's fingerprint."""
        return self._info

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1. AvtalError if a text is too long."""
        ids = self._checked_ids([self._info.query_prefix + text for text in texts])
        return self._encoded(ids, self._network.mean_vectors)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1. AvtalError if a text is too long."""
        ids = self._checked_ids([self._info.passage_prefix + text for text in texts])
        bulk = self._bulk_network() if sum(map(len, ids)) >= self._bulk_tokens else None
        if bulk is None:
            return self._encoded(ids, self._network.mean_vectors)
        with bulk.one_thread():
            return self._encoded(ids, bulk.mean_vectors)

    def encode_with_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """Passage vectors and those of each text's parts, given as character ranges (indexer/sentence_vectors.py)."""
        prefix = self._info.passage_prefix
        encodings = self._tokenizer.encode_batch([prefix + text for text in texts])
        ids = [encoding.ids for encoding in encodings]
        refuse_too_long(texts, [len(each) for each in ids], self._info)
        ranges = [
            tokens_of(encoding, [(start + len(prefix), end + len(prefix)) for start, end in each])
            for encoding, each in zip(encodings, parts, strict=True)
        ]
        vectors = np.zeros((len(ids), self._info.dimension), np.float32)
        found: list[FloatMatrix] = [np.zeros((0, self._info.dimension), np.float32)] * len(ids)

        def fill(rows: list[int]) -> None:
            vectors[rows], of_parts = self._network.part_vectors(
                [ids[row] for row in rows], [ranges[row] for row in rows]
            )
            for row, own in zip(rows, of_parts, strict=True):
                found[row] = own

        _each(fill, _blocks([len(each) for each in ids]))
        return vectors, found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage, prefix and special tokens included, nothing cut."""
        return [len(ids) for ids in self._ids([self._info.passage_prefix + text for text in texts])]

    def _ids(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts)]

    def _checked_ids(self, texts: list[str]) -> list[list[int]]:
        ids = self._ids(texts)
        refuse_too_long(texts, [len(each) for each in ids], self._info)
        return ids

    def _encoded(self, ids: list[list[int]], mean_vectors: MeanVectors) -> FloatMatrix:
        vectors = np.zeros((len(ids), self._info.dimension), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = mean_vectors([ids[row] for row in rows])

        _each(fill, _blocks([len(each) for each in ids]))
        return vectors

    def _bulk_network(self) -> BulkBert | None:
        """The network in bf16, or None where the processor is not made for it."""
        if self._bulk is None:
            # torch keeps what it prepares for each shape of matrix, and sentences come in all lengths: 950 MB in the
            # end, with these 410 (seen). Read when torch is first imported.
            os.environ.setdefault("LRU_CACHE_CAPACITY", "16")
            os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")
            from indexer.bert_bulk import BulkBert, bf16_is_fast  # imports torch, so only for long runs

            self._bulk = BulkBert(self._network) if bf16_is_fast() else None
        return self._bulk


def tokens_of(encoding: Encoding, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The range of tokens inside each range of characters; all tokens where a part holds none of its own."""
    offsets = np.asarray(encoding.offsets)
    own = np.asarray(encoding.special_tokens_mask) == 0
    found = []
    for start, end in parts:
        inside = np.flatnonzero(own & (offsets[:, 1] > start) & (offsets[:, 1] <= end))
        found.append((int(inside[0]), int(inside[-1]) + 1) if len(inside) else (0, len(offsets)))
    return found


def _each(fill: Callable[[list[int]], None], blocks: Sequence[list[int]]) -> None:
    """A block to a thread with one matrix thread each: two that wait for each other are slow on a busy machine.

    A single block, such as a question, stays in the thread that asks: starting another takes as long as a layer.
    """
    _one_matrix_thread()
    if len(blocks) < 2:
        list(map(fill, blocks))
        return
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        list(workers.map(fill, blocks))


@cache
def _one_matrix_thread() -> None:
    """For the whole process and for good: of two that set and reset it at once, the last leaves what the other had set."""
    ThreadpoolController().limit(limits=1, user_api="blas")


def _blocks(lengths: Sequence[int]) -> list[list[int]]:
    """Rows in order of length, cut into blocks of about BLOCK_TOKENS."""
    blocks: list[list[int]] = []
    room = 0
    for row in sorted(range(len(lengths)), key=lambda row: lengths[row]):
        if lengths[row] > room or not blocks:
            blocks.append([])
            room = BLOCK_TOKENS
        blocks[-1].append(row)
        room -= lengths[row]
    return blocks
