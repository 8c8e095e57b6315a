"""The second recipe's numbers, read from `states.toml` into frozen records."""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexer.training.rounds import RoundNumbers

STATES_RECIPE_FILE = Path(__file__).with_name("states.toml")


@dataclass(frozen=True, slots=True)
class Pruning:
    """What is kept of the multilingual teacher."""

    pieces: int
    layers: list[int]
    positions: int
    max_tokens: int
    characters_per_source: int
    pairs_per_origin: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Which texts the student reads beside the teacher, and how often each kind."""

    characters_per_source: int
    passage_words: list[int]
    sentence_words: list[int]
    question_words: list[int]
    most: dict[str, int]
    shares: dict[str, float]
    queries: list[str]


@dataclass(frozen=True, slots=True)
class StatesTraining(RoundNumbers):
    """The run. `middle` maps a layer of the student to the teacher's whose states it should have."""

    told_apart_weight: float
    told_apart_scale: float
    middle_weight: float
    middle: dict[str, int]


@dataclass(frozen=True, slots=True)
class StatesRecipe:
    """All of it; `sha256` is that of the TOML file."""

    name: str
    seed: int
    pruning: Pruning
    texts: Texts
    training: StatesTraining
    sha256: str


def read_states_recipe(path: Path = STATES_RECIPE_FILE) -> StatesRecipe:
    """The recipe in `path`. An unknown or missing key raises TypeError or KeyError with its name."""
    raw = path.read_bytes()
    tables = tomllib.loads(raw.decode("utf-8"))
    return StatesRecipe(
        name=tables["name"],
        seed=tables["seed"],
        pruning=Pruning(**tables["pruning"]),
        texts=Texts(**tables["texts"]),
        training=StatesTraining(**tables["training"]),
        sha256=hashlib.sha256(raw).hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class StatesArguments:
    """Where the data is, where the work goes, from which weights the run starts, and the recipe."""

    data: Path
    out: Path
    start: Path | None
    recipe: StatesRecipe


def states_arguments(description: str) -> StatesArguments:
    """Read `--data FOLDER --out FOLDER [--start MODEL] [--recipe FILE]`; make the out folder."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="work folder, shared by both stages")
    parser.add_argument("--start", type=Path, help="an earlier round's folder instead of out/start")
    parser.add_argument("--recipe", type=Path, default=STATES_RECIPE_FILE)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    return StatesArguments(given.data, given.out, given.start, read_states_recipe(given.recipe))
