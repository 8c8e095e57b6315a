"""Sentence vectors: coded, kept by passage, made in the passage's own pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.types import Span
from indexer.encoder import open_encoder
from indexer.sentence_vectors import Coded, PartEncoder, SentenceVectors, part_encoder

UNIT = np.array([[0.6, 0.8, 0.0], [0.0, 0.6, -0.8], [1.0, 0.0, 0.0]], np.float32)
SPANS = [[Span(0, 10), Span(11, 20)], [Span(0, 5)]]


def kept() -> SentenceVectors:
    return SentenceVectors.build(SPANS, [Coded.of(UNIT[:2]), Coded.of(UNIT[2:])])


def test_a_coded_vector_keeps_its_cosine_to_a_hundredth() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.abs(Coded.of(vectors).cosines(vectors[0]) - vectors @ vectors[0]).max() < 0.01


def test_the_best_of_each_passage_is_its_nearest_sentence() -> None:
    query = np.array([0.0, 1.0, 0.0], np.float32)
    assert kept().best(query, [0, 1]) == pytest.approx([0.8, 0.0], abs=0.01)
    assert kept().best(query, [1]) == pytest.approx([0.0], abs=0.01)


def test_spans_and_vectors_belong_to_their_passage(tmp_path: Path) -> None:
    kept().save(tmp_path)
    loaded = SentenceVectors.load(tmp_path)
    assert [loaded.spans(row) for row in (0, 1)] == SPANS
    assert loaded.of(1).cosines(UNIT[2]) == pytest.approx([1.0], abs=0.01)
    assert len(loaded) == 3


def test_without_parts_there_are_none(tmp_path: Path) -> None:
    SentenceVectors.none().save(tmp_path)
    assert len(SentenceVectors.load(tmp_path)) == 0


@pytest.mark.parametrize("name", ["avtal-sv", "snabb"])
def test_the_shipped_encoders_give_parts_that_say_what_their_sentence_says(name: str) -> None:
    text = "Avtal om bibliotek\nLånekortet gäller i alla filialer. Hyran betalas kvartalsvis i förskott."
    cards, rent = text.index("Lånekortet"), text.index("Hyran")
    encoder = part_encoder(open_encoder(name))
    assert isinstance(encoder, PartEncoder)
    whole, (parts,) = encoder.encode_with_parts([text], [[(cards, rent - 1), (rent, len(text))]])
    assert whole == pytest.approx(open_encoder(name).encode_passages([text]), abs=1e-5)
    assert np.linalg.norm(parts, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
    asked = open_encoder(name).encode_queries(["När ska hyran betalas?"])[0]
    assert parts[1] @ asked > parts[0] @ asked


def test_a_part_without_a_token_of_its_own_gets_the_whole_text() -> None:
    encoder = part_encoder(open_encoder())
    assert encoder is not None
    _, (parts,) = encoder.encode_with_parts(["Hyran betalas."], [[(3, 3)]])
    assert np.isfinite(parts).all()


def test_a_sentence_s_cosine_is_its_own_whatever_stands_beside_it() -> None:
    drawn = np.random.default_rng(3).normal(size=(301, 384)).astype(np.float32)
    coded, query = Coded.of(drawn[1:]), drawn[0] / np.linalg.norm(drawn[0])
    whole = coded.cosines(query)
    for size in (1, 7, 100):
        assert (
            Coded(coded.codes[:size], coded.scales[:size]).cosines(query).tobytes() == whole[:size].tobytes()
        )
