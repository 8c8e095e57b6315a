"""Stage `joined`: one student learns the vectors of two encoders that err in different places.

`python -m indexer.training.joined --data FOLDER --out FOLDER --teachers ONE OTHER`. The vectors of both teachers lie side
by side, each divided by the spread of its own cosines, so that a cosine of the pair is the mean of the two; their main
axes, turned towards the second teacher's space, are as many as the student has numbers. The student starts as the second
teacher. It learns the pair's vectors of texts, of the sentences in them and of every word, how near any two lie to each other
(Park et al. 2019), and, in the other steps, to find clauses. Run it again and it goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from indexer.training.batches import Pieces
from indexer.training.composites import CompositeBatches
from indexer.training.everyday import everyday
from indexer.training.joined_reading import Pair, Reader, cosines, means
from indexer.training.joined_recipe import JOINED_RECIPE_FILE, JoinedRecipe, read_joined_recipe
from indexer.training.listed import listed
from indexer.training.losses import finds_own, info_nce
from indexer.training.rounds import Student, run
from indexer.training.states_recipe import StatesRecipe, read_states_recipe
from indexer.training.states_texts import chosen_texts

CHECKPOINT_FILE = "joined.pt"
BASIS_FILE = "joined_basis.pt"
LOG_FILE = "joined.jsonl"


class JoinedTrainer(Student):
    """The pair of teachers and the student."""

    def __init__(
        self,
        out: Path,
        teachers: Sequence[Path],
        texts: dict[str, list[str]],
        recipe: JoinedRecipe,
        start: Path | None = None,
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.recipe, self.texts = recipe, texts
        self.pair = Pair(teachers, self._drawn(), _basis_file(out, start), recipe, self.device)
        self.student = Reader(start or teachers[1], self.device, recipe.most_tokens, "eager")
        super().__init__(
            self.student.model.train(),
            self.student.tokenizer,
            start or teachers[1],
            recipe,
            out / CHECKPOINT_FILE,
        )

    def matched(self, number: int) -> tuple[Tensor, list[Pieces]]:
        """The loss of the batch of texts with this number, and the batch."""
        draw = random.Random(f"{self.recipe.seed} joined {number}")
        shares = self.recipe.shares
        kind = draw.choices(list(shares), list(shares.values()))[0]
        texts: list[str] = []
        left = self.recipe.batch_tokens
        while left > 0:
            texts.append(draw.choice(self.texts[kind]))
            left -= len(self.student.tokenizer.encode(texts[-1]).ids)
        aims, mine = self.pair.read(texts), self.student.read(texts)
        known = aims.words.any(1)
        words, own = aims.words[known], mine.words[known]
        off = (own - words).pow(2).sum() / (words - words.mean(0)).pow(2).sum()
        loss = self.off(torch.cat([mine.texts, mine.sentences]), torch.cat([aims.texts, aims.sentences]))
        return loss + off, mine.ids

    def found(self, composites: CompositeBatches) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch of questions that must find their clauses, and the batch."""
        put, told = composites.batch(self.step), self.recipe
        asked = self._vectors(self.student.states(put.questions), _one_after_another(put.questions))
        states, texts = self.student.states(put.documents), _one_after_another(put.documents)
        parts = [(texts[row][0] + start, texts[row][0] + end) for row, start, end in put.parts]
        documents, clauses = self._vectors(states, texts), self._vectors(states, parts)
        aims = self.pair.read([*put.asked, *put.clauses]).texts
        own = torch.tensor([part[0] for part in put.parts], device=self.device)
        nothing = torch.empty((0, clauses.shape[1]), device=self.device)
        loss = (info_nce(asked, clauses, nothing, told) + finds_own(asked, documents, own, told)) / 2
        loss = loss + self.off(torch.cat([asked, clauses]), aims)
        return loss, [*put.questions, *put.documents]

    def off(self, mine: Tensor, aims: Tensor) -> Tensor:
        """How far vectors, (n, dim), are from what they should be, each and two by two."""
        each = 1 - (mine * aims).sum(1).mean()
        pairs = (cosines(mine) - cosines(aims)).pow(2).mean()
        return self.recipe.cosine_weight * each + self.recipe.cosines_weight * pairs

    def _vectors(self, states: Tensor, ranges: Sequence[tuple[int, int]]) -> Tensor:
        """Unit vectors of ranges of tokens that do not overlap: (len(ranges), dim)."""
        places = torch.full((len(states),), -1, device=self.device)
        for number, (start, end) in enumerate(ranges):
            places[start:end] = number
        return functional.normalize(means(states, places, len(ranges)), dim=1)

    def _drawn(self) -> list[str]:
        draw = random.Random(f"{self.recipe.seed} drawn")
        return [draw.choice(rows) for rows in self.texts.values() for _ in range(self.recipe.seen_for_basis)]


def _one_after_another(rows: Sequence[Pieces]) -> list[tuple[int, int]]:
    """The range of each row's tokens when all are laid in a line."""
    ends = np.cumsum([len(row) for row in rows]).tolist()
    return list(zip([0, *ends], ends, strict=False))


def _basis_file(out: Path, start: Path | None) -> Path:
    """Where the axes lie: beside the earlier round's folders, since its student lies in that space.

    Raises FileNotFoundError where an earlier round is named whose work folder has none.
    """
    file = (out if start is None else start.parent) / BASIS_FILE
    if start is not None and not file.exists():
        raise FileNotFoundError(
            f"{file} is missing: copy it from the work folder of the round that made {start.name}"
        )
    return file


def train(
    data: Path,
    out: Path,
    teachers: Sequence[Path],
    start: Path | None,
    recipe: JoinedRecipe,
    states: StatesRecipe,
) -> None:
    """Run from `start` (the second teacher where none is named) or the last checkpoint to the recipe's last step."""
    texts = chosen_texts(data, states)
    texts["listed"] = listed(texts["question"], recipe.seed)
    trainer = JoinedTrainer(out, teachers, texts, recipe, start)
    # a tokenizer of its own: the batches set where it cuts
    tokenizer = Tokenizer.from_file(str(teachers[1] / "tokenizer.json"))
    composites = CompositeBatches(everyday(), tokenizer, recipe, recipe.seed)
    run(trainer, composites, recipe, f"{recipe.seed} joined kind", LOG_FILE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Teach one student the vectors of two encoders.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="work folder")
    parser.add_argument("--teachers", type=Path, nargs=2, required=True, metavar="MODEL")
    parser.add_argument("--start", type=Path, help="an earlier round's folder instead of the second teacher")
    parser.add_argument("--recipe", type=Path, default=JOINED_RECIPE_FILE)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    train(
        given.data,
        given.out,
        given.teachers,
        given.start,
        read_joined_recipe(given.recipe),
        read_states_recipe(),
    )
