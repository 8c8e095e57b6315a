"""Writes `indexer/asked_before.npz` anew: after a change of the clauses or of the shipped encoder. Two minutes of one core.

`python -m indexer.training.asked_before`
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.asked_before import VECTORS_FILE
from indexer.encoder import open_encoder
from indexer.training.everyday import CLAUSES_FOLDER, Everyday, everyday
from indexer.types import Encoder

QUESTION_BYTES, CLAUSE_BYTES = 48, 96
"""Bytes a vector: mean average precision of the lists to develop on was .734 with these, .740 with whole vectors."""
BATCH = 256


def clauses_sha256() -> str:
    """Hex SHA-256 of the files of clauses: what the vectors were made of, beside the encoder."""
    whole = hashlib.sha256()
    for path in sorted(CLAUSES_FOLDER.glob("*.txt")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def quantised(vectors: NDArray[np.float32], size: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Codes, uint8 (size, n), and their centroids, float16 (size, 256, dimension / size). `vectors`: float32 (n, dimension)."""
    faiss.omp_set_num_threads(1)
    quantiser = faiss.ProductQuantizer(vectors.shape[1], size, 8)
    # 33 clauses a centroid are enough here, and faiss warns below 39.
    quantiser.cp.min_points_per_centroid = 1
    quantiser.train(vectors)
    centroids = faiss.vector_to_array(quantiser.centroids).reshape(size, 256, -1)
    return np.ascontiguousarray(quantiser.compute_codes(vectors).T), centroids.astype(np.float16)


def write(encoder: Encoder, rows: Sequence[Everyday]) -> None:
    """Encode the questions and clauses of `rows` and write the file."""
    asked = [question for row in rows for question in row.questions]
    questions = np.concatenate([encoder.encode_queries(part) for part in _parts(asked)])
    clauses = np.concatenate([encoder.encode_passages(part) for part in _parts([row.clause for row in rows])])
    question_codes, question_centroids = quantised(questions, QUESTION_BYTES)
    clause_codes, clause_centroids = quantised(clauses, CLAUSE_BYTES)
    np.savez_compressed(
        VECTORS_FILE,
        questions_codes=question_codes,
        questions_centroids=question_centroids,
        firsts=np.cumsum([0, *(len(row.questions) for row in rows[:-1])]).astype(np.int32),
        clauses_codes=clause_codes,
        clauses_centroids=clause_centroids,
        encoder_sha256=np.array(encoder.info.weights_sha256),
        clauses_sha256=np.array(clauses_sha256()),
    )


def _parts(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]


if __name__ == "__main__":
    write(open_encoder(), everyday())
