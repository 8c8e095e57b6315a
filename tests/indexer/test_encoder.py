"""The shipped encoder: the same vectors as sentence-transformers, nothing cut, no torch when serving."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from corpus.types import AvtalError
from indexer.encoder import WEIGHTS_FOLDER, open_encoder, shipped_names
from indexer.encoder_table import SHIPPED_DEFAULT
from indexer.types import Encoder, FloatMatrix

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Avtalet kan sägas upp med tre månaders uppsägningstid.",
    "",
    "Kompetensförsörjning",
    "Which agreements cover research funding?",
    "Parterna ska samverka om forskning, utbildning och praktik. " * 12,
    "§ 4.2 Ersättning: 1 250 000 kr (exkl. moms) – se bilaga 3 ☃",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="module")
def reference() -> FloatMatrix:
    """What sentence-transformers itself makes of the shipped folder."""
    from sentence_transformers import SentenceTransformer

    folder = str(WEIGHTS_FOLDER / SHIPPED_DEFAULT)
    model = SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": "float32"})
    return np.asarray(model.encode(TEXTS), np.float32)


def test_it_agrees_with_sentence_transformers(encoder: Encoder, reference: FloatMatrix) -> None:
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), reference, atol=1e-3)
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), reference, atol=1e-3)


def test_its_info_is_what_it_does(encoder: Encoder) -> None:
    info = encoder.info
    assert info.name == SHIPPED_DEFAULT
    assert (info.dimension, info.max_tokens) == (384, 256)
    assert (info.query_prefix, info.passage_prefix, info.normalised) == ("", "", True)
    assert len(bytes.fromhex(info.weights_sha256)) == 32


def test_vectors_are_unit_rows(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_nothing_gives_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.count_tokens([]) == []


def test_the_same_text_gives_the_same_bytes(encoder: Encoder) -> None:
    assert encoder.encode_passages(TEXTS).tobytes() == encoder.encode_passages(TEXTS).tobytes()


@settings(max_examples=20)
@given(st.permutations(range(len(TEXTS))), st.integers(1, len(TEXTS)))
def test_a_vector_does_not_depend_on_its_batch(order: list[int], size: int) -> None:
    encoder = open_shared()
    rows = order[:size]
    together = encoder.encode_passages([TEXTS[row] for row in rows])
    alone = np.concatenate([encoder.encode_passages([TEXTS[row]]) for row in rows])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_matrices_keep_to_one_thread_after_a_question(encoder: Encoder) -> None:
    encoder.encode_queries(["uppsägning"])  # set and reset, two questions at once left what the first had set
    assert {each["num_threads"] for each in threadpool_info() if "numpy" in each["filepath"]} <= {1}


def test_tokens_are_counted_whole(encoder: Encoder) -> None:
    short, empty, long = encoder.count_tokens(["avtal", "", " ".join(["avtal"] * 1000)])
    assert (short, empty, long) == (3, 2, 1002)


def test_the_longest_text_passes_and_one_token_more_is_refused(encoder: Encoder) -> None:
    limit = encoder.info.max_tokens
    fits = " ".join(["avtal"] * (limit - 2))
    assert encoder.encode_passages([fits]).shape == (1, 384)
    with pytest.raises(AvtalError, match=rf"{limit + 1} delord lång.*högst {limit}"):
        encoder.encode_passages(["kort", fits + " avtal"])
    with pytest.raises(AvtalError, match="delord"):
        encoder.encode_queries([fits + " avtal"])


def test_meaning_is_nearer_than_noise(encoder: Encoder) -> None:
    question = encoder.encode_queries(["Hur säger man upp överenskommelsen?"])
    passages = encoder.encode_passages(
        ["Uppsägning av avtalet ska ske skriftligen.", "Kaffe och bullar serveras i foajén."]
    )
    near, far = (question @ passages.T)[0]
    assert near > far + 0.2


def test_serving_imports_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from indexer.encoder import open_encoder; open_encoder().encode_queries(['avtal']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_box_fits_its_limits() -> None:
    for name in shipped_names():
        size = sum(file.stat().st_size for file in (WEIGHTS_FOLDER / name).rglob("*") if file.is_file())
        assert size <= 40_000_000, f"{name}: {size} bytes"


def open_shared() -> Encoder:
    """One encoder for all of a property test's examples."""
    if not _SHARED:
        _SHARED.append(open_encoder())
    return _SHARED[0]


_SHARED: list[Encoder] = []
