"""Questions are drawn toward the clauses of their likes: by the shipped encoder's vectors, and by no other's."""

from __future__ import annotations

import numpy as np

from indexer.asked_before import VECTORS_FILE, AskedBefore
from indexer.encoder import open_encoder
from indexer.training.asked_before import clauses_sha256, quantised
from indexer.training.everyday import everyday


def test_the_file_is_of_the_shipped_encoder_and_of_these_clauses() -> None:
    with np.load(VECTORS_FILE, allow_pickle=False) as file:
        told = "run python -m indexer.training.asked_before"
        assert str(file["encoder_sha256"]) == open_encoder().info.weights_sha256, told
        assert str(file["clauses_sha256"]) == clauses_sha256(), told
    before = AskedBefore.read_by(open_encoder())
    assert before is not None
    rows = everyday()
    assert before.clauses.codes.shape[1] == len(before.firsts) == len(rows)
    assert before.questions.codes.shape[1] == sum(len(row.questions) for row in rows)


def test_a_kept_vector_is_nearly_that_of_its_text() -> None:
    encoder, before = open_encoder(), AskedBefore.read_by(open_encoder())
    assert before is not None
    rows = everyday()
    chosen = np.arange(0, len(rows), len(rows) // 8)
    asked = encoder.encode_queries([rows[row].questions[0] for row in chosen])
    kept = before.questions.rows(before.firsts[chosen])
    assert float(np.median((asked * kept).sum(axis=1))) > 0.7
    assert np.array_equal((asked @ kept.T).argmax(axis=1), np.arange(len(chosen)))
    clauses = encoder.encode_passages([rows[row].clause for row in chosen])
    assert float((clauses * before.clauses.rows(chosen)).sum(axis=1).min()) > 0.85


def test_the_scores_are_the_inner_products_with_the_kept_vectors() -> None:
    before = AskedBefore.read_by(open_encoder())
    assert before is not None
    query = open_encoder().encode_queries(["Kan vi hoppa av i förtid?"])[0]
    some = np.arange(0, before.questions.codes.shape[1], 997)
    expected = before.questions.rows(some) @ query
    assert np.allclose(before.questions.scores(query)[some], expected, atol=1e-5)


def test_a_lay_question_comes_nearer_to_what_it_means_and_stays_of_length_one() -> None:
    encoder, before = open_encoder(), AskedBefore.read_by(open_encoder())
    assert before is not None
    query = encoder.encode_queries(["Vilka får vi hoppa av i förtid?"])[0]
    notice, snow = encoder.encode_passages(
        [
            "Avtalet kan sägas upp av båda parter under avtalstiden.",
            "Bolaget röjer snö när det har fallit sju centimeter.",
        ]
    )
    drawn = before.drawn(query, 0.5)
    assert np.isclose(np.linalg.norm(drawn), 1, atol=1e-5)
    assert drawn @ notice > query @ notice + 0.05
    assert drawn @ notice - drawn @ snow > query @ notice - query @ snow
    assert np.allclose(before.drawn(query, 0.0), query, atol=1e-5)


def test_another_encoder_has_none() -> None:
    assert AskedBefore.read_by(open_encoder("snabb")) is None


def test_as_many_vectors_as_centroids_are_kept_as_they_are() -> None:
    vectors = np.random.default_rng(1).normal(size=(256, 8)).astype(np.float32)
    codes, centroids = quantised(vectors, 2)
    assert (codes.shape, centroids.shape) == ((2, 256), (2, 256, 4))
    kept = np.concatenate([each[code] for each, code in zip(centroids, codes, strict=True)], axis=1)
    assert np.allclose(kept, vectors, atol=0.01)
