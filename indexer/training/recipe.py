"""The recipe: every number of the training, read from `recipe.toml` into frozen records."""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

RECIPE_FILE = Path(__file__).with_name("recipe.toml")
Table = dict[str, object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How the WordPiece pieces are learnt."""

    pieces: int
    alphabet: int
    min_frequency: int
    english_share: float
    characters_per_source: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """IBM model 1 between Swedish pieces and English rows."""

    rounds: int
    max_links: int
    keep: float
    identity_share: float
    caps: dict[str, int]
    wiktionary_weight: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Distributional neighbours, for pieces that hardly any sentence pair aligns."""

    window: int
    dimension: int
    characters_per_source: int
    nearest: int
    sharpness: float
    prior_strength: float


@dataclass(frozen=True, slots=True)
class Export:
    """What the finished folder can take."""

    positions: int
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Examples:
    """Which parallel sentences are distilled, and how neighbours are joined."""

    block: int
    group_sizes: list[int]
    group_weights: list[float]
    max_characters: int
    caps: dict[str, int]
    alone: list[str]


@dataclass(frozen=True, slots=True)
class Teacher:
    """How the English sentences are embedded."""

    max_tokens: int
    batch_tokens: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which question → passage pairs are fit to learn from."""

    fewest_question_words: int
    fewest_passage_words: int
    longest_passage_words: int
    cloze_kinds: list[str]
    cloze_words: list[int]
    cloze_fewest_sentences: int
    asked_words: list[int]
    header_share: float


@dataclass(frozen=True, slots=True)
class Rivals:
    """Which passages resemble the right one in words: hard negatives."""

    nearest: int
    commonest: float
    fewest_pairs: int


@dataclass(frozen=True, slots=True)
class Training:
    """The mixed run: distillation with every few steps a contrastive one."""

    start: str
    steps: int
    batch_tokens: int
    most_rows: int
    most_tokens: int
    origin_weights: dict[str, float]
    english_rows: float
    teacher_negatives: int
    same_text: float
    contrastive_share: float
    composite_share: float
    composite_rows: int
    contrastive_rows: int
    rows_per_document: int
    question_tokens: int
    passage_tokens: int
    long_share: float
    long_tokens: int
    rivals: int
    memory: int
    drop_shared: float
    kind_weights: dict[str, float]
    cosine_weight: float
    distil_scale: float
    contrastive_scale: float
    layer_rate: float
    embedding_rate: float
    warm_up: float
    decay_share: float
    weight_decay: float
    clip: float
    checkpoint_every: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """The whole recipe. `data` maps file names to SHA-256; `sha256` is that of the TOML file itself."""

    name: str
    seed: int
    data: dict[str, str]
    vocabulary: Vocabulary
    alignment: Alignment
    neighbours: Neighbours
    export: Export
    examples: Examples
    teacher: Teacher
    pairs: Pairs
    rivals: Rivals
    training: Training
    sha256: str


def read_recipe(path: Path = RECIPE_FILE) -> Recipe:
    """The recipe in `path`. An unknown or missing key raises TypeError with its name."""
    raw = path.read_bytes()
    tables: Table = tomllib.loads(raw.decode("utf-8"))
    return Recipe(
        name=cast(str, tables["name"]),
        seed=cast(int, tables["seed"]),
        data=cast(dict[str, str], tables["data"]),
        vocabulary=_record(Vocabulary, tables["vocabulary"]),
        alignment=_record(Alignment, tables["alignment"]),
        neighbours=_record(Neighbours, tables["neighbours"]),
        export=_record(Export, tables["export"]),
        examples=_record(Examples, tables["examples"]),
        teacher=_record(Teacher, tables["teacher"]),
        pairs=_record(Pairs, tables["pairs"]),
        rivals=_record(Rivals, tables["rivals"]),
        training=_record(Training, tables["training"]),
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _record(kind: type[T], table: object) -> T:
    return kind(**cast(Table, table))


@dataclass(frozen=True, slots=True)
class StageArguments:
    """What every stage is told: where the data is, where the work goes, and the recipe."""

    data: Path
    out: Path
    recipe: Recipe


def stage_arguments(description: str, argv: Sequence[str] | None = None) -> StageArguments:
    """Read `--data FOLDER --out FOLDER [--recipe FILE]` from the command line; make the out folder."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="work folder, shared by all stages")
    parser.add_argument("--recipe", type=Path, default=RECIPE_FILE)
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    return StageArguments(given.data, given.out, read_recipe(given.recipe))
