"""The example questions' vectors: kept for the shipped encoder, and only while they are of these examples and weights."""

from __future__ import annotations

import numpy as np

from indexer.encoder import open_encoder
from retriever.clause_meant import VECTORS_FILE, ClauseQuestions, encoded, examples, made_of


def test_the_file_holds_what_the_shipped_encoder_makes_of_the_examples() -> None:
    encoder = open_encoder()
    with np.load(VECTORS_FILE, allow_pickle=False) as file:
        assert str(file["made_of"]) == made_of(encoder.info.weights_sha256), (
            "run python -m retriever.clause_meant"
        )
    kept = ClauseQuestions.read_by(encoder)
    made = encoded(encoder)
    assert kept.vectors.shape == made.shape == (sum(map(len, examples().values())), encoder.info.dimension)
    assert float(np.abs(kept.vectors - made).max()) < 1e-3


def test_another_encoder_reads_the_examples_itself() -> None:
    table = open_encoder("snabb")
    read = ClauseQuestions.read_by(table)
    assert np.array_equal(read.vectors, encoded(table))


def test_a_lay_question_means_its_type_and_one_about_buses_none() -> None:
    encoder = open_encoder()
    questions = ClauseQuestions.read_by(encoder)
    asked = encoder.encode_queries(["Vem får skulden om något går sönder?", "Vilka avtal handlar om bussar?"])
    blame, buses = (questions.meant_by(query) for query in asked)
    assert blame is not None and blame.key == "liability"
    assert buses is None
