"""What the second and the third recipe's runs share: their numbers, a student saved as a folder, and the steps."""

from __future__ import annotations

import json
import random
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from torch import Tensor
from transformers import PreTrainedModel

from indexer.training.batches import Pieces
from indexer.training.composites import CompositeBatches
from indexer.training.export import write_folder
from indexer.training.learning import Learner
from indexer.training.recipe import Export
from indexer.training.train import Log

LOG_EVERY = 20


@dataclass(frozen=True, slots=True)
class RoundNumbers:
    """The numbers of a run in which a student matches its teacher in some steps and finds clauses in the others."""

    steps: int
    batch_tokens: int
    most_tokens: int
    composite_share: float
    composite_rows: int
    question_tokens: int
    long_tokens: int
    contrastive_scale: float
    same_text: float
    cosine_weight: float
    layer_rate: float
    embedding_rate: float
    warm_up: float
    decay_share: float
    weight_decay: float
    clip: float
    checkpoint_every: int


class Student(Learner, ABC):
    """A model that learns by matching and by finding. `origin` is the folder that it starts from."""

    def __init__(
        self,
        model: PreTrainedModel,
        tokenizer: Tokenizer,
        origin: Path,
        numbers: RoundNumbers,
        checkpoint: Path,
    ) -> None:
        self.out, self.origin, self.tokenizer = checkpoint.parent, origin, tokenizer
        super().__init__(model, numbers, checkpoint)

    @abstractmethod
    def matched(self, number: int) -> tuple[Tensor, list[Pieces]]:
        """The loss of the batch of texts with this number, and the batch."""

    @abstractmethod
    def found(self, composites: CompositeBatches) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch of questions that must find their clauses, and the batch."""

    def save(self) -> None:
        """Write the checkpoint and a folder that opens, named after the step."""
        super().save()
        write_student(self.out / f"step-{self.step:05d}", self.model, self.tokenizer, self.origin)


def write_student(folder: Path, model: PreTrainedModel, tokenizer: Tokenizer, origin: Path) -> None:
    """Write a folder that opens, with the limits of the one that the student started from."""
    weights = {
        name: row.float().cpu().numpy() for name, row in model.state_dict().items() if "pooler" not in name
    }
    config = json.loads((origin / "config.json").read_text(encoding="utf-8"))
    limits = json.loads((origin / "sentence_bert_config.json").read_text(encoding="utf-8"))
    export = Export(config["max_position_embeddings"], limits["max_seq_length"])
    write_folder(folder, weights, config, tokenizer, export)


def run(
    student: Student, composites: CompositeBatches, numbers: RoundNumbers, drawn_by: str, log_file: str
) -> None:
    """All steps from the last checkpoint on. `drawn_by`: what decides, with the step, whether it matches or finds."""
    log = Log(student.out / log_file)
    while student.step < numbers.steps:
        finds = random.Random(f"{drawn_by} {student.step}").random() < numbers.composite_share
        loss, ids = student.found(composites) if finds else student.matched(student.step)
        log.count("composite" if finds else "texts", loss, ids)
        student.learn(loss)
        if student.step % LOG_EVERY == 0:
            log.write(student.step)
        if student.step % numbers.checkpoint_every == 0 or student.step == numbers.steps:
            student.save()
