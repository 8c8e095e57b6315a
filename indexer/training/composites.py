"""Passages put together from several clauses: a question must find its clause inside one, and the passage around it.

The product cuts passages of a few sentences under a header and gives each sentence the mean of its own tokens' states
(indexer/sentence_vectors.py). A clause read alone would teach neither.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tokenizers import Tokenizer

from indexer.training.batches import Pieces, token_ids
from indexer.training.everyday import Everyday

_KINDS = (
    "Samverkansavtal",
    "Avsiktsförklaring",
    "Överenskommelse",
    "Ramavtal",
    "Partnerskap",
    "Avtal om drift",
    "Tilläggsavtal",
    "Hyresavtal",
)
_PARTIES = (
    "Granboda kommun",
    "Region Fjällmark",
    "Högskolan i Åkerby",
    "Sagolunds universitet",
    "Länsstyrelsen",
    "Björkhult Energi AB",
    "Föreningen Trädgården",
    "kommunerna i länet",
    "myndigheten",
    "Tallviks stad",
)
MOST_CLAUSES = 4
HEADED = 0.6
"""Share of the passages that stand under a header, as all of the product's do; the rest keep bare text readable."""


class Sizes(Protocol):
    """Clauses in a batch, and the most tokens of a question and of a passage."""

    @property
    def composite_rows(self) -> int: ...
    @property
    def question_tokens(self) -> int: ...
    @property
    def long_tokens(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Composites:
    """Question i is answered by tokens `parts[i][1]:parts[i][2]` of document `parts[i][0]`, and by no other part.

    `asked` and `clauses` are the same questions and parts as text.
    """

    questions: list[Pieces]
    documents: list[Pieces]
    parts: list[tuple[int, int, int]]
    asked: list[str]
    clauses: list[str]


class CompositeBatches:
    """Batches of drawn clauses. Batch n depends on the seed and n alone, so a run resumes."""

    def __init__(self, rows: Sequence[Everyday], tokenizer: Tokenizer, recipe: Sizes, seed: int) -> None:
        self._rows = trained = [row for row in rows if not row.held_out]
        self._recipe, self._seed, self._tokenizer = recipe, seed, tokenizer
        self._questions = [token_ids(tokenizer, row.questions, recipe.question_tokens) for row in trained]
        self._clauses = [
            ids[1:-1] for ids in token_ids(tokenizer, [row.clause for row in trained], recipe.long_tokens)
        ]
        self._ends = tuple(token_ids(tokenizer, [""], 2)[0])

    def batch(self, number: int) -> Composites:
        """The batch with this number: `composite_rows` clauses, one to four in a passage, one question each."""
        draw = random.Random(f"{self._seed} composite {number}")
        rows = draw.sample(range(len(self._clauses)), min(self._recipe.composite_rows, len(self._clauses)))
        first, last = self._ends
        documents: list[Pieces] = []
        parts: list[tuple[int, int, int]] = []
        at = 0
        while at < len(rows):
            ids = [first, *(self._header(draw) if draw.random() < HEADED else [])]
            for row in rows[at : at + draw.randint(1, MOST_CLAUSES)]:
                clause = self._clauses[row]
                begun = bool(parts) and parts[-1][0] == len(documents)
                if begun and len(ids) + len(clause) >= self._recipe.long_tokens:
                    break
                parts.append((len(documents), len(ids), len(ids) + len(clause)))
                ids = [*ids, *clause]
                at += 1
            documents.append([*ids, last])
        chosen = [draw.randrange(len(self._questions[row])) for row in rows]
        return Composites(
            [self._questions[row][which] for row, which in zip(rows, chosen, strict=True)],
            documents,
            parts,
            [self._rows[row].questions[which] for row, which in zip(rows, chosen, strict=True)],
            [self._rows[row].clause for row in rows],
        )

    def _header(self, draw: random.Random) -> Pieces:
        one, other = draw.sample(_PARTIES, 2)
        text = f"{draw.choice(_KINDS)} mellan {one} och {other} › § {draw.randint(1, 20)}"
        return token_ids(self._tokenizer, [text], self._recipe.question_tokens)[0][1:-1]
