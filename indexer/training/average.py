"""Average finished folders weight by weight: `python -m indexer.training.average --out FOLDER MODEL…`.

Checkpoints of one run, and the run's start, lie in one valley: their mean is often better than each (Wortsman et al.
2022, "Model soups"). All must come from the same transplant or the same pruned teacher. The mean is rounded to `KEPT_BITS`, so
that every version in the history packs to two thirds of its size; one folder alone is only rounded.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

WEIGHTS = "model.safetensors"
KEPT_BITS = 5
"""Of the ten bits after the point in fp16: 25 MB packed in place of 35, and each weight within 1.6 % of what it was."""


def average(models: Sequence[Path], out: Path) -> None:
    """Write to `out` a copy of the first folder with the mean of all folders' weights (fp16, summed in float32).

    Raises ValueError where the folders' weights differ in names or shapes, or their tokenizers in bytes.
    """
    loaded = [load_file(model / WEIGHTS) for model in models]
    shapes = [{name: row.shape for name, row in weights.items()} for weights in loaded]
    tokenizers = {(model / "tokenizer.json").read_bytes() for model in models}
    if any(each != shapes[0] for each in shapes) or len(tokenizers) != 1:
        raise ValueError("the folders do not hold the same model: names, shapes or tokenizers differ")
    shutil.copytree(models[0], out)
    mean = {
        name: np.mean([weights[name].astype(np.float32) for weights in loaded], axis=0).astype(np.float16)
        for name in loaded[0]
    }
    mean = {name: rounded(row) if row.ndim == 2 else row for name, row in mean.items()}
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})
    (out / WEIGHTS).chmod(0o644)


def rounded(row: NDArray[np.float16]) -> NDArray[np.float16]:
    """The nearest numbers with `KEPT_BITS` after the point, same shape; the bits after them are 0."""
    dropped = 10 - KEPT_BITS
    bits = np.ascontiguousarray(row).view(np.uint16).astype(np.uint32) + (1 << (dropped - 1))
    return np.asarray(bits >> dropped << dropped, np.uint16).view(np.float16)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Average finished folders.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("models", nargs="+", type=Path)
    told = parser.parse_args()
    average(told.models, told.out)
