"""The development figures on five passages, worked by hand, and the losses and schedule of the run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indexer.encoder import open_encoder
from indexer.training.development import RetrievalSet
from indexer.training.measure import dense_scores, ndcg, scaled, windows
from indexer.training.recipe import RECIPE_FILE, read_recipe
from indexer.training.words import word_scores

torch = pytest.importorskip("torch")

from indexer.training.learning import schedule  # noqa: E402
from indexer.training.losses import distillation, finds_own, info_nce, mean_pooled, parts_pooled  # noqa: E402
from indexer.training.train import Task, task_of  # noqa: E402

RECIPE = read_recipe().training


def test_ndcg_by_hand() -> None:
    scores = np.array([[0.9, 0.1, 0.5], [0.9, 0.1, 0.5], [0.9, 0.1, 0.5]], np.float32)
    np.testing.assert_allclose(ndcg(scores, [0, 2, 1]), [1, 1 / np.log2(3), 0.5])


def test_rank_eleven_gives_nothing() -> None:
    scores = np.arange(11, dtype=np.float32)[None]
    assert ndcg(scores, [0]).tolist() == [0.0]
    assert ndcg(scores, [1])[0] == pytest.approx(1 / np.log2(11))


def test_scaled_runs_from_zero_to_one_a_question() -> None:
    np.testing.assert_allclose(scaled(np.array([[2.0, 4.0, 3.0]], np.float32)), [[0, 1, 0.5]])


def test_the_words_find_a_stem_and_a_part_of_a_compound() -> None:
    passages = ["Uppsägningstiden är tre månader.", "Avtalen omfattar forskning.", "Kaffe serveras."]
    scores = word_scores(["avtalet", "uppsägning"], passages)
    assert scores.argmax(1).tolist() == [1, 0]
    assert scores.max() <= 1


def test_long_passages_are_scored_by_their_best_window() -> None:
    encoder = open_encoder()
    long = "Kaffe och bullar serveras. " * 60 + "Avtalet sägs upp skriftligen. " * 60
    parts = windows(encoder, long)
    assert len(parts) > 1
    assert max(encoder.count_tokens(parts)) <= encoder.info.max_tokens
    assert set(long.split()) == {word for part in parts for word in part.split()}
    pool = RetrievalSet(["Hur säger man upp avtalet?"], [long, "Vi åker skidor."], [0])
    assert dense_scores(encoder, pool).shape == (1, 2)
    assert ndcg(dense_scores(encoder, pool), pool.right).tolist() == [1.0]


def test_the_recipe_is_named_by_its_bytes() -> None:
    assert read_recipe().sha256 == read_recipe(RECIPE_FILE).sha256
    assert len(read_recipe().sha256) == 64


def test_a_perfect_student_loses_nothing_to_cosine() -> None:
    vectors = torch.eye(3)
    same = replace(RECIPE, distil_scale=100.0)
    assert float(distillation(vectors, vectors, -vectors, same)) == pytest.approx(0, abs=1e-6)


def test_a_teacher_row_that_says_the_same_is_no_negative() -> None:
    vectors = torch.eye(3)
    assert float(distillation(vectors, vectors, vectors, RECIPE)) == pytest.approx(
        float(distillation(vectors, vectors, -vectors, RECIPE)), abs=1e-6
    )


def test_info_nce_of_strangers_is_chance() -> None:
    flat = torch.ones(4, 2)
    told = replace(RECIPE, same_text=2.0)
    assert float(info_nce(flat, flat, flat[:0], told)) == pytest.approx(np.log(4), abs=1e-5)


def test_what_says_the_same_as_the_right_passage_is_no_negative_and_what_does_not_is() -> None:
    rows = torch.eye(3)
    alone = float(info_nce(rows, rows, rows[:0], RECIPE))
    assert float(info_nce(rows, rows, rows, RECIPE)) == pytest.approx(alone, abs=1e-6)
    strangers = (rows[:1] + rows[1:2]) / 2**0.5
    assert float(info_nce(rows, rows, strangers, RECIPE)) > alone


def test_padding_does_not_count_in_the_mean() -> None:
    states = torch.tensor([[[3.0, 0.0], [0.0, 3.0], [9.0, 9.0]]])
    mean = mean_pooled(states, torch.tensor([[1, 1, 0]]))
    np.testing.assert_allclose(mean.numpy(), [[0.5**0.5, 0.5**0.5]], atol=1e-6)


def test_the_schedule_warms_up_and_ends_at_zero() -> None:
    told = replace(RECIPE, steps=100, warm_up=0.1, decay_share=0.9)
    assert schedule(0, told) == pytest.approx(0.1)
    assert schedule(9, told) == pytest.approx(1.0)
    assert schedule(55, told) == pytest.approx(0.5)
    assert schedule(100, told) == 0.0


def test_a_part_is_the_mean_of_its_own_tokens() -> None:
    states = torch.tensor([[[9.0, 9.0], [3.0, 0.0], [0.0, 3.0], [0.0, 4.0]]])
    parts = parts_pooled(states, [(0, 1, 3), (0, 3, 4)])
    np.testing.assert_allclose(parts.numpy(), [[0.5**0.5, 0.5**0.5], [0, 1]], atol=1e-6)


def test_several_questions_may_share_a_passage() -> None:
    rows = torch.eye(2)
    own = torch.tensor([0, 0, 1])
    right, wrong = torch.stack([rows[0], rows[0], rows[1]]), torch.stack([rows[1], rows[0], rows[1]])
    assert float(finds_own(right, rows, own, RECIPE)) < float(finds_own(wrong, rows, own, RECIPE))


def test_every_step_has_one_task_in_the_recipes_shares() -> None:
    recipe = replace(read_recipe(), training=replace(RECIPE, contrastive_share=0.2, composite_share=0.5))
    tasks = [task_of(step, recipe) for step in range(1000)]
    assert tasks == [task_of(step, recipe) for step in range(1000)]
    assert tasks.count(Task.COMPOSITE) == pytest.approx(500, abs=50)
    assert tasks.count(Task.CONTRASTIVE) == pytest.approx(200, abs=40)
