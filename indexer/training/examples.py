"""Stage `examples`: choose the parallel text to distil, single sentences and runs of neighbours."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.training.recipe import Examples, StageArguments, stage_arguments
from indexer.training.sources import SentencePair, capped, sentence_pairs

EXAMPLES_FILE = "examples.jsonl"


@dataclass(frozen=True, slots=True)
class Example:
    """The same text in both languages: one sentence, or a few that follow each other."""

    english: str
    swedish: str
    origin: str


def joined(pairs: Sequence[SentencePair], recipe: Examples, draw: random.Random) -> Iterator[Example]:
    """Tile `pairs` (one origin, in order) with examples of one or more neighbours.

    Runs teach paragraphs: the passages of the product are longer than the sentences of the data.
    """
    alone = pairs[0].origin in recipe.alone
    at = 0
    while at < len(pairs):
        size = 1 if alone else draw.choices(recipe.group_sizes, recipe.group_weights)[0]
        group = list(pairs[at : at + size])
        while len(group) > 1 and sum(len(pair.swedish) for pair in group) > recipe.max_characters:
            group.pop()
        at += len(group)
        yield Example(
            " ".join(pair.english for pair in group),
            " ".join(pair.swedish for pair in group),
            pairs[0].origin,
        )


def write_examples(data: Path, out: Path, recipe: Examples, seed: int) -> int:
    """Write the examples in random order to `out/examples.jsonl`; returns their number."""
    draw = random.Random(seed)
    examples = [
        example
        for origin, pairs in sorted(sentence_pairs(data).items())
        for example in joined(capped(pairs, recipe.caps, recipe.block, seed), recipe, draw)
    ]
    draw.shuffle(examples)
    with (out / EXAMPLES_FILE).open("w", encoding="utf-8") as file:
        for example in examples:
            row = {"en": example.english, "sv": example.swedish, "set": example.origin}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(examples)


def read_examples(out: Path) -> list[Example]:
    """The examples that `write_examples` wrote, in its order."""
    with (out / EXAMPLES_FILE).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Example(row["en"], row["sv"], row["set"]) for row in rows]


def run(told: StageArguments) -> None:
    """Write `out/examples.jsonl`."""
    count = write_examples(told.data, told.out, told.recipe.examples, told.recipe.seed)
    print(count, "examples")


if __name__ == "__main__":
    run(stage_arguments("Choose the parallel text to distil."))
