"""Put a finished table in the box with its model card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from safetensors.numpy import load_file

from indexer.encoder import WEIGHTS_FOLDER
from indexer.encoder_folder import fingerprint
from indexer.encoder_static import ROWS_NAME
from indexer.training.table_recipe import TableRecipe
from indexer.types import EncoderInfo

TEMPLATE_FILE = Path(__file__).with_name("table_card.md")
CARD_FILE = "README.md"


def table_card(model: Path, teacher: EncoderInfo, recipe: TableRecipe, figures: Mapping[str, object]) -> str:
    """The card's text: the template with the folder's hash and size, the recipe's hash and the figures."""
    pieces, dimension = load_file(model / "model.safetensors")[ROWS_NAME].shape
    size = sum(file.stat().st_size for file in model.rglob("*") if file.suffix in (".safetensors", ".json"))
    said = {
        key: " – ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for key, value in figures.items()
    }
    return TEMPLATE_FILE.read_text(encoding="utf-8").format(
        name=recipe.name,
        teacher=teacher.name,
        teacher_sha256=teacher.weights_sha256,
        weights_sha256=fingerprint(model),
        recipe_sha256=recipe.sha256,
        pieces=pieces,
        dimension=dimension,
        megabytes=round(size / 1e6, 1),
        steps=recipe.training.steps,
        **said,
    )


def ship_table(
    model: Path,
    teacher: EncoderInfo,
    recipe: TableRecipe,
    figures: Mapping[str, object],
    box: Path = WEIGHTS_FOLDER,
) -> Path:
    """Replace the recipe's folder in the box by `model` and write the card; returns the folder."""
    target = box / recipe.name
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(model, target)
    (target / CARD_FILE).write_text(table_card(target, teacher, recipe, figures), encoding="utf-8")
    return target
