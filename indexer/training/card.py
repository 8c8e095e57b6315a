"""Stage `card`: put a finished folder in the box with its model card.

`python -m indexer.training.card --model FOLDER --figures FILE.json`, where the file holds the line that
`indexer.training.measure` printed for that folder.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from indexer.encoder import WEIGHTS_FOLDER
from indexer.encoder_folder import fingerprint
from indexer.training.joined_recipe import JOINED_RECIPE_FILE, JoinedRecipe, read_joined_recipe

TEMPLATE_FILE = Path(__file__).with_name("card.md")
CARD_FILE = "README.md"


def card(recipe: JoinedRecipe, figures: Mapping[str, object], pieces: int, weights_sha256: str) -> str:
    """The card's text: the template with the recipe's and the weights' hashes and the figures filled in."""
    said = {
        key: " – ".join(map(str, value)) if isinstance(value, list) else value
        for key, value in figures.items()
    }
    template = TEMPLATE_FILE.read_text(encoding="utf-8")
    return template.format(
        name=recipe.name,
        recipe_sha256=recipe.sha256,
        weights_sha256=weights_sha256,
        pieces=pieces,
        max_tokens=recipe.most_tokens,
        planned=recipe.steps,
        **said,
    )


def ship(model: Path, recipe: JoinedRecipe, figures: Mapping[str, object]) -> Path:
    """Replace the recipe's folder in `indexer/weights` by `model` and write the card; returns the folder."""
    target = WEIGHTS_FOLDER / recipe.name
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(model, target)
    pieces = json.loads((target / "config.json").read_text(encoding="utf-8"))["vocab_size"]
    text = card(recipe, figures, pieces, fingerprint(target))
    (target / CARD_FILE).write_text(text, encoding="utf-8")
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Put a finished folder in the box with its model card.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--figures", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=JOINED_RECIPE_FILE)
    told = parser.parse_args()
    print(
        ship(
            told.model, read_joined_recipe(told.recipe), json.loads(told.figures.read_text(encoding="utf-8"))
        )
    )
