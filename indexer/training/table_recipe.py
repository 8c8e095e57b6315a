"""The table's recipe: every number of `table.toml` in frozen records."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexer.training.recipe import Vocabulary

TABLE_RECIPE_FILE = Path(__file__).with_name("table.toml")


@dataclass(frozen=True, slots=True)
class TableTraining:
    """The `[training]` part."""

    steps: int
    contrastive_share: float
    sentences: int
    distil_rows: int
    contrastive_rows: int
    most_pieces: int
    pairs_per_kind: int
    drop_shared: float
    kind_weights: dict[str, float]
    cosine_weight: float
    scale: float
    same_text: float
    rate: float
    warm_up: float


@dataclass(frozen=True, slots=True)
class TableRecipe:
    """The whole of it. `vocabulary.pieces` of 0 keeps the transformer's tokenizer."""

    name: str
    seed: int
    vocabulary: Vocabulary
    dimension: int
    sif: float
    training: TableTraining
    max_tokens: int
    sha256: str


def read_table_recipe(path: Path = TABLE_RECIPE_FILE) -> TableRecipe:
    """The recipe in `path`. An unknown or missing key raises TypeError or KeyError with its name."""
    raw = path.read_bytes()
    tables = tomllib.loads(raw.decode("utf-8"))
    return TableRecipe(
        name=tables["name"],
        seed=tables["seed"],
        vocabulary=Vocabulary(**tables["vocabulary"]),
        dimension=tables["rows"]["dimension"],
        sif=tables["rows"]["sif"],
        training=TableTraining(**tables["training"]),
        max_tokens=tables["export"]["max_tokens"],
        sha256=hashlib.sha256(raw).hexdigest(),
    )
