"""Stage `transplant`: give the English encoder a Swedish vocabulary by word alignment, before any training.

After WECHSEL (Minixhofer et al. 2022) and FOCUS (Dobler & de Melo 2023): a piece's row is the mean of the
English rows it aligns with, shrunk towards the rows of the pieces that are used like it in Swedish text.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from indexer.training.alignment import Ids, Translation, align, link
from indexer.training.export import WORDS_ROW, write_folder
from indexer.training.neighbours import borrowed_rows, cooccurrences, usage_vectors
from indexer.training.recipe import Alignment, Recipe, StageArguments, stage_arguments
from indexer.training.sources import (
    WIKTIONARY_FILE,
    capped,
    read_objects,
    running_text,
    sentence_pairs,
)
from indexer.training.teacher import teacher_folder
from indexer.training.vocabulary import SPECIAL_PIECES, TOKENIZER_FILE
from indexer.types import FloatMatrix

TRANSPLANT_FOLDER = "transplant"
CHUNK = 20000


@dataclass(frozen=True, slots=True)
class AlignedText:
    """Two lists of the same length: what the new tokenizer reads, and what the English one reads."""

    new: list[str]
    english: list[str]


def aligned_text(data: Path, recipe: Alignment, seed: int) -> AlignedText:
    """Sentence pairs, dictionary pairs, and a share of English sentences paired with themselves."""
    pairs = [pair for rows in sentence_pairs(data).values() for pair in capped(rows, recipe.caps, 40, seed)]
    new, english = [pair.swedish for pair in pairs], [pair.english for pair in pairs]
    draw = random.Random(seed)
    itself = draw.sample(english, int(len(english) * recipe.identity_share))
    for row in read_objects(data / WIKTIONARY_FILE):
        for word in row["sv"]:
            new += [word] * recipe.wiktionary_weight
            english += [row["en"]] * recipe.wiktionary_weight
    return AlignedText(new + itself, english + itself)


def piece_sets(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """The distinct piece ids of each text, sorted, int32."""
    return [np.unique(np.array(ids, np.int32)) for ids in piece_ids(tokenizer, texts)]


def piece_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """The piece ids of each text in order, without special pieces."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found: list[list[int]] = []
    for start in range(0, len(texts), CHUNK):
        batch = tokenizer.encode_batch_fast(list(texts[start : start + CHUNK]), add_special_tokens=False)
        found += [encoding.ids for encoding in batch]
    return found


def aligned_rows(translation: Translation, english: FloatMatrix, pieces: int, keep: float) -> FloatMatrix:
    """Weighted means of English rows, float32, shape (pieces, dimension); zero where nothing aligns."""
    rows = np.zeros((pieces, english.shape[1]), np.float32)
    mass = np.zeros(pieces, np.float32)
    sure = translation.probability > keep
    swedish, weight = translation.swedish[sure], translation.probability[sure]
    np.add.at(rows, swedish, english[translation.english[sure]] * weight[:, None])
    np.add.at(mass, swedish, weight)
    return np.divide(rows, mass[:, None], out=rows, where=mass[:, None] > 0)


def shrunk_rows(
    aligned: FloatMatrix, seen: NDArray[np.float32], usage: FloatMatrix, recipe: Recipe
) -> FloatMatrix:
    """Mix each aligned row with its neighbours' by how often it was seen: n / (n + prior_strength)."""
    trust = seen / (seen + recipe.neighbours.prior_strength)
    trust = np.where(np.abs(aligned).sum(1) > 0, trust, 0).astype(np.float32)
    borrowed = borrowed_rows(usage, aligned, trust, recipe.neighbours)
    return np.asarray(trust[:, None] * aligned + (1 - trust[:, None]) * borrowed, np.float32)


def transplant(data: Path, out: Path, recipe: Recipe) -> int:
    """Write the untrained Swedish encoder to `out/transplant`; returns its size in bytes."""
    swedish = Tokenizer.from_file(str(out / TOKENIZER_FILE))
    english = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json"))
    weights = load_file(teacher_folder() / "model.safetensors")
    pieces = swedish.get_vocab_size()
    text = aligned_text(data, recipe.alignment, recipe.seed)
    links = link(piece_sets(swedish, text.new), piece_sets(english, text.english), recipe.alignment.max_links)
    translation = align(links, pieces, recipe.alignment.rounds)
    aligned = aligned_rows(translation, weights[WORDS_ROW], pieces, recipe.alignment.keep)
    print(int((translation.seen >= 1).sum()), "of", pieces, "pieces seen in the sentence pairs", flush=True)
    lines = piece_ids(swedish, list(running_text(data, recipe.neighbours.characters_per_source)))
    stream = [np.array(line, np.int32) for line in lines if len(line) > 1]
    stream += [np.array(line, np.int32) for line in piece_ids(swedish, text.new)]
    usage = usage_vectors(
        cooccurrences(stream, pieces, recipe.neighbours.window), recipe.neighbours.dimension, recipe.seed
    )
    rows = shrunk_rows(aligned, translation.seen, usage, recipe)
    for piece in SPECIAL_PIECES:
        rows[swedish.token_to_id(piece)] = weights[WORDS_ROW][english.token_to_id(piece)]
    np.savez(out / "rows.npz", aligned=aligned, seen=translation.seen, usage=usage)
    config = json.loads((teacher_folder() / "config.json").read_text(encoding="utf-8"))
    return write_folder(out / TRANSPLANT_FOLDER, {**weights, WORDS_ROW: rows}, config, swedish, recipe.export)


def run(told: StageArguments) -> None:
    """Write `out/transplant`, a folder that opens."""
    print(transplant(told.data, told.out, told.recipe) / 1e6, "MB")


if __name__ == "__main__":
    run(stage_arguments("Transplant a Swedish vocabulary into the English encoder."))
