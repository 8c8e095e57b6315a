"""Stage `table`: the static table for very large folders, from the finished transformer.

`python -m indexer.training.table --data FOLDER --out FOLDER [--teacher MODEL] [--evalsets FOLDER]`. Rows from
the transformer, then distillation and contrastive steps on the same examples and pairs; writes `out/table`.
With the evaluation sets it is measured too and, where it gains on SweFAQ, put in the box with its card.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from tokenizers import Tokenizer

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.encoder_table import SHIPPED_DEFAULT
from indexer.training import examples, pairs, teacher
from indexer.training.examples import read_examples
from indexer.training.measure import retrieval_figures
from indexer.training.pairs import TrainingPair, read_pairs
from indexer.training.recipe import RECIPE_FILE, StageArguments, Vocabulary, read_recipe
from indexer.training.table_card import ship_table
from indexer.training.table_folder import write_table
from indexer.training.table_recipe import TABLE_RECIPE_FILE, TableRecipe, TableTraining, read_table_recipe
from indexer.training.table_rows import piece_vectors, principal, rarity
from indexer.training.table_train import Answers, Pieces, Sentences, train_table
from indexer.training.teacher import TEACHER_FILE
from indexer.training.vocabulary import learn_tokenizer, training_text
from indexer.types import FloatMatrix

TABLE_FOLDER = "table"
CHUNK = 20000


def own_tokenizer(data: Path, model: Path, recipe: Vocabulary) -> Tokenizer:
    """The transformer's tokenizer, or a larger one learnt from the same text."""
    if recipe.pieces == 0:
        return Tokenizer.from_file(str(model / "tokenizer.json"))
    return learn_tokenizer(training_text(data, recipe), recipe)


def piece_ids(tokenizer: Tokenizer, texts: Sequence[str], most: int) -> list[Pieces]:
    """Ids without special pieces, cut to `most` (training text only); an empty text gets [UNK]."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(most)
    found: list[Pieces] = []
    for start in range(0, len(texts), CHUNK):
        batch = tokenizer.encode_batch_fast(list(texts[start : start + CHUNK]), add_special_tokens=False)
        found += [np.asarray(each.ids or [1], np.int32).tolist() for each in batch]
    return found


def sentences(out: Path, tokenizer: Tokenizer, recipe: TableTraining) -> Sentences:
    """The Swedish side of the examples with the teacher's vectors of the English side."""
    texts = [example.swedish for example in read_examples(out)[: recipe.sentences]]
    return Sentences(
        piece_ids(tokenizer, texts, recipe.most_pieces), np.load(out / TEACHER_FILE)[: len(texts)]
    )


def answers(out: Path, tokenizer: Tokenizer, recipe: TableTraining) -> dict[str, Answers]:
    """The question → passage pairs by kind, at most `pairs_per_kind` of each."""
    kept: dict[str, list[TrainingPair]] = defaultdict(list)
    for pair in read_pairs(out):
        if pair.kind in recipe.kind_weights and len(kept[pair.kind]) < recipe.pairs_per_kind:
            kept[pair.kind].append(pair)
    return {
        kind: Answers(
            piece_ids(tokenizer, [pair.question for pair in rows], recipe.most_pieces),
            piece_ids(tokenizer, [pair.passage for pair in rows], recipe.most_pieces),
            [pair.document for pair in rows],
        )
        for kind, rows in kept.items()
    }


def projected(vectors: FloatMatrix, directions: FloatMatrix) -> FloatMatrix:
    """Unit rows in the smaller space, float32."""
    small = vectors.astype(np.float32) @ directions
    return np.asarray(small / np.linalg.norm(small, axis=1, keepdims=True), np.float32)


def build_table(data: Path, out: Path, model: str, recipe: TableRecipe) -> Path:
    """Write `out/table`, a folder that opens; returns it."""
    shipped = WEIGHTS_FOLDER / model
    tokenizer = own_tokenizer(data, shipped if shipped.is_dir() else Path(model), recipe.vocabulary)
    taught = sentences(out, tokenizer, recipe.training)
    asked = answers(out, tokenizer, recipe.training)
    alone = piece_vectors(open_encoder(model), tokenizer)
    directions = principal(taught.vectors[::4].astype(np.float32), recipe.dimension)
    every = [*taught.ids, *(ids for each in asked.values() for ids in each.passages)]
    rows = alone @ directions * rarity(every, len(alone), recipe.sif)
    taught = Sentences(taught.ids, projected(taught.vectors, directions))
    trained = train_table(np.asarray(rows, np.float32), taught, asked, recipe.training, recipe.seed)
    write_table(out / TABLE_FOLDER, trained, tokenizer, recipe.max_tokens)
    return out / TABLE_FOLDER


def main() -> None:
    """Make what is missing of the examples, the teacher's vectors and the pairs, then the table."""
    parser = argparse.ArgumentParser(description="Make the static table from the finished transformer.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="work folder, shared by all stages")
    parser.add_argument(
        "--teacher", default=SHIPPED_DEFAULT, help="shipped name or folder of the transformer"
    )
    parser.add_argument("--evalsets", type=Path, help="measure, and put a table that gains in the box")
    parser.add_argument("--recipe", type=Path, default=TABLE_RECIPE_FILE)
    told = parser.parse_args()
    stage = StageArguments(told.data, told.out, read_recipe(RECIPE_FILE))
    stages = {examples.EXAMPLES_FILE: examples.run, TEACHER_FILE: teacher.run, pairs.PAIRS_FILE: pairs.run}
    for result, make in stages.items():
        if not (told.out / result).exists():
            make(stage)
    started = time.monotonic()
    recipe = read_table_recipe(told.recipe)
    folder = build_table(told.data, told.out, told.teacher, recipe)
    print(folder, f"{time.monotonic() - started:.0f} s", flush=True)
    if told.evalsets is not None:
        figures = retrieval_figures(open_encoder(str(folder)), told.evalsets)
        print(json.dumps(figures), flush=True)
        if gains(figures):
            print(ship_table(folder, open_encoder(told.teacher).info, recipe, figures))


def gains(figures: Mapping[str, object]) -> bool:
    """True where the table fused with the words is above the words alone on SweFAQ."""
    return cast(float, figures["swefaq_fused"]) > cast(float, figures["swefaq_words"])


if __name__ == "__main__":
    main()
