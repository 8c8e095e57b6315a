"""The table's training in numbers worked by hand, and a card without gaps."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

torch = pytest.importorskip("torch")

from indexer.encoder import WEIGHTS_FOLDER, open_encoder  # noqa: E402
from indexer.training.table import gains, piece_ids, projected  # noqa: E402
from indexer.training.table_card import CARD_FILE, ship_table  # noqa: E402
from indexer.training.table_folder import write_table  # noqa: E402
from indexer.training.table_recipe import read_table_recipe  # noqa: E402
from indexer.training.table_rows import principal, rarity  # noqa: E402
from indexer.training.table_train import (  # noqa: E402
    Answers,
    Sentences,
    contrast,
    distillation,
    embedded,
    schedule,
    thinned,
    train_table,
)

RECIPE = read_table_recipe()
TRAINING = replace(
    RECIPE.training,
    steps=60,
    distil_rows=2,
    contrastive_rows=2,
    kind_weights={"sfs": 1.0, "annat": 1.0},
    rate=0.05,
)
FIGURES = "swefaq swefaq_fused swefaq_words swefaq_gain swequad swequad_fused swequad_words swequad_gain word_weight"


def words() -> Tokenizer:
    return Tokenizer(WordLevel({"[PAD]": 0, "[UNK]": 1, "avtal": 2}, unk_token="[UNK]"))


def test_rare_pieces_weigh_more() -> None:
    weights = rarity([[0, 0, 0], [1]], pieces=3, sif=0.25)
    np.testing.assert_allclose(weights, [[0.25], [0.5], [1.0]])


def test_the_principal_direction_is_that_of_most_variance() -> None:
    vectors = np.array([[5, 1, 0], [-5, 1, 0.1], [5, 1, -0.1], [-5, 1, 0]], np.float32)
    directions = principal(vectors, 2)
    assert directions.shape == (3, 2)
    np.testing.assert_allclose(np.abs(directions[:, 0]), [1, 0, 0], atol=0.02)
    np.testing.assert_allclose(np.linalg.norm(projected(vectors, directions), axis=1), 1, atol=1e-6)


def test_a_mean_of_rows_has_length_one() -> None:
    table = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
    np.testing.assert_allclose(embedded(table, [[0, 1], [1]]).numpy(), [[0.6, 0.8], [0.0, 1.0]], atol=1e-6)


def test_rows_of_one_document_are_no_negatives() -> None:
    flat = torch.ones(3, 2)
    assert float(contrast(flat, flat, ["a", "b", "c"], 20.0)) == pytest.approx(np.log(3))
    assert float(contrast(flat, flat, ["a", "a", "c"], 20.0)) == pytest.approx(np.mean(np.log([2, 2, 3])))


def test_a_teacher_row_that_says_the_same_is_no_negative() -> None:
    alike = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    assert float(distillation(alike, alike, TRAINING)) == pytest.approx(0, abs=1e-6)


def test_shared_pieces_leave_the_passage_but_never_all_of_it() -> None:
    draw = random.Random(1)
    assert thinned([1, 2], [1, 5, 2, 6], 1.0, draw) == [5, 6]
    assert thinned([1, 2], [1, 5, 2, 6], 0.0, draw) == [1, 5, 2, 6]
    assert thinned([1, 2], [1, 2], 1.0, draw) == [1, 2]


def test_the_schedule_rises_and_falls_to_nothing() -> None:
    told = replace(TRAINING, steps=10, warm_up=0.2)
    assert [schedule(step, told) for step in (0, 1, 2, 6, 10)] == [0.5, 1.0, 1.0, 0.5, 0.0]


def test_training_moves_a_question_to_its_passage_and_is_repeatable() -> None:
    rows = np.eye(4, dtype=np.float32)
    pairs = {"sfs": Answers([[0], [1]], [[2], [3]], ["a", "b"])}
    sentences = Sentences([[0], [1]], np.array([[1, 0, 0, 0], [0, 1, 0, 0]], np.float32))
    found = train_table(rows, sentences, pairs, TRAINING, seed=1)
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    assert unit[0] @ unit[2] > 0.3 > 0.1 > unit[0] @ unit[3]
    assert unit[0][0] > 0.8
    assert (train_table(rows, sentences, pairs, TRAINING, seed=1) == found).all()


def test_text_without_pieces_reads_as_unknown() -> None:
    assert piece_ids(words(), ["avtal", ""], most=3) == [[2], [1]]


def test_only_a_gain_over_the_words_counts() -> None:
    assert gains({"swefaq_fused": 0.75, "swefaq_words": 0.73})
    assert not gains({"swefaq_fused": 0.73, "swefaq_words": 0.73})


def test_the_card_in_the_box_names_its_weights_and_recipe() -> None:
    text = (WEIGHTS_FOLDER / RECIPE.name / CARD_FILE).read_text("utf-8")
    assert open_encoder(RECIPE.name).info.weights_sha256 in text
    assert RECIPE.sha256 in text


def test_a_shipped_table_opens_and_its_card_names_its_hash(tmp_path: Path) -> None:
    write_table(tmp_path / "ny", np.array([[0, 0], [1, 0], [0, 1]], np.float32), words(), max_tokens=8)
    figures = {name: [0.1, 0.2] for name in FIGURES.split()}
    folder = ship_table(tmp_path / "ny", open_encoder().info, RECIPE, figures, box=tmp_path / "låda")
    text = (folder / CARD_FILE).read_text("utf-8")
    assert not re.search(r"[{}]", text)
    assert "0.1 – 0.2" in text and RECIPE.sha256 in text and open_encoder().info.weights_sha256 in text
    assert open_encoder(str(folder)).info.weights_sha256 in text
