"""Which examples a training step sees. Step n's batch depends on the seed and n alone, so a run resumes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from indexer.training.examples import Example
from indexer.training.pairs import TrainingPair
from indexer.training.recipe import Training
from indexer.training.rivals import NONE, Rows

Pieces = list[int]
CHUNK = 20000
LENGTH_NOISE = 3.0
SHORT_KINDS = ("synonym", "entailment")  # so short that a batch holds three times as many


@dataclass(frozen=True, slots=True)
class DistilBatch:
    """Token ids to embed, the teacher's rows that they should match, and rows that they should not."""

    ids: list[Pieces]
    rows: list[int]
    others: list[int]


@dataclass(frozen=True, slots=True)
class ContrastiveBatch:
    """Questions and passages in token ids; passage i answers question i and no other."""

    questions: list[Pieces]
    passages: list[Pieces]


def token_ids(tokenizer: Tokenizer, texts: Sequence[str], most: int) -> list[Pieces]:
    """Ids with [CLS] and [SEP], cut to `most` (training text only; the product never cuts)."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(most)
    found: list[Pieces] = []
    for start in range(0, len(texts), CHUNK):
        found += [one.ids for one in tokenizer.encode_batch_fast(list(texts[start : start + CHUNK]))]
    return found


class DistilBatches:
    """Parallel text in batches of like length: padding is waste, and length must not give the answer away."""

    def __init__(
        self, examples: Sequence[Example], tokenizer: Tokenizer, recipe: Training, seed: int
    ) -> None:
        self._swedish = token_ids(tokenizer, [example.swedish for example in examples], recipe.most_tokens)
        self._english = token_ids(tokenizer, [example.english for example in examples], recipe.most_tokens)
        weights = recipe.origin_weights
        self._weights = [weights.get(example.origin, weights["default"]) for example in examples]
        self._recipe, self._seed = recipe, seed
        self._epoch = -1
        self._batches: list[list[int]] = []
        self._per_epoch = len(self._cut(0))

    def batch(self, number: int) -> DistilBatch:
        """The batch with this number; numbers run on through the epochs."""
        epoch, place = divmod(number, self._per_epoch)
        if epoch != self._epoch:
            self._epoch, self._batches = epoch, self._cut(epoch)
        rows = self._batches[place % len(self._batches)]
        draw = random.Random(f"{self._seed} distil {number}")
        ids = [
            self._english[row] if draw.random() < self._recipe.english_rows else self._swedish[row]
            for row in rows
        ]
        others = draw.sample(
            range(len(self._swedish)), min(len(self._swedish), self._recipe.teacher_negatives)
        )
        return DistilBatch(ids, rows, others)

    def _cut(self, epoch: int) -> list[list[int]]:
        draw = random.Random(f"{self._seed} epoch {epoch}")
        times = [int(weight + draw.random()) for weight in self._weights]
        rows = [row for row, count in enumerate(times) for _ in range(count)]
        noisy = [(len(self._swedish[row]) + draw.random() * LENGTH_NOISE, row) for row in rows]
        batches: list[list[int]] = [[]]
        for length, row in sorted(noisy, reverse=True):
            longest = max(length, len(self._swedish[batches[-1][0]]) if batches[-1] else 0)
            room = min(self._recipe.most_rows, int(self._recipe.batch_tokens / longest))
            if len(batches[-1]) >= max(2, room):
                batches.append([])
            batches[-1].append(row)
        draw.shuffle(batches)
        return batches


class ContrastiveBatches:
    """Question → passage batches of one kind, a few rows a document: neighbours are the hard negatives."""

    def __init__(
        self,
        pairs: Sequence[TrainingPair],
        rivals: Rows,
        tokenizer: Tokenizer,
        recipe: Training,
        seed: int,
    ) -> None:
        self._pairs, self._rivals, self._recipe, self._seed = pairs, rivals, recipe, seed
        self._questions = token_ids(tokenizer, [pair.question for pair in pairs], recipe.question_tokens)
        self._passages = token_ids(tokenizer, [pair.passage for pair in pairs], recipe.long_tokens)
        by_kind: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row, pair in enumerate(pairs):
            by_kind[pair.kind][pair.document].append(row)
        self._kinds = {kind: [by_kind[kind][name] for name in sorted(by_kind[kind])] for kind in by_kind}
        unknown = set(self._kinds) - set(recipe.kind_weights)
        if unknown:
            raise ValueError(f"recipe.training.kind_weights lacks {sorted(unknown)}")

    def batch(self, number: int) -> ContrastiveBatch:
        """The batch with this number, drawn with replacement."""
        draw = random.Random(f"{self._seed} contrastive {number}")
        kinds = sorted(self._kinds)
        kind = draw.choices(kinds, [self._recipe.kind_weights[name] for name in kinds])[0]
        long = draw.random() < self._recipe.long_share
        tokens = self._recipe.long_tokens if long else self._recipe.passage_tokens
        most = self._recipe.contrastive_rows
        most = 3 * most if kind in SHORT_KINDS else most // 2 if long else most
        rows = self._rows(self._kinds[kind], most, draw)
        questions = [self._questions[row] for row in rows]
        passages = [self._thinned(row, tokens, draw) for row in rows]
        return ContrastiveBatch(questions, passages)

    def _rows(self, documents: list[list[int]], most: int, draw: random.Random) -> list[int]:
        """Drawn pairs, each with neighbours of its document and with its rivals; no heading twice."""
        rows: list[int] = []
        headings: set[str] = set()
        for document in draw.choices(documents, [len(d) for d in documents], k=most):
            drawn = draw.sample(document, min(len(document), self._recipe.rows_per_document))
            near = [row for row in self._rivals[drawn[0]].tolist() if row != NONE]
            for row in drawn + draw.sample(near, min(len(near), self._recipe.rivals)):
                if self._pairs[row].heading not in headings and row not in rows:
                    headings.add(self._pairs[row].heading)
                    rows.append(row)
            if len(rows) >= most:
                break
        return rows[:most]

    def _thinned(self, row: int, tokens: int, draw: random.Random) -> Pieces:
        """The passage without half of the pieces it shares with its question: words must not suffice."""
        passage = self._passages[row]
        ends = (passage[0], passage[-1])
        shared = set(self._questions[row]).difference(ends)
        left = [
            piece for piece in passage if piece not in shared or draw.random() >= self._recipe.drop_shared
        ]
        return left if len(left) <= tokens else [*left[: tokens - 1], ends[1]]
