"""The mean of finished folders, and the refusal of folders that are not of one model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from indexer.training.average import average


def folder(path: Path, row: list[float], tokenizer: str = "{}") -> Path:
    path.mkdir()
    save_file({"a": np.array(row, np.float16)}, path / "model.safetensors")
    (path / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    return path


def test_the_mean_weight_by_weight(tmp_path: Path) -> None:
    average([folder(tmp_path / "x", [1, 3]), folder(tmp_path / "y", [3, 4])], tmp_path / "out")
    assert load_file(tmp_path / "out" / "model.safetensors")["a"].tolist() == [2.0, 3.5]
    assert (tmp_path / "out" / "tokenizer.json").exists()


def test_folders_of_different_models_are_refused(tmp_path: Path) -> None:
    one = folder(tmp_path / "x", [1, 3])
    with pytest.raises(ValueError, match="same model"):
        average([one, folder(tmp_path / "y", [1])], tmp_path / "out")
    with pytest.raises(ValueError, match="same model"):
        average([one, folder(tmp_path / "z", [1, 3], '{"other": 1}')], tmp_path / "out")
