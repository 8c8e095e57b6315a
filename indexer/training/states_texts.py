"""What the student reads beside the teacher: texts by kind, and batches of one kind that can be drawn again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from indexer.training.batches import Pieces, token_ids
from indexer.training.everyday import everyday
from indexer.training.pairs import SENTENCE_END
from indexer.training.sources import retrieval_pairs, running_text, sentence_pairs
from indexer.training.states_recipe import StatesRecipe

SPACES = re.compile(r"\s+")


def chosen_texts(data: Path, recipe: StatesRecipe) -> dict[str, list[str]]:
    """The texts of each kind in random order, at most as many as the recipe says; none of a held-out clause."""
    told = recipe.texts
    draw = random.Random(f"{recipe.seed} texts")
    lines = [SPACES.sub(" ", line) for line in running_text(data, told.characters_per_source)]
    pairs = [pair for rows in sentence_pairs(data).values() for pair in rows]
    rows = [row for row in everyday() if not row.held_out]
    found = {
        "passage": list(_passages(lines, told.passage_words, draw)),
        "sentence": [
            *(part for line in lines for part in SENTENCE_END.split(line)),
            *(pair.swedish for pair in pairs),
        ],
        "english": [pair.english for pair in pairs],
        "question": [pair.question for pair in retrieval_pairs(data)],
    }
    limits = {
        "sentence": told.sentence_words,
        "english": told.sentence_words,
        "question": told.question_words,
    }
    for kind, texts in found.items():
        low, high = limits.get(kind, told.passage_words)
        fit = sorted({text for text in texts if low <= len(text.split()) <= high})
        draw.shuffle(fit)
        found[kind] = fit[: told.most[kind]]
    own = {"clause": [row.clause for row in rows], "asked": [text for row in rows for text in row.questions]}
    return found | own


def _passages(lines: Sequence[str], words: Sequence[int], draw: random.Random) -> Iterator[str]:
    """Neighbouring lines joined, cut into passages of drawn lengths."""
    at = 0
    while at < len(lines):
        size = draw.randint(1, 6)
        left = " ".join(lines[at : at + size]).split()
        at += size
        while len(left) >= words[0]:
            length = draw.randint(*words)
            yield " ".join(left[:length])
            left = left[length:]


class Texts:
    """Batches of one kind each. Batch n depends on the seed and n alone, so a run resumes."""

    def __init__(
        self, texts: Mapping[str, Sequence[str]], tokenizer: Tokenizer, recipe: StatesRecipe
    ) -> None:
        self._recipe = recipe
        most = recipe.training.most_tokens
        self._ids = {kind: token_ids(tokenizer, rows, most) for kind, rows in texts.items()}

    def batch(self, number: int) -> tuple[bool, list[Pieces]]:
        """True where the kind is a question, and drawn texts of that kind that together hold the recipe's tokens."""
        told = self._recipe.texts
        draw = random.Random(f"{self._recipe.seed} texts {number}")
        kind = draw.choices(list(told.shares), list(told.shares.values()))[0]
        left = self._recipe.training.batch_tokens
        batch: list[Pieces] = []
        while left > 0:
            batch.append(draw.choice(self._ids[kind]))
            left -= len(batch[-1])
        return kind in told.queries, batch

    def drawn(self, asked: bool, count: int) -> list[Pieces]:
        """`count` texts of each kind that is, or is not, a question."""
        draw = random.Random(f"{self._recipe.seed} drawn")
        kinds = [kind for kind in self._ids if (kind in self._recipe.texts.queries) == asked]
        return [draw.choice(self._ids[kind]) for kind in kinds for _ in range(count)]
