"""A public set through the product in memory: five texts, ranks by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.bench import Way, run_bench
from evals.cli import app
from evals.pool import open_pool
from evals.public_types import PublicSet
from indexer.encoder import open_encoder
from indexer.types import Encoder
from retriever.answer import ask

_TEXTS = {
    "d0": "Hyran är 5 000 kronor i månaden.",
    "d1": "Vården ges i hemmet.\r\nKommunen svarar för vården.",
    "d2": "Hunden får inte följa med i lokalen.",
    "d3": "Bolaget sköter badhuset.",
    "d4": "Skolan tar emot praktikanter.",
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("snabb")


def _set(questions: dict[str, str], qrels: dict[str, dict[str, int]]) -> PublicSet:
    return PublicSet("påhittat", questions, _TEXTS, qrels)


def test_five_texts_by_hand(encoder: Encoder) -> None:
    # The first question's text holds its word: rank 1. The second's judged text holds none of its words: not found.
    asked = _set({"q0": "hyran", "q1": "badhuset"}, {"q0": {"d0": 1}, "q1": {"d4": 1}})
    found = run_bench(asked, encoder, (Way.WORDS,))
    figures = found.figures[Way.WORDS]
    below = figures["RR@10"].mean - 1 / 2
    assert figures["Success@1"].mean == 1 / 2
    # The other four stand after badhuset's text, in an order of their own: 1/2 of a rank from 2 to 5.
    assert any(below == pytest.approx(1 / rank / 2) for rank in (2, 3, 4, 5))
    assert (found.questions, found.documents, found.refused, found.gain) == (2, 5, 0, None)


def test_each_way_ranks_the_text_that_says_it_first(encoder: Encoder) -> None:
    asked = _set({"q0": "Får hunden följa med?"}, {"q0": {"d2": 1}})
    found = run_bench(asked, encoder)
    assert {way: figures["nDCG@10"].mean for way, figures in found.figures.items()} == dict.fromkeys(Way, 1.0)
    assert found.gain is not None
    assert (found.gain.change.mean, found.gain.p) == (0.0, 1.0)


def test_the_gain_is_fused_minus_words_question_by_question(encoder: Encoder) -> None:
    questions = {
        f"q{place}": text for place, text in enumerate(("hyra och vård", "badhus", "djur i lokalen"))
    }
    asked = _set(questions, {"q0": {"d1": 1}, "q1": {"d3": 1}, "q2": {"d2": 1}})
    found = run_bench(asked, encoder)
    assert found.gain is not None
    means = {way: figures["nDCG@10"].mean for way, figures in found.figures.items()}
    assert found.gain.change.mean == pytest.approx(means[Way.FUSED] - means[Way.WORDS])


def test_a_question_too_long_for_the_encoder_scores_zero_and_is_counted(encoder: Encoder) -> None:
    asked = _set({"q0": "hyran", "q1": "hyran " * 300}, {"q0": {"d0": 1}, "q1": {"d0": 1}})
    found = run_bench(asked, encoder)
    assert found.refused == 1
    assert found.figures[Way.FUSED]["nDCG@10"].mean == 1 / 2


def test_grades_count(encoder: Encoder) -> None:
    asked = _set({"q0": "hyran"}, {"q0": {"d0": 1, "d9": 2}})
    gained = run_bench(asked, encoder, (Way.WORDS,)).figures[Way.WORDS]["nDCG@10"].mean
    assert gained == pytest.approx(1 / (2 + 1 / math.log2(3)))


def test_a_pool_answers_as_an_index_does(encoder: Encoder) -> None:
    engine = open_pool(_TEXTS, encoder)
    answer = ask(engine, "Hur mycket är hyran?")
    assert answer.hits[0].agreement_id == "d0"
    assert answer.hits[0].citation.quote == _TEXTS["d0"]
    assert engine.index.agreements["d1"].text == "Vården ges i hemmet.\nKommunen svarar för vården."


def test_without_vectors_only_words_tell_texts_apart(encoder: Encoder) -> None:
    engine = open_pool(_TEXTS, encoder, with_vectors=False)
    assert not engine.index.vectors.vectors().any()
    assert engine.index.vectors.rows == len(engine.index.passages) == 5


def test_the_command_prints_three_ways_and_the_gain(tmp_path: Path) -> None:
    path = tmp_path / "liten.jsonl"
    rows = [{"q": "Får hunden följa med?", "pos": _TEXTS["d2"]}, {"q": "Vad är hyran?", "pos": _TEXTS["d0"]}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    shown = CliRunner().invoke(app, ["bench", "--set", "swefaq", str(path), "--encoder", "snabb"])
    assert shown.exit_code == 0
    for words in ("2 frågor, 2 texter", "ord", "kodare", "sammanvägt", "nDCG@10", "parvis: 0,000"):
        assert words in shown.output
    assert "…" not in shown.output
