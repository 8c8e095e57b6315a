"""The exact vector index: cosines worked by hand, and the same bytes after saving."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import ThreadpoolController

from corpus.types import AvtalError
from indexer.types import FloatMatrix
from indexer.vectors import FILE, VectorIndex

THREE = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


def unit_rows(seed: int, rows: int, dimension: int) -> FloatMatrix:
    drawn = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def test_scores_are_the_cosines_in_the_order_of_the_rows() -> None:
    index = VectorIndex.build(THREE)
    found = index.scores(np.array([0.8, 0.6], dtype=np.float32))
    assert (index.rows, index.dimension) == (3, 2)
    assert found.dtype == np.float32 and found.shape == (3,)
    assert found.tolist() == pytest.approx([0.8, 0.6, 0.96])


def test_a_query_may_be_a_row_or_a_matrix_of_one_row() -> None:
    index = VectorIndex.build(THREE)
    flat = np.array([0, 1], dtype=np.float32)
    assert index.scores(flat).tobytes() == index.scores(flat.reshape(1, 2)).tobytes()


def test_a_query_of_another_dimension_is_refused_with_both_numbers() -> None:
    with pytest.raises(AvtalError, match=r"har 3 tal men indexet har 2.*avtal index"):
        VectorIndex.build(THREE).scores(np.ones(3, dtype=np.float32))


def test_vectors_come_back_as_they_were_given() -> None:
    found = VectorIndex.build(THREE).vectors()
    assert found.dtype == np.float32
    assert found.tolist() == THREE.tolist()


def test_an_index_of_no_vectors_keeps_its_dimension(tmp_path: Path) -> None:
    VectorIndex.build(np.zeros((0, 4), dtype=np.float32)).save(tmp_path)
    loaded = VectorIndex.load(tmp_path)
    assert (loaded.rows, loaded.dimension, loaded.vectors().shape) == (0, 4, (0, 4))


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(2, 6))
def test_every_vector_finds_itself_first_also_after_saving(seed: int, rows: int, dimension: int) -> None:
    vectors = unit_rows(seed, rows, dimension)
    built = VectorIndex.build(vectors)
    with TemporaryDirectory() as name:
        built.save(Path(name))
        assert [path.name for path in Path(name).iterdir()] == [FILE]
        loaded = VectorIndex.load(Path(name))
    assert loaded.vectors().tobytes() == vectors.tobytes()
    for row, vector in enumerate(vectors):
        found = loaded.scores(vector)
        assert found.tobytes() == built.scores(vector).tobytes()
        assert found[row] == pytest.approx(1.0, abs=1e-5)
        assert found[row] >= found.max() - 1e-6
        assert np.allclose(found, vectors @ vector, atol=1e-5)


def test_a_row_s_cosine_is_its_own_whatever_stands_beside_it() -> None:
    rows, query = unit_rows(3, 1469, 384), unit_rows(4, 1, 384)[0]
    whole = VectorIndex.build(rows).scores(query)
    for size in (1, 7, 490, 1000):
        assert VectorIndex.build(rows[:size]).scores(query).tobytes() == whole[:size].tobytes()


def test_the_cosines_are_the_same_from_however_many_threads() -> None:
    index, queries = VectorIndex.build(unit_rows(5, 1469, 384)), unit_rows(6, 20, 384)
    alone = [index.scores(query).tobytes() for query in queries]
    for threads in (1, 2, 3):
        with ThreadpoolController().limit(limits=threads, user_api="blas"):
            assert [index.scores(query).tobytes() for query in queries] == alone
