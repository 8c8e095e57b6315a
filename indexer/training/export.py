"""Write an encoder as a sentence-transformers folder: safetensors in fp16, tokenizer, JSON. No pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from indexer.training.recipe import Export

POSITIONS_ROW = "embeddings.position_embeddings.weight"
WORDS_ROW = "embeddings.word_embeddings.weight"
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]
NOT_OURS = ("_name_or_path", "transformers_version")
Weights = Mapping[str, NDArray[np.float32]]


def write_folder(
    folder: Path, weights: Weights, config: Mapping[str, object], tokenizer: Tokenizer, recipe: Export
) -> int:
    """Write the folder; returns its size in bytes. `config` is the base model's `config.json`.

    The position table keeps its first `recipe.positions` rows.
    """
    (folder / "1_Pooling").mkdir(parents=True, exist_ok=True)
    (folder / "2_Normalize").mkdir(exist_ok=True)
    kept = {name: row for name, row in weights.items() if not name.endswith("position_ids")}
    kept[POSITIONS_ROW] = kept[POSITIONS_ROW][: recipe.positions]
    half = {name: np.ascontiguousarray(row, np.float16) for name, row in kept.items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    pieces, dimension = kept[WORDS_ROW].shape
    plain = Tokenizer.from_str(tokenizer.to_str())
    plain.no_truncation()
    plain.no_padding()
    plain.save(str(folder / "tokenizer.json"), pretty=False)
    changed = {
        "vocab_size": pieces,
        "max_position_embeddings": recipe.positions,
        "torch_dtype": "float16",
        "dtype": "float16",
        "gradient_checkpointing": False,
    }
    own = {key: value for key, value in config.items() if key not in NOT_OURS}
    _write_json(folder / "config.json", own | changed)
    _write_json(folder / "modules.json", MODULES)
    _write_json(
        folder / "sentence_bert_config.json", {"max_seq_length": recipe.max_tokens, "do_lower_case": False}
    )
    _write_json(folder / "1_Pooling" / "config.json", _pooling(dimension))
    _write_json(folder / "tokenizer_config.json", _tokenizer_config(plain, recipe.max_tokens))
    (folder / "2_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _pooling(dimension: int) -> dict[str, object]:
    return {"word_embedding_dimension": dimension, "pooling_mode_mean_tokens": True}


def _tokenizer_config(tokenizer: Tokenizer, max_tokens: int) -> dict[str, object]:
    wordpiece = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    unigram = {"pad": "<pad>", "unk": "<unk>", "cls": "<s>", "sep": "</s>"}
    names = wordpiece if tokenizer.token_to_id("[CLS]") is not None else unigram
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": max_tokens,
        "clean_up_tokenization_spaces": False,
        **{f"{key}_token": piece for key, piece in names.items()},
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
