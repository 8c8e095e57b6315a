"""The static table: means that can be worked by hand, the folder that it opens from, and sentence-transformers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel

from corpus.types import AvtalError
from indexer.encoder import open_encoder
from indexer.encoder_static import StaticEncoder
from indexer.training.table_folder import write_table
from indexer.types import FloatMatrix

ROOT = Path(__file__).parents[2]
PIECES = {"[PAD]": 0, "[UNK]": 1, "avtal": 2, "hyra": 3, "skog": 4}
ROWS: FloatMatrix = np.array([[0, 0], [0, -1], [1, 0], [0, 1], [3, 4]], np.float32)


@pytest.fixture
def tokenizer() -> Tokenizer:
    words = Tokenizer(WordLevel(PIECES, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    return words


@pytest.fixture
def folder(tmp_path: Path, tokenizer: Tokenizer) -> Path:
    """The tiny table on disk, for passages of at most four pieces."""
    tokenizer.enable_truncation(2)
    size = write_table(tmp_path / "liten", ROWS, tokenizer, max_tokens=4)
    assert size == sum(file.stat().st_size for file in (tmp_path / "liten").rglob("*") if file.is_file())
    return tmp_path / "liten"


def test_a_text_is_the_mean_of_its_pieces(folder: Path) -> None:
    encoder = open_encoder(str(folder))
    assert isinstance(encoder, StaticEncoder)
    half = np.sqrt(0.5)
    expected = [[half, half], [0.6, 0.8], [0, -1], [1, 0]]
    texts = ["avtal hyra", "skog", "okänt", "avtal avtal avtal avtal"]
    np.testing.assert_allclose(encoder.encode_passages(texts), expected, atol=1e-3)
    np.testing.assert_allclose(encoder.encode_queries(texts), expected, atol=1e-3)


def test_nothing_still_has_a_direction(folder: Path) -> None:
    encoder = open_encoder(str(folder))
    np.testing.assert_allclose(
        encoder.encode_queries(["", "skog", " "]), [[0.0, -1.0], [0.6, 0.8], [0.0, -1.0]], atol=1e-3
    )
    assert encoder.encode_queries([]).shape == (0, 2)
    assert encoder.encode_passages([]).shape == (0, 2)
    assert encoder.count_tokens(["", "avtal hyra skog"]) == [0, 3]


def test_a_longer_text_is_refused_and_not_cut(folder: Path) -> None:
    encoder = open_encoder(str(folder))
    assert encoder.info.max_tokens == 4
    with pytest.raises(AvtalError, match=r"5 delord lång.*högst 4"):
        encoder.encode_passages(["avtal " * 5])


def test_it_agrees_with_sentence_transformers(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["avtal hyra", "skog hyra", "okänt avtal skog"]
    theirs = SentenceTransformer(str(folder), device="cpu").encode(texts)
    np.testing.assert_allclose(open_encoder(str(folder)).encode_passages(texts), theirs, atol=1e-3)


def test_a_table_needs_no_torch(folder: Path) -> None:
    code = (
        f"import sys; from indexer.encoder import open_encoder; open_encoder({str(folder)!r}).encode_queries(['skog']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_snabb_is_the_table_in_the_box() -> None:
    encoder = open_encoder("snabb")
    assert isinstance(encoder, StaticEncoder)
    assert encoder.info.name == "snabb-sv"
    assert encoder.info.weights_sha256 == open_encoder("snabb-sv").info.weights_sha256
    question = encoder.encode_queries(["pengar till forskning"])
    passages = encoder.encode_passages(["Finansiering av forskningen", "Kaffe och bullar serveras."])
    near, far = (question @ passages.T)[0]
    assert near > far + 0.2


def test_rows_that_do_not_fit_the_tokenizer_are_refused(tmp_path: Path, tokenizer: Tokenizer) -> None:
    write_table(tmp_path, ROWS[:4], tokenizer, max_tokens=4)
    with pytest.raises(AvtalError, match=r"skadade eller ofullständiga.*\(4, 2\) rows for 5 pieces"):
        open_encoder(str(tmp_path))
