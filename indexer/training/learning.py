"""The student's optimiser and its schedule, and the checkpoint that a run resumes from: what both recipes share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor
from transformers import AutoModel, PreTrainedModel

from indexer.training.batches import Pieces


class Slope(Protocol):
    """The steps, and the shares of them in which the rate rises and falls."""

    @property
    def steps(self) -> int: ...
    @property
    def warm_up(self) -> float: ...
    @property
    def decay_share(self) -> float: ...


class Rates(Slope, Protocol):
    """The full rates of the word rows and of the layers, the weight decay, and what gradients are clipped to."""

    @property
    def embedding_rate(self) -> float: ...
    @property
    def layer_rate(self) -> float: ...
    @property
    def weight_decay(self) -> float: ...
    @property
    def clip(self) -> float: ...


def schedule(step: int, recipe: Slope) -> float:
    """Share of the full rate: a linear warm-up, full, then linear to zero over the last steps."""
    warm = max(1, int(recipe.warm_up * recipe.steps))
    fall = max(1, int(recipe.decay_share * recipe.steps))
    return min(1.0, (step + 1) / warm, max(0.0, (recipe.steps - step) / fall))


def opened(folder: Path, attention: str) -> PreTrainedModel:
    """A model folder in float32 without dropout. The fused attention's ("sdpa") way back is slow on a processor: "eager" trains."""
    model: PreTrainedModel = AutoModel.from_pretrained(
        folder,
        dtype=torch.float32,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation=attention,
    )
    return model


def padded(ids: Sequence[Pieces], pad: int, device: str) -> tuple[Tensor, Tensor]:
    """Token lists as one matrix, int64 (n, longest), and its mask."""
    longest = max(map(len, ids))
    rows = torch.tensor([row + [pad] * (longest - len(row)) for row in ids], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids], device=device)
    return rows, mask


class Learner:
    """A student, its optimiser (the word rows at a rate of their own) and its step counter."""

    def __init__(self, model: PreTrainedModel, recipe: Rates, checkpoint: Path) -> None:
        self.model, self.step = model, 0
        self._recipe, self._checkpoint = recipe, checkpoint
        words = [model.embeddings.word_embeddings.weight]
        rest = [weight for weight in model.parameters() if weight is not words[0]]
        self._rates = (recipe.embedding_rate, recipe.layer_rate)
        self._optimiser = torch.optim.AdamW(
            [{"params": words, "weight_decay": 0.0}, {"params": rest, "weight_decay": recipe.weight_decay}],
            fused=True,
        )
        if checkpoint.exists():
            state = torch.load(checkpoint, map_location=model.device, weights_only=True)
            model.load_state_dict(state["model"])
            self._optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]

    def learn(self, loss: Tensor) -> None:
        """One optimiser step at the schedule's rate."""
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * schedule(self.step, self._recipe)
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.clip)
        self._optimiser.step()
        self.step += 1

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        model, optimiser = self.model.state_dict(), self._optimiser.state_dict()
        partial = self._checkpoint.with_name(f"{self._checkpoint.name}.partial")
        torch.save({"model": model, "optimiser": optimiser, "step": self.step}, partial)
        partial.replace(self._checkpoint)
