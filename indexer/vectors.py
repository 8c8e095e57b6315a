"""The exact vector index. The only module that knows FAISS."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.types import AvtalError
from indexer.cosines import cosines
from indexer.types import FloatMatrix

FILE = "vectors.faiss"


class VectorIndex:
    """Unit vectors, one row a passage, searched exhaustively by inner product (the cosine)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: FloatMatrix) -> VectorIndex:
        """An index over `vectors`, float32, shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Read a file that the manifest has verified: FAISS itself checks nothing."""
        return cls(faiss.read_index(str(folder / FILE)))

    def save(self, folder: Path) -> None:
        """Write `vectors.faiss`."""
        faiss.write_index(self._index, str(folder / FILE))

    def only(self, rows: NDArray[np.int64]) -> VectorIndex:
        """An index over just these rows, in that order."""
        return VectorIndex.build(self.vectors()[rows])

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of each vector."""
        return int(self._index.d)

    def scores(self, query: FloatMatrix) -> FloatMatrix:
        """Cosine of one query, shape (1, dimension) or (dimension,), with every row: float32, shape (rows,)."""
        flat = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        if flat.shape[1] != self.dimension:
            raise AvtalError(
                f"frågans vektor har {flat.shape[1]} tal men indexet har {self.dimension}; bygg om indexet med avtal index"
            )
        if self.rows == 0:
            return np.empty(0, dtype=np.float32)
        # Every row's score is wanted, in row order: a search would sort them first.
        return cosines(self._all, flat[0])

    @cached_property
    def _all(self) -> FloatMatrix:
        return faiss.rev_swig_ptr(self._index.get_xb(), self.rows * self.dimension).reshape(self.rows, -1)

    def vector(self, row: int) -> FloatMatrix:
        """The vector of one row, float32, shape (dimension,)."""
        return np.array(self._all[row], dtype=np.float32)

    def vectors(self) -> FloatMatrix:
        """All vectors, float32, shape (rows, dimension): what is reused when a file is unchanged."""
        if self.rows == 0:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_n(0, self.rows), dtype=np.float32)
