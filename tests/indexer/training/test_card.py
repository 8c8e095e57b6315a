"""The shipped card says what is true of the shipped weights."""

from __future__ import annotations

import re

from indexer.encoder import WEIGHTS_FOLDER, open_encoder
from indexer.training.card import CARD_FILE, card
from indexer.training.joined_recipe import read_joined_recipe

FIGURES = (
    "swefaq swefaq_fused swefaq_words swefaq_gain swequad swequad_fused swequad_words swequad_gain "
    "sts translation word_weight everyday everyday_questions everyday_clauses"
)


def test_every_placeholder_is_filled() -> None:
    text = card(read_joined_recipe(), {name: [0.1, 0.2] for name in FIGURES.split()}, 22000, "abc")
    assert not re.search(r"[{}]", text)
    assert "0.1 – 0.2" in text


def test_the_shipped_card_names_the_shipped_weights_and_the_recipe() -> None:
    recipe = read_joined_recipe()
    text = (WEIGHTS_FOLDER / recipe.name / CARD_FILE).read_text("utf-8")
    assert open_encoder(recipe.name).info.weights_sha256 in text
    assert recipe.sha256 in text
