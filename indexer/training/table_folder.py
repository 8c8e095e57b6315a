"""Write a table as a sentence-transformers folder of a StaticEmbedding: safetensors in fp16, tokenizer, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from indexer.encoder_static import ROWS_NAME
from indexer.types import FloatMatrix

MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def write_table(folder: Path, rows: FloatMatrix, tokenizer: Tokenizer, max_tokens: int) -> int:
    """Write the folder; returns its size in bytes. `max_tokens` is what a passage is kept to."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    # The mean's length does not matter: the largest number at 1 keeps the most digits of fp16.
    half = (rows / np.abs(rows).max()).astype(np.float16)
    save_file({ROWS_NAME: half}, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.no_truncation()
    plain.no_padding()
    plain.save(str(folder / "tokenizer.json"), pretty=False)
    settings = {
        "modules.json": MODULES,
        "sentence_bert_config.json": {"max_seq_length": max_tokens, "do_lower_case": False},
        "1_Normalize/config.json": {},
    }
    for name, value in settings.items():
        text = json.dumps(value, indent=2, sort_keys=True) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
