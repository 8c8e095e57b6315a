"""The mean of finished folders, and the refusal of folders that are not of one model."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from indexer.training.average import KEPT_BITS, average, rounded


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


def test_matrices_are_rounded_to_numbers_that_pack_and_are_near() -> None:
    row = np.random.default_rng(4).normal(0, 0.05, (64, 32)).astype(np.float16)
    near = rounded(row)
    assert not (near.view(np.uint16) & (2 ** (10 - KEPT_BITS) - 1)).any()
    assert np.abs(near / row - 1).max() <= 2.0 ** -(KEPT_BITS + 1) + 1e-3
    assert len(zlib.compress(near.tobytes())) < 0.75 * len(zlib.compress(row.tobytes()))
    assert (rounded(near) == near).all()
