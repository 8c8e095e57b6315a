"""The third recipe's numbers, read from `joined.toml` into a frozen record."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexer.training.rounds import RoundNumbers

JOINED_RECIPE_FILE = Path(__file__).with_name("joined.toml")


@dataclass(frozen=True, slots=True)
class JoinedRecipe(RoundNumbers):
    """All of it; `sha256` is that of the TOML file."""

    name: str
    seed: int
    teacher_shares: list[float]
    seen_for_basis: int
    shares: dict[str, float]
    cosines_weight: float
    sha256: str


def read_joined_recipe(path: Path = JOINED_RECIPE_FILE) -> JoinedRecipe:
    """The recipe in `path`. An unknown or missing key raises TypeError with its name."""
    raw = path.read_bytes()
    return JoinedRecipe(**tomllib.loads(raw.decode("utf-8")), sha256=hashlib.sha256(raw).hexdigest())
