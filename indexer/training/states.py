"""Stage `states`: a student with half of the layers learns the states of the teacher's tokens, and to find clauses.

`python -m indexer.training.states --data FOLDER --out FOLDER [--start MODEL]`, after `pruned`. Student and teacher have one
tokenizer, so every token is an example, not every text (Sun et al. 2020; Jiao et al. 2020): the states themselves, two
layers in between, and the mean that becomes the text's vector. The teacher reads its prefix "query: " or "passage: "
first; the student reads none and learns the states less the mean vector of their kind, which is most of what texts of a
kind have in common there. Run it again and it goes on from its last checkpoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from transformers import PreTrainedModel

from indexer.training.batches import Pieces
from indexer.training.composites import CompositeBatches
from indexer.training.everyday import everyday
from indexer.training.learning import opened, padded
from indexer.training.losses import finds_own, info_nce, mean_pooled, parts_pooled
from indexer.training.pruned import PAD, START_FOLDER, TEACHER_FOLDER
from indexer.training.rounds import Student, run
from indexer.training.states_recipe import StatesRecipe, states_arguments
from indexer.training.states_texts import Texts, chosen_texts

CHECKPOINT_FILE = "states.pt"
LOG_FILE = "states.jsonl"
PREFIXES = {True: "query:", False: "passage:"}
SEEN_FOR_MEANS = 600
"""Texts of a kind that its mean vector is taken over."""
States = tuple[list[Tensor], Tensor]


class StatesTrainer(Student):
    """Teacher and student."""

    def __init__(self, out: Path, start: Path | None, texts: Texts, recipe: StatesRecipe) -> None:
        torch.manual_seed(recipe.seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.recipe, self.texts = recipe, texts
        origin = start or out / START_FOLDER
        tokenizer = Tokenizer.from_file(str(out / TEACHER_FOLDER / "tokenizer.json"))
        self.teacher = opened(out / TEACHER_FOLDER, "sdpa").to(self.device).eval()
        self.prefixes = {asked: tokenizer.encode(prefix).ids[1:-1] for asked, prefix in PREFIXES.items()}
        self.means = {asked: self._mean(asked) for asked in PREFIXES}
        student = opened(origin, "eager").to(self.device).train()
        if start is None:
            shift = (self.means[True] + self.means[False]) / 2
            with torch.no_grad():
                student.encoder.layer[-1].output.LayerNorm.bias -= shift
        super().__init__(student, tokenizer, origin, recipe.training, out / CHECKPOINT_FILE)

    def matched(self, number: int) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch read beside the teacher, and the batch."""
        asked, ids = self.texts.batch(number)
        told = self.recipe.training
        theirs, vectors = self._taught(ids, asked)
        states, mask = self._states(self.model, ids)
        real = mask.unsqueeze(-1).float()
        count = real.sum()

        def off(mine: Tensor, other: Tensor, centre: Tensor) -> Tensor:
            spread = ((other - centre).pow(2) * real).sum()
            return ((mine - other).pow(2) * real).sum() / spread

        last = theirs[-1] - self.means[asked]
        loss = off(states[-1], last, torch.zeros_like(self.means[asked]))
        for layer, other in told.middle.items():
            middle = (theirs[other] * real).sum((0, 1)) / count
            loss = loss + told.middle_weight / len(told.middle) * off(
                states[int(layer)], theirs[other], middle
            )
        pooled, aims = mean_pooled(states[-1], mask), functional.normalize(vectors - self.means[asked], dim=1)
        own = torch.arange(len(ids), device=self.device)
        apart = functional.cross_entropy(told.told_apart_scale * pooled @ aims.T, own)
        loss = (
            loss + told.cosine_weight * (1 - (pooled * aims).sum(1).mean()) + told.told_apart_weight * apart
        )
        return loss, ids

    def found(self, composites: CompositeBatches) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch of questions that must find their clauses, and the batch."""
        put, told = composites.batch(self.step), self.recipe.training
        states, mask = self._states(self.model, put.questions)
        asked = mean_pooled(states[-1], mask)
        states, mask = self._states(self.model, put.documents)
        documents, parts = mean_pooled(states[-1], mask), parts_pooled(states[-1], put.parts)
        own = torch.tensor([part[0] for part in put.parts], device=self.device)
        nothing = torch.empty((0, parts.shape[1]), device=self.device)
        loss = (info_nce(asked, parts, nothing, told) + finds_own(asked, documents, own, told)) / 2
        return loss, [*put.questions, *put.documents]

    def _mean(self, asked: bool) -> Tensor:
        ids = self.texts.drawn(asked, SEEN_FOR_MEANS)
        parts = [self._taught(ids[at : at + 64], asked)[1] for at in range(0, len(ids), 64)]
        return torch.cat(parts).mean(0)

    def _taught(self, ids: Sequence[Pieces], asked: bool) -> tuple[list[Tensor], Tensor]:
        """The teacher's states by layer without its prefix's, aligned with the student's, and the mean over all of them."""
        prefix = self.prefixes[asked]
        with torch.no_grad():
            states, mask = self._states(self.teacher, [[row[0], *prefix, *row[1:]] for row in ids])
        real = mask.unsqueeze(-1).float()
        vectors = (states[-1] * real).sum(1) / real.sum(1)
        return [torch.cat([each[:, :1], each[:, 1 + len(prefix) :]], 1) for each in states], vectors

    def _states(self, model: PreTrainedModel, ids: Sequence[Pieces]) -> States:
        rows, mask = padded(ids, PAD, self.device)
        with torch.autocast(self.device, torch.bfloat16):
            told = model(input_ids=rows, attention_mask=mask, output_hidden_states=True)
        return [states.float() for states in told.hidden_states], mask


def train(data: Path, out: Path, start: Path | None, recipe: StatesRecipe) -> None:
    """Run from `start` (`out/start` where none is named) or the last checkpoint to the recipe's last step."""
    told = recipe.training
    tokenizer = Tokenizer.from_file(str(out / TEACHER_FOLDER / "tokenizer.json"))
    texts = Texts(chosen_texts(data, recipe), tokenizer, recipe)
    composites = CompositeBatches(everyday(), tokenizer, told, recipe.seed)
    trainer = StatesTrainer(out, start, texts, recipe)
    run(trainer, composites, told, f"{recipe.seed} states", LOG_FILE)


if __name__ == "__main__":
    asked_for = states_arguments("Teach the student the states of the teacher's tokens.")
    train(asked_for.data, asked_for.out, asked_for.start, asked_for.recipe)
