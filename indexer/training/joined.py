"""Stage `joined`: one student learns the vectors of two encoders that err in different places.

`python -m indexer.training.joined --data FOLDER --out FOLDER --teachers ONE OTHER`. The vectors of both teachers lie side
by side, each divided by the spread of its own cosines, so that a cosine of the pair is the mean of the two; their main
axes, turned towards the second teacher's space, are as many as the student has numbers. The student starts as the second
teacher. It learns the pair's vectors of texts and of the sentences in them and how near any two lie to each other (Park
et al. 2019), and, in the other steps, to find clauses. Run it again and it goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from indexer.encoder_bert import tokens_of
from indexer.training.batches import Pieces
from indexer.training.composites import CompositeBatches
from indexer.training.everyday import everyday
from indexer.training.export import write_folder
from indexer.training.joined_recipe import JOINED_RECIPE_FILE, JoinedRecipe, read_joined_recipe
from indexer.training.learning import Learner, opened, padded
from indexer.training.losses import finds_own, info_nce, mean_pooled, parts_pooled
from indexer.training.pairs import SENTENCE_END
from indexer.training.recipe import Export
from indexer.training.states_recipe import StatesRecipe, read_states_recipe
from indexer.training.states_texts import chosen_texts
from indexer.training.train import Log

CHECKPOINT_FILE = "joined.pt"
BASIS_FILE = "joined_basis.pt"
LOG_FILE = "joined.jsonl"
LOG_EVERY = 20
GROUPS = 6
"""Texts are read in so many groups of like length: filling up to the longest of all would double the work."""
AT_ONCE = 64
Spans = Sequence[Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Read:
    """Vectors of n texts, (n, dim), and of all their parts one after the other, (parts, dim), each of length one; token ids."""

    texts: Tensor
    parts: Tensor
    ids: list[Pieces]


class Reader:
    """A model folder that reads texts and parts of them."""

    def __init__(self, folder: Path, device: str, most: int, attention: str) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(most)
        self.model = opened(folder, attention).to(device)
        pads = (self.tokenizer.token_to_id(piece) for piece in ("[PAD]", "<pad>"))
        self._pad = next(pad for pad in pads if pad is not None)
        self._device = device

    def read(self, texts: Sequence[str], spans: Spans) -> Read:
        """`spans` are ranges of characters of each text."""
        found = self.tokenizer.encode_batch(list(texts))
        parts = [
            (row, start, end) for row, each in enumerate(found) for start, end in tokens_of(each, spans[row])
        ]
        ids = [each.ids for each in found]
        return Read(*self.pooled(ids, parts), ids)

    def pooled(self, ids: Sequence[Pieces], parts: Sequence[tuple[int, int, int]]) -> tuple[Tensor, Tensor]:
        """Unit vectors of texts, (n, dim), and of tokens `start:end` of row `row`, (len(parts), dim); like lengths go together."""
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        size = -(-len(order) // GROUPS)
        place = {row: number for number, row in enumerate(order)}
        wholes, pieces = [], [self._nothing()]
        for at in range(0, len(order), size):
            rows = order[at : at + size]
            states, mask = self._states([ids[row] for row in rows])
            wholes.append(mean_pooled(states, mask))
            own = [(place[row] - at, start, end) for row, start, end in parts if at <= place[row] < at + size]
            pieces += [parts_pooled(states, own)] if own else []
        back = [place[row] for row in range(len(ids))]
        seen = sorted(range(len(parts)), key=lambda part: place[parts[part][0]] // size)
        return torch.cat(wholes)[back], torch.cat(pieces)[_inverse(seen)]

    def _states(self, ids: Sequence[Pieces]) -> tuple[Tensor, Tensor]:
        """The last layer's states, float32 (n, length, dim), and the mask."""
        rows, mask = padded(ids, self._pad, self._device)
        with torch.autocast(self._device, torch.bfloat16):
            told = self.model(input_ids=rows, attention_mask=mask)
        return told.last_hidden_state.float(), mask

    def _nothing(self) -> Tensor:
        return torch.empty((0, self.model.config.hidden_size), device=self._device)


def write_student(folder: Path, student: Reader, origin: Path, most_tokens: int) -> None:
    """Write a folder that opens. `origin` is the folder that the student started from."""
    weights = {
        name: row.float().cpu().numpy()
        for name, row in student.model.state_dict().items()
        if "pooler" not in name
    }
    config = json.loads((origin / "config.json").read_text(encoding="utf-8"))
    export = Export(config["max_position_embeddings"], most_tokens)
    write_folder(folder, weights, config, student.tokenizer, export)


def _inverse(order: Sequence[int]) -> list[int]:
    """Where each number stands in `order`."""
    return sorted(range(len(order)), key=order.__getitem__)


class Pair:
    """Both teachers as one."""

    def __init__(
        self, folders: Sequence[Path], texts: Sequence[str], basis: Path, recipe: JoinedRecipe, device: str
    ) -> None:
        self.readers = [Reader(folder, device, recipe.most_tokens, "sdpa") for folder in folders]
        for reader in self.readers:
            reader.model.eval()
        if not basis.exists():
            torch.save(self._basis(texts, recipe), basis)
        self._scales, self._axes = torch.load(basis, map_location=device, weights_only=True)

    def read(self, texts: Sequence[str], spans: Spans) -> Read:
        """As one teacher's, in the student's width."""
        with torch.no_grad():
            one, other = (reader.read(texts, spans) for reader in self.readers)
        return Read(self._of(one.texts, other.texts), self._of(one.parts, other.parts), other.ids)

    def _of(self, one: Tensor, other: Tensor) -> Tensor:
        side_by_side = torch.cat([one * self._scales[0], other * self._scales[1]], 1)
        return functional.normalize(side_by_side @ self._axes, dim=1)

    def _basis(self, texts: Sequence[str], recipe: JoinedRecipe) -> tuple[Tensor, Tensor]:
        """The teachers' scales, (2,), and the axes, (both widths, the student's): main axes, turned to the second's."""
        seen: list[list[Tensor]] = [[], []]
        with torch.no_grad():
            for at in range(0, len(texts), AT_ONCE):
                some = texts[at : at + AT_ONCE]
                for kept, reader in zip(seen, self.readers, strict=True):
                    kept.append(reader.read(some, [[] for _ in some]).texts)
        vectors = [torch.cat(kept) for kept in seen]
        spread = [float(_cosines(each).std()) for each in vectors]
        shares = torch.tensor(
            [share / each for share, each in zip(recipe.teacher_shares, spread, strict=True)]
        )
        scales = (shares / shares.sum()).sqrt().to(vectors[0].device)
        both = torch.cat([each * scale for each, scale in zip(vectors, scales, strict=True)], 1)
        # as many axes as the student has numbers, so at least so many texts
        main = torch.linalg.svd(both, full_matrices=False)[2][: vectors[1].shape[1]].T
        left, _, right = torch.linalg.svd((both @ main).T @ vectors[1])
        return scales, main @ (left @ right)


def _cosines(vectors: Tensor) -> Tensor:
    """Of all pairs of rows, each once: (n, dim) → (n (n − 1) / 2,)."""
    row, column = torch.triu_indices(len(vectors), len(vectors), 1)
    return (vectors @ vectors.T)[row, column]


class JoinedTrainer(Learner):
    """The pair of teachers and the student."""

    def __init__(
        self,
        out: Path,
        teachers: Sequence[Path],
        texts: dict[str, list[str]],
        recipe: JoinedRecipe,
        shares: dict[str, float],
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.out, self.recipe, self.texts, self.shares, self.origin = out, recipe, texts, shares, teachers[1]
        self.pair = Pair(teachers, self._drawn(), out / BASIS_FILE, recipe, self.device)
        self.student = Reader(self.origin, self.device, recipe.most_tokens, "eager")
        super().__init__(self.student.model.train(), recipe, out / CHECKPOINT_FILE)

    def save(self) -> None:
        """Write the checkpoint and a folder that opens, named after the step."""
        super().save()
        folder = self.out / f"step-{self.step:05d}"
        write_student(folder, self.student, self.origin, self.recipe.most_tokens)

    def matched(self) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch of texts, and the batch."""
        draw = random.Random(f"{self.recipe.seed} joined {self.step}")
        kind = draw.choices(list(self.shares), list(self.shares.values()))[0]
        texts: list[str] = []
        left = self.recipe.batch_tokens
        while left > 0:
            texts.append(draw.choice(self.texts[kind]))
            left -= len(self.student.tokenizer.encode(texts[-1]).ids)
        spans = [sentences(text) for text in texts]
        aims, mine = self.pair.read(texts, spans), self.student.read(texts, spans)
        loss = self.off(torch.cat([mine.texts, mine.parts]), torch.cat([aims.texts, aims.parts]))
        return loss, mine.ids

    def found(self, composites: CompositeBatches) -> tuple[Tensor, list[Pieces]]:
        """The loss of one batch of questions that must find their clauses, and the batch."""
        put, told = composites.batch(self.step), self.recipe
        asked, _ = self.student.pooled(put.questions, [])
        documents, parts = self.student.pooled(put.documents, put.parts)
        aims = self.pair.read([*put.asked, *put.clauses], [[] for _ in range(2 * len(asked))]).texts
        own = torch.tensor([part[0] for part in put.parts], device=self.device)
        nothing = torch.empty((0, parts.shape[1]), device=self.device)
        loss = (info_nce(asked, parts, nothing, told) + finds_own(asked, documents, own, told)) / 2
        loss = loss + self.off(torch.cat([asked, parts]), aims)
        return loss, [*put.questions, *put.documents]

    def off(self, mine: Tensor, aims: Tensor) -> Tensor:
        """How far vectors, (n, dim), are from what they should be, each and two by two."""
        each = 1 - (mine * aims).sum(1).mean()
        pairs = (_cosines(mine) - _cosines(aims)).pow(2).mean()
        return self.recipe.cosine_weight * each + self.recipe.cosines_weight * pairs

    def _drawn(self) -> list[str]:
        draw = random.Random(f"{self.recipe.seed} drawn")
        return [draw.choice(rows) for rows in self.texts.values() for _ in range(self.recipe.seen_for_basis)]


def sentences(text: str) -> list[tuple[int, int]]:
    """The ranges of a text's sentences; none where it is but one."""
    ends = [match.span() for match in SENTENCE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if stop > start] if ends else []


def train(
    data: Path, out: Path, teachers: Sequence[Path], recipe: JoinedRecipe, states: StatesRecipe
) -> None:
    """Run from the second teacher or the last checkpoint to the recipe's last step."""
    trainer = JoinedTrainer(out, teachers, chosen_texts(data, states), recipe, states.texts.shares)
    tokenizer = Tokenizer.from_file(
        str(teachers[1] / "tokenizer.json")
    )  # the batches cut with it as they need
    composites = CompositeBatches(everyday(), tokenizer, recipe, recipe.seed)
    log = Log(out / LOG_FILE)
    while trainer.step < recipe.steps:
        drawn = random.Random(f"{recipe.seed} joined kind {trainer.step}").random()
        composite = drawn < recipe.composite_share
        loss, ids = trainer.found(composites) if composite else trainer.matched()
        log.count("composite" if composite else "texts", loss, ids)
        trainer.learn(loss)
        if trainer.step % LOG_EVERY == 0:
            log.write(trainer.step)
        if trainer.step % recipe.checkpoint_every == 0 or trainer.step == recipe.steps:
            trainer.save()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Teach one student the vectors of two encoders.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="work folder")
    parser.add_argument("--teachers", type=Path, nargs=2, required=True, metavar="MODEL")
    parser.add_argument("--recipe", type=Path, default=JOINED_RECIPE_FILE)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    train(given.data, given.out, given.teachers, read_joined_recipe(given.recipe), read_states_recipe())
