"""Baselines in a world of five agreements: what each ranks first, the set's threshold, and what is not put to them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.types import AvtalError
from evals.baseline_table import COLUMNS, Contender, console_tables, markdown_table
from evals.baselines import (
    Threshold,
    answering,
    best_by_agreement,
    chosen_threshold,
    ranked_cases,
    run_ranked,
)
from evals.cases import Case, Split
from evals.contest import ContestOptions, chosen_rankers, hold_contest
from evals.peers import PeerMissingError, peer_rankers
from evals.pool import open_pool
from evals.rankers import Scores, bm25_matrix, own_rankers, tokens_of
from evals.record import load_run
from evals.system import system_of
from indexer.encoder import open_encoder
from retriever.engine import Engine
from retriever.types import Coverage

_TEXTS = {
    "hyra": "Hyran är 5 000 kronor i månaden.",
    "vård": "Vården ges i hemmet av kommunen.",
    "hund": "Hunden får inte följa med i lokalen.",
    "bad": "Bolaget sköter badhuset och simhallen.",
    "skola": "Skolorna tar emot praktikanter varje termin.",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_pool(_TEXTS, open_encoder("snabb"))


def _case(number: str, **fields: Any) -> Case:
    return Case.model_validate({"id": number, "q": f"Fråga {number}?", "split": "tune", **fields})


_CASES = (
    _case("l1", type="list", q="Vilka avtal gäller badhuset?", expected={"bad": "explicit"}),
    _case(
        "s1",
        type="locate",
        q="Var står det om hunden?",
        expected={"hund": "explicit"},
        quotes=[{"agreement": "hund", "quote": _TEXTS["hund"]}],
    ),
    _case(
        "f1",
        type="fact",
        q="Hur mycket är hyran?",
        expected={"hyra": "explicit"},
        answers=["5 000 kronor"],
        quotes=[{"agreement": "hyra", "quote": _TEXTS["hyra"]}],
        split="test",
    ),
    _case("f2", type="fact", q="Får hunden följa med?", expected={"hund": "explicit"}, answers=["nej"]),
    _case("u1", type="unanswerable", q="Gäller vargjakt?"),
    _case("a1", type="absence", q="Vilka avtal saknar hyra?", expected={"bad": "explicit"}),
)


@pytest.mark.parametrize("ranker", own_rankers(), ids=lambda ranker: str(ranker.name))
def test_every_baseline_finds_the_passage_that_says_the_word(engine: Engine, ranker: Any) -> None:
    scores = ranker.make(engine)("Hur mycket är hyran?")
    assert scores.shape == (5,)
    assert scores.dtype == np.float32
    assert engine.index.passages[int(scores.argmax())].agreement_id == "hyra"


def test_substring_counts_words_inside_words_and_plain_bm25_does_not(engine: Engine) -> None:
    by_name = {
        ranker.name: ranker.make(engine) for ranker in own_rankers() if ranker.name in ("substring", "bm25")
    }
    # "skola" stands inside no word of the five texts but "skolorna" does not hold it; "bad" stands inside badhuset.
    assert by_name["substring"]("bad bolaget xyz").tolist() == pytest.approx([0, 0, 0, 2 / 3, 0])
    assert by_name["bm25"]("bad").tolist() == [0, 0, 0, 0, 0]
    assert by_name["bm25"]("okänt ord").tolist() == [0, 0, 0, 0, 0]


def test_bm25_by_hand() -> None:
    # Two documents of lengths 1 and 3, mean 2; "a" in one of them: idf ln(1 + 1.5/1.5) = ln 2.
    columns, matrix = bm25_matrix([["a"], ["b", "b", "c"]])
    norm = 1.2 * (1 - 0.75 + 0.75 * 1 / 2)
    assert matrix[0, columns["a"]] == pytest.approx(np.log(2) * 2.2 / (1 + norm))
    norm = 1.2 * (1 - 0.75 + 0.75 * 3 / 2)
    assert matrix[1, columns["b"]] == pytest.approx(np.log(2) * 2 * 2.2 / (2 + norm))
    assert matrix[0, columns["b"]] == 0
    assert tokens_of("§ 4: Å-plan!") == ["4", "å", "plan"]


def test_thresholds_absolute_and_of_the_best() -> None:
    best = {"a": 0.9, "b": 0.5, "c": 0.0}
    assert Threshold(0.5, relative=False).passed(best) == {"a", "b"}
    assert Threshold(0.6, relative=True).passed(best) == {"a"}
    assert Threshold(0.0, relative=False).passed(best) == {"a", "b"}
    assert Threshold(0.5, relative=True).passed({}) == set()


def _told(engine: Engine, values: dict[str, float]) -> Any:
    """A ranker that gives each agreement the value told, whatever is asked."""
    given = np.array([values[passage.agreement_id] for passage in engine.index.passages], dtype=np.float32)

    def rank(_: str) -> Scores:
        return given

    return rank


def test_the_threshold_is_the_best_one_on_the_tune_half(engine: Engine) -> None:
    # Asked for are the two best of five: only a threshold above .5 and at most .8 gives F1 1.
    rank = _told(engine, {"hyra": 0.9, "vård": 0.8, "hund": 0.5, "bad": 0.2, "skola": 0.1})
    tune = _case("t", type="list", expected={"hyra": "explicit", "vård": "explicit", "hund": "related"})
    other = _case("o", type="list", expected={"skola": "explicit"}, split="test")
    threshold = chosen_threshold(engine, rank, [tune, other])
    assert threshold is not None
    assert threshold.passed(best_by_agreement(engine, rank(""))) == {"hyra", "vård"}
    assert chosen_threshold(engine, rank, [other]) is None


def test_a_ranker_answers_with_hits_and_the_set_above_its_threshold(engine: Engine) -> None:
    rank = _told(engine, {"hyra": 0.4, "vård": 0.8, "hund": 0.0, "bad": 0.0, "skola": 0.7})
    answer = answering(engine, rank, Threshold(0.5, relative=False), limit=2)("Vad?")
    assert [(hit.rank, hit.agreement_id) for hit in answer.hits] == [(1, "vård"), (2, "skola")]
    assert [(shown.agreement_id, shown.coverage) for shown in answer.agreements] == [
        ("vård", Coverage.EXPLICIT),
        ("skola", Coverage.EXPLICIT),
    ]
    assert answer.hits[0].citation.quote == _TEXTS["vård"]
    assert not answer.abstained


def test_nothing_found_is_no_hit_at_all(engine: Engine) -> None:
    answer = answering(engine, _told(engine, dict.fromkeys(_TEXTS, 0.0)), None, limit=10)("Vad?")
    assert (answer.hits, answer.agreements, answer.abstained) == ((), (), True)


def test_only_what_a_ranker_can_answer_is_put_to_it(engine: Engine) -> None:
    assert [case.id for case in ranked_cases(_CASES)] == ["l1", "s1", "f1"]
    rows = run_ranked(
        system_of(engine, 10),
        _CASES,
        answering(engine, own_rankers()[2].make(engine), Threshold(0.5, True), 10),
    )
    assert [row.id for row in rows] == ["l1", "s1", "f1"]
    assert [row.scores["score"] for row in rows] == [1.0, 1.0, 1.0]
    assert "short_answer" not in rows[2].scores
    assert rows[2].scores["section_exact"] == 1.0


def test_a_peer_that_is_not_installed_is_skipped_with_a_word(engine: Engine, tmp_path: Path) -> None:
    missing = [
        ranker.name
        for ranker, package in zip(peer_rankers(), ("txtai", "haystack", "langchain_community"), strict=True)
        if importlib.util.find_spec(package) is None
    ]
    path = tmp_path / "fall.jsonl"
    path.write_text("", encoding="utf-8")
    options = ContestOptions(
        (path,), None, tmp_path, only=("words", *(ranker.name for ranker in peer_rankers()))
    )
    found = hold_contest(engine, _CASES, options, lambda _: None)
    assert [bool(contender.rows) for contender in found[:2]] == [True, True]
    assert sum("pip install" in contender.skipped for contender in found) == len(missing)
    stored = sorted(path.name.partition("-")[2].split("-")[0] for path in tmp_path.glob("baseline-*.json"))
    assert stored[0] == "product"
    product = load_run(next(tmp_path.glob("baseline-product-*.json")))
    words = load_run(next(tmp_path.glob("baseline-words-*.json")))
    assert [row.id for row in product.rows] == [row.id for row in words.rows] == ["l1", "s1", "f1"]
    for ranker in peer_rankers():
        if ranker.name in missing:
            with pytest.raises(PeerMissingError, match="är inte installerat"):
                ranker.make(engine)


def test_the_half_asked_leaves_the_threshold_s_half_alone(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "fall.jsonl"
    path.write_text("", encoding="utf-8")
    found = hold_contest(
        engine, _CASES, ContestOptions((path,), Split.TEST, None, only=("words",)), lambda _: None
    )
    assert [[row.id for row in contender.rows] for contender in found] == [["f1"], ["f1"]]


def test_rankers_are_chosen_by_name_and_an_unknown_encoder_is_refused(engine: Engine) -> None:
    options = ContestOptions((), None, None, only=("bm25",))
    assert [ranker.name for ranker in chosen_rankers(options)] == ["bm25"]
    more = chosen_rankers(ContestOptions((), None, None, only=("encoder-borta",), encoders=("borta",)))
    with pytest.raises(AvtalError, match="borta"):
        more[0].make(engine)


def test_the_table_shows_a_dash_where_a_measure_does_not_apply(engine: Engine) -> None:
    rank = own_rankers()[2].make(engine)
    rows = run_ranked(system_of(engine, 10), _CASES, answering(engine, rank, Threshold(0.5, True), 10))
    shown = markdown_table([Contender("starka ord", rows), Contender("borta", (), "är inte installerat")])
    heading, _, words, gone = shown.splitlines()
    assert heading.count("|") == words.count("|") == len(COLUMNS) + 2
    assert words.startswith("| starka ord | 1,000 (–) | 1,000 (–) | – |")
    assert set(gone.removeprefix("| borta ").split()) == {"|", "–"}
    assert sum(len(table.columns) - 1 for table in console_tables([Contender("x", rows)], "")) == len(COLUMNS)
