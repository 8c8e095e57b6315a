"""Average finished folders weight by weight: `python -m indexer.training.average --out FOLDER MODEL…`.

Checkpoints of one run, and the run's start, lie in one valley: their mean is often better than each (Wortsman et al.
2022, "Model soups"). All must come from the same transplant.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

WEIGHTS = "model.safetensors"


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
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})
    (out / WEIGHTS).chmod(0o644)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Average finished folders.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("models", nargs="+", type=Path)
    told = parser.parse_args()
    average(told.models, told.out)
