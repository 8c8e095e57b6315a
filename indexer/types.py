"""Records of the index: a passage, the encoder's protocol and its fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import SectionRole

FloatMatrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of one section: what is embedded, scored and cited. Row i of every index is passage i.

    `start..end` are offsets into the agreement's canonical text. `header` is what travels with the
    passage into the indexes (title, parties, section path) and is never quoted.
    """

    passage_id: str
    agreement_id: str
    section: int
    start: int
    end: int
    role: SectionRole
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class EncoderInfo:
    """What an index must remember about its encoder to be opened with the same one.

    `weights_sha256` covers the weights, tokenizer and module configuration. `max_tokens` is the longest
    input, special tokens included; nothing longer may be passed to the encoder.
    """

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int
    query_prefix: str = ""
    passage_prefix: str = ""
    normalised: bool = True


class Encoder(Protocol):
    """Text to unit vectors. Queries and passages apart, since some encoders want different prefixes."""

    @property
    def info(self) -> EncoderInfo:
        """The encoder's fingerprint."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), rows of L2 norm 1."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage, prefix and special tokens included, nothing cut."""
        ...
