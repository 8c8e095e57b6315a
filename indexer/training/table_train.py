"""Train a static table: match the teacher's sentence vectors, and find a question's passage."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from indexer.training.table_recipe import TableTraining
from indexer.types import FloatMatrix

Pieces = Sequence[int]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Piece ids and the vectors that they should get, row by row."""

    ids: list[Pieces]
    vectors: FloatMatrix


@dataclass(frozen=True, slots=True)
class Answers:
    """Piece ids of questions and of their passages. Rows of one document are no negatives of each other."""

    questions: list[Pieces]
    passages: list[Pieces]
    documents: list[str]


def embedded(table: Tensor, ids: Sequence[Pieces]) -> Tensor:
    """Unit mean of each text's rows, float32, shape (len(ids), dimension)."""
    offsets = np.cumsum([0, *map(len, ids)])[:-1]
    flat = torch.from_numpy(np.concatenate([np.asarray(each, np.int64) for each in ids]))
    means = functional.embedding_bag(flat, table, torch.from_numpy(offsets), mode="mean")
    return functional.normalize(means, dim=1)


def distillation(student: Tensor, teacher: Tensor, recipe: TableTraining) -> Tensor:
    """Cosine distance to the teacher's vector, plus telling it from those of the batch that say other things."""
    apart = 1 - (student * teacher).sum(1).mean()
    same = teacher @ teacher.T > recipe.same_text
    same.fill_diagonal_(False)
    scores = (recipe.scale * student @ teacher.T).masked_fill(same, float("-inf"))
    return recipe.cosine_weight * apart + functional.cross_entropy(scores, torch.arange(len(student)))


def contrast(questions: Tensor, passages: Tensor, documents: Sequence[str], scale: float) -> Tensor:
    """Row i answers row i: cross-entropy both ways, other rows of the same document left out."""
    names = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    owner = torch.tensor([names[name] for name in documents])
    same = owner[:, None] == owner[None, :]
    same.fill_diagonal_(False)
    scores = (scale * questions @ passages.T).masked_fill(same, float("-inf"))
    own = torch.arange(len(questions))
    return (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2


def thinned(question: Pieces, passage: Pieces, share: float, draw: random.Random) -> Pieces:
    """The passage without `share` of the pieces it has from its question; whole if nothing else is in it."""
    shared = set(question)
    kept = [piece for piece in passage if piece not in shared or draw.random() >= share]
    return kept or passage


def train_table(
    rows: FloatMatrix, sentences: Sentences, answers: dict[str, Answers], recipe: TableTraining, seed: int
) -> FloatMatrix:
    """The trained rows, float32, same shape. The same arguments give the same rows on one machine."""
    draw = random.Random(seed)
    table = torch.from_numpy(rows.copy()).requires_grad_()
    optimiser = torch.optim.Adam([table], lr=recipe.rate, fused=True)
    targets = torch.from_numpy(sentences.vectors)
    kinds = {kind: weight for kind, weight in recipe.kind_weights.items() if kind in answers}
    seen: dict[str, list[float]] = {"distil": [], "contrast": []}
    for step in range(recipe.steps):
        if int((step + 1) * recipe.contrastive_share) > int(step * recipe.contrastive_share):
            pairs = answers[draw.choices(list(kinds), list(kinds.values()))[0]]
            loss = _contrastive_loss(table, pairs, recipe, draw)
            seen["contrast"].append(float(loss.detach()))
        else:
            chosen = draw.sample(range(len(sentences.ids)), min(recipe.distil_rows, len(sentences.ids)))
            student = embedded(table, [sentences.ids[row] for row in chosen])
            loss = distillation(student, targets[chosen].float(), recipe)
            seen["distil"].append(float(loss.detach()))
        optimiser.param_groups[0]["lr"] = recipe.rate * schedule(step, recipe)
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimiser.step()
        if (step + 1) % 100 == 0:
            print(
                step + 1,
                {kind: round(float(np.mean(each[-100:])), 3) for kind, each in seen.items() if each},
                flush=True,
            )
    return np.asarray(table.detach().numpy(), np.float32)


def schedule(step: int, recipe: TableTraining) -> float:
    """Share of the full rate: a linear warm-up, then linear to zero at the last step."""
    warm = max(1, int(recipe.warm_up * recipe.steps))
    return min((step + 1) / warm, (recipe.steps - step) / (recipe.steps - warm))


def _contrastive_loss(table: Tensor, pairs: Answers, recipe: TableTraining, draw: random.Random) -> Tensor:
    size = min(recipe.contrastive_rows, len(pairs.questions))
    chosen = draw.sample(range(len(pairs.questions)), size)
    questions = [pairs.questions[row] for row in chosen]
    passages = [
        thinned(question, pairs.passages[row], recipe.drop_shared, draw)
        for question, row in zip(questions, chosen, strict=True)
    ]
    documents = [pairs.documents[row] for row in chosen]
    return contrast(embedded(table, questions), embedded(table, passages), documents, recipe.scale)
