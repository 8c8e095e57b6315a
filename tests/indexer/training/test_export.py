"""A written folder opens, holds fp16 safetensors and nothing that runs code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.encoder_bert import BertEncoder
from indexer.encoder_table import SHIPPED_DEFAULT
from indexer.training.export import POSITIONS_ROW, write_folder
from indexer.training.recipe import Export

SHIPPED = WEIGHTS_FOLDER / SHIPPED_DEFAULT


def test_what_is_written_opens_with_the_same_vectors(tmp_path: Path) -> None:
    weights = {name: row.astype(np.float32) for name, row in load_file(SHIPPED / "model.safetensors").items()}
    weights[POSITIONS_ROW] = np.concatenate([weights[POSITIONS_ROW]] * 2)
    config: dict[str, object] = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "num_hidden_layers": 6,
        "num_attention_heads": 12,
        "layer_norm_eps": 1e-12,
    }
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokenizer.enable_truncation(5)
    size = write_folder(tmp_path / "ny", weights, config, tokenizer, Export(positions=130, max_tokens=128))
    assert size == sum(file.stat().st_size for file in (tmp_path / "ny").rglob("*") if file.is_file())
    stored = load_file(tmp_path / "ny" / "model.safetensors")
    assert {row.dtype for row in stored.values()} == {np.dtype(np.float16)}
    assert stored[POSITIONS_ROW].shape == (130, 384)
    encoder = open_encoder(str(tmp_path / "ny"))
    assert isinstance(encoder, BertEncoder)
    assert encoder.info.max_tokens == 128
    text = ["Avtalet kan sägas upp av båda parter med omedelbar verkan."]
    np.testing.assert_allclose(encoder.encode_queries(text), open_encoder().encode_queries(text), atol=1e-5)
