"""A static table with its tokenizer: a text is the mean of its pieces' rows, without any network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from indexer.encoder_hub import refuse_too_long
from indexer.types import EncoderInfo, FloatMatrix

# As sentence-transformers' StaticEmbedding names it.
ROWS_NAME = "embedding.weight"
UNKNOWN_PIECE = "[UNK]"


class StaticEncoder:
    """Rows of pieces, shape (pieces, dimension). A text's vector does not depend on its batch."""

    def __init__(self, rows: FloatMatrix, tokenizer: Tokenizer, info: EncoderInfo) -> None:
        if rows.shape != (tokenizer.get_vocab_size(), info.dimension):
            raise ValueError(f"{rows.shape} rows for {tokenizer.get_vocab_size()} pieces of {info.dimension}")
        unknown = tokenizer.token_to_id(UNKNOWN_PIECE)
        if unknown is None or not rows[unknown].any():
            raise ValueError(f"no row that is not zero for {UNKNOWN_PIECE}")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._rows, self._tokenizer, self._info = np.asarray(rows, np.float32), tokenizer, info
        self._nothing = [int(unknown)]

    @property
    def info(self) -> EncoderInfo:
        """The encoder's fingerprint."""
        return self._info

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1. AvtalError if a text is too long."""
        ids = self._ids(texts)
        refuse_too_long(texts, [len(each) for each in ids], self._info)
        if not ids:
            return np.zeros((0, self._info.dimension), np.float32)
        # A text without pieces reads as one unknown piece, so that every vector has a direction.
        known = [np.asarray(each or self._nothing) for each in ids]
        starts = np.cumsum([0, *map(len, known)])[:-1]
        sums = np.add.reduceat(self._rows[np.concatenate(known)], starts, axis=0)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """The same as for queries: a table has no prefixes."""
        return self.encode_queries(texts)

    def encode_with_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[FloatMatrix, list[FloatMatrix]]:
        """Passage vectors and those of each text's parts, given as character ranges (indexer/sentence_vectors.py)."""
        found = [
            self.encode_queries([text[start:end] for start, end in each])
            for text, each in zip(texts, parts, strict=True)
        ]
        return self.encode_passages(texts), found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Pieces of each text, nothing cut. There are no special pieces."""
        return [len(ids) for ids in self._ids(texts)]

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [encoding.ids for encoding in found]
