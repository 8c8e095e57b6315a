"""What the student is taught: to match the teacher's vectors, and to find a question's passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional

from indexer.training.recipe import Training


class Contrast(Protocol):
    """How sharply texts are told apart (1 / temperature), and above which cosine they say the same."""

    @property
    def contrastive_scale(self) -> float: ...
    @property
    def same_text(self) -> float: ...


def mean_pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Mean over the real tokens, normalised: states (n, length, dim), mask (n, length) → (n, dim)."""
    weight = mask.unsqueeze(-1).to(states.dtype)
    return functional.normalize((states * weight).sum(1) / weight.sum(1), dim=1)


def parts_pooled(states: Tensor, parts: Sequence[tuple[int, int, int]]) -> Tensor:
    """Mean of each part's tokens, normalised: states (n, length, dim), parts (row, start, end) → (len(parts), dim)."""
    means = torch.stack([states[row, start:end].mean(0) for row, start, end in parts])
    return functional.normalize(means, dim=1)


def finds_own(left: Tensor, right: Tensor, own: Tensor, recipe: Contrast) -> Tensor:
    """Row i of `left` belongs to row `own[i]` of `right`, which several may share: cross-entropy one way."""
    return functional.cross_entropy(recipe.contrastive_scale * left @ right.T, own)


def info_nce(left: Tensor, right: Tensor, others: Tensor, recipe: Contrast) -> Tensor:
    """Row i of `left` belongs to row i of `right`: cross-entropy both ways (van den Oord et al. 2018).

    `others` (m, dim) are further rows that no left row belongs to, remembered from steps before (Wang et al.
    2020). A row that says the same as the right one is no negative.
    """
    own = torch.arange(len(left), device=left.device)
    pool = torch.cat([right, others])
    with torch.no_grad():
        same = right @ pool.T > recipe.same_text
        same[own, own] = False
    scores = (recipe.contrastive_scale * left @ pool.T).masked_fill(same, float("-inf"))
    back = scores[:, : len(right)].T
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(back, own)) / 2


def distillation(student: Tensor, teacher: Tensor, others: Tensor, recipe: Training) -> Tensor:
    """Cosine distance to the teacher's vector, plus telling it from the batch's and `others` vectors.

    `others` (m, dim) are teacher vectors from outside the batch; one that says the same as a row's own is
    no negative of it. In-batch negatives alone are too easy for a transplanted vocabulary.
    """
    apart = 1 - (student * teacher).sum(1).mean()
    pool = torch.cat([teacher, others])
    same = teacher @ pool.T > recipe.same_text
    own = torch.arange(len(student), device=student.device)
    same[own, own] = False
    scores = (recipe.distil_scale * student @ pool.T).masked_fill(same, float("-inf"))
    return recipe.cosine_weight * apart + functional.cross_entropy(scores, own)
