"""Stage `train`: distillation mixed with contrastive steps, with resumable checkpoints.

bf16 on two cores or, unchanged, on a CUDA card. Run it again and it goes on from its last checkpoint.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from indexer.training.batches import ContrastiveBatches, DistilBatches, Pieces
from indexer.training.composites import CompositeBatches, Composites
from indexer.training.everyday import everyday
from indexer.training.examples import read_examples
from indexer.training.export import write_folder
from indexer.training.learning import Learner, opened, padded
from indexer.training.losses import distillation, finds_own, info_nce, mean_pooled, parts_pooled
from indexer.training.pairs import read_pairs
from indexer.training.recipe import Recipe, StageArguments, stage_arguments
from indexer.training.rivals import read_rivals
from indexer.training.teacher import TEACHER_FILE
from indexer.training.transplant import TRANSPLANT_FOLDER
from indexer.training.vocabulary import TOKENIZER_FILE

CHECKPOINT_FILE = "checkpoint.pt"
LOG_FILE = "train.jsonl"
LOG_EVERY = 10


class Task(StrEnum):
    """What a step teaches."""

    DISTIL = "distil"
    CONTRASTIVE = "contrastive"
    COMPOSITE = "composite"


class Trainer(Learner):
    """The student of the first recipe."""

    def __init__(self, out: Path, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.out, self.recipe = out, recipe
        self.tokenizer = Tokenizer.from_file(str(out / TOKENIZER_FILE))
        self.config = json.loads((out / TRANSPLANT_FOLDER / "config.json").read_text(encoding="utf-8"))
        start = Path(recipe.training.start) if recipe.training.start else out / TRANSPLANT_FOLDER
        super().__init__(opened(start, "eager").to(self.device), recipe.training, out / CHECKPOINT_FILE)

    def save(self) -> None:
        """Write the checkpoint and a folder that opens, named after the step."""
        super().save()
        weights = {name: row.float().cpu().numpy() for name, row in self.model.state_dict().items()}
        write_folder(
            self.out / f"step-{self.step:05d}", weights, self.config, self.tokenizer, self.recipe.export
        )

    def embed(self, ids: list[Pieces]) -> Tensor:
        """Unit vectors of the token lists, float32, shape (len(ids), dim)."""
        return mean_pooled(*self._states(ids))

    def embed_parts(self, batch: Composites) -> tuple[Tensor, Tensor]:
        """Unit vectors of the documents and of the parts in them, from one pass: float32, (documents, dim), (parts, dim)."""
        states, mask = self._states(batch.documents)
        return mean_pooled(states, mask), parts_pooled(states, batch.parts)

    def _states(self, ids: list[Pieces]) -> tuple[Tensor, Tensor]:
        rows, mask = padded(ids, 0, self.device)
        with torch.autocast(self.device, torch.bfloat16):
            states = self.model(input_ids=rows, attention_mask=mask).last_hidden_state
        return states.float(), mask


def task_of(step: int, recipe: Recipe) -> Task:
    """What the step teaches, drawn by the recipe's shares; what they leave distils."""
    drawn = random.Random(f"{recipe.seed} task {step}").random()
    told = recipe.training
    if drawn < told.composite_share:
        return Task.COMPOSITE
    return Task.CONTRASTIVE if drawn < told.composite_share + told.contrastive_share else Task.DISTIL


def train(out: Path, recipe: Recipe) -> None:
    """Run from the transplant or the last checkpoint to the recipe's last step."""
    told = recipe.training
    trainer = Trainer(out, recipe)
    distil = DistilBatches(read_examples(out), trainer.tokenizer, told, recipe.seed)
    contrastive = ContrastiveBatches(read_pairs(out), read_rivals(out), trainer.tokenizer, told, recipe.seed)
    composites = CompositeBatches(everyday(), trainer.tokenizer, told, recipe.seed)
    memory = torch.empty((0, trainer.model.config.hidden_size), device=trainer.device)
    teacher = torch.from_numpy(np.load(out / TEACHER_FILE))
    trainer.model.train()
    log = Log(out / LOG_FILE)
    while trainer.step < told.steps:
        step = trainer.step
        task = task_of(step, recipe)
        if task is Task.COMPOSITE:
            put = composites.batch(step)
            asked, (documents, parts) = trainer.embed(put.questions), trainer.embed_parts(put)
            own = torch.tensor([part[0] for part in put.parts], device=trainer.device)
            nothing = torch.empty((0, parts.shape[1]), device=trainer.device)
            loss = (info_nce(asked, parts, nothing, told) + finds_own(asked, documents, own, told)) / 2
            log.count(task, loss, [*put.questions, *put.documents])
        elif task is Task.CONTRASTIVE:
            pairs = contrastive.batch(step)
            vectors = trainer.embed(pairs.questions), trainer.embed(pairs.passages)
            loss = info_nce(*vectors, memory, told)
            memory = torch.cat([vectors[1].detach(), memory])[: told.memory]
            log.count(task, loss, [*pairs.questions, *pairs.passages])
        else:
            batch = distil.batch(step)
            target = teacher[batch.rows].float().to(trainer.device)
            others = teacher[batch.others].float().to(trainer.device)
            loss = distillation(trainer.embed(batch.ids), target, others, told)
            log.count(task, loss, batch.ids)
        trainer.learn(loss)
        if trainer.step % LOG_EVERY == 0:
            log.write(trainer.step)
        if trainer.step % told.checkpoint_every == 0 or trainer.step == told.steps:
            trainer.save()


class Log:
    """Mean loss a kind and tokens a second, a JSON line now and then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clear()

    def _clear(self) -> None:
        self._losses: dict[str, list[float]] = {}
        self._tokens = 0
        self._since = time.monotonic()

    def count(self, kind: str, loss: Tensor, ids: Iterable[Pieces]) -> None:
        """Take note of one step."""
        self._losses.setdefault(kind, []).append(float(loss.detach()))
        self._tokens += sum(map(len, ids))

    def write(self, step: int) -> None:
        """Append the means since the last line."""
        seconds = time.monotonic() - self._since
        row = {kind: round(sum(each) / len(each), 4) for kind, each in self._losses.items()}
        row |= {"step": step, "tokens_per_second": self._tokens // seconds, "seconds": round(seconds, 1)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        self._clear()


def run(told: StageArguments) -> None:
    """Write checkpoints and a folder that opens at each."""
    train(told.out, told.recipe)


if __name__ == "__main__":
    run(stage_arguments("Train the transplanted encoder."))
