"""Long runs in bf16: the same vectors but for rounding, for passages alone, and nothing left changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

torch = pytest.importorskip("torch")

from indexer.bert import Bert, BertShape  # noqa: E402
from indexer.bert_bulk import BulkBert, bf16_is_fast  # noqa: E402
from indexer.encoder import WEIGHTS_FOLDER, open_encoder  # noqa: E402
from indexer.encoder_bert import BertEncoder  # noqa: E402
from indexer.encoder_table import SHIPPED_DEFAULT  # noqa: E402

FOLDER = WEIGHTS_FOLDER / SHIPPED_DEFAULT
TEXTS = [
    "Avtalet kan sägas upp med tre månaders uppsägningstid.",
    "",
    "Parterna ska samverka om forskning, utbildning och praktik. " * 12,
    "§ 4.2 Ersättning: 1 250 000 kr (exkl. moms) – se bilaga 3",
]


@pytest.fixture(scope="module")
def network() -> Bert:
    return Bert.from_weights(load_file(FOLDER / "model.safetensors"), BertShape(6, 12, 1e-12))


@pytest.fixture(scope="module")
def bulk(network: Bert) -> BertEncoder:
    """The shipped encoder that finds every call for passages long."""
    return BertEncoder(
        network, Tokenizer.from_file(str(FOLDER / "tokenizer.json")), open_encoder().info, bulk_tokens=1
    )


def test_bf16_agrees_with_float32(network: Bert) -> None:
    sequences: Sequence[Sequence[int]] = [[2, 900, 3], list(range(5, 205)), [2, 3], [2, *range(700, 760), 3]]
    exact, rounded = network.mean_vectors(sequences), BulkBert(network).mean_vectors(sequences)
    assert rounded.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rounded, axis=1), 1, atol=1e-5)
    assert (exact * rounded).sum(1).min() > 0.9999


def test_long_calls_agree_with_short_ones_and_give_the_same_bytes_again(bulk: BertEncoder) -> None:
    vectors = bulk.encode_passages(TEXTS)
    assert (vectors * open_encoder().encode_passages(TEXTS)).sum(1).min() > 0.9999
    assert bulk.encode_passages(TEXTS).tobytes() == vectors.tobytes()


def test_bf16_is_used_where_the_processor_has_it_and_only_there(bulk: BertEncoder) -> None:
    same = bulk.encode_passages(TEXTS).tobytes() == open_encoder().encode_passages(TEXTS).tobytes()
    assert same is not bf16_is_fast()


def test_queries_stay_in_float32(bulk: BertEncoder) -> None:
    assert bulk.encode_queries(TEXTS).tobytes() == open_encoder().encode_queries(TEXTS).tobytes()


def test_torch_gets_its_threads_back(bulk: BertEncoder) -> None:
    before = torch.get_num_threads()
    bulk.encode_passages(TEXTS)
    assert torch.get_num_threads() == before
