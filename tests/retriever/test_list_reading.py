"""How a list question is read: what "eller" joins, which dates are asked for, which kinds of party."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.dated_list import falls, time_asked
from retriever.engine import Engine
from retriever.forms import ENDED
from retriever.party_kinds import asked_kinds, least_parties, with_kinds, without_kind
from retriever.types import QuestionKind


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Vilka avtal nämner häst eller snöröjning?", [["häst"], ["snöröjning"]]),
        ("Vilka avtal nämner häst eller förbud mot snöröjning?", [["häst"], ["snöröjning"]]),
        (
            "Vilka avtal har höjning av pris, hyra eller bidrag?",
            [["höjning", "pris"], ["höjning", "hyra"], ["höjning", "bidrag"]],
        ),
        (
            "Vilka avtal gäller lokaler eller mark som staden hyr eller lånar?",
            [
                ["staden", "lokaler", "hyr"],
                ["staden", "lokaler", "lånar"],
                ["staden", "mark", "hyr"],
                ["staden", "mark", "lånar"],
            ],
        ),
    ],
)
def test_eller_joins_the_words_beside_it(engine: Engine, text: str, subjects: list[list[str]]) -> None:
    question = engine.understand(text)
    assert [[term.word for term in subject] for subject in question.subjects] == subjects


@pytest.mark.parametrize(
    ("asked", "inside", "outside"),
    [
        ("2030 eller ännu längre", "2035-12-31", "2029-12-31"),
        ("senast 2026", "2026-06-30", "2027-01-01"),
        ("tidigast 2026", "2026-01-01", "2025-12-31"),
        ("2024–2026", "2025-03-01", "2027-03-01"),
        ("2020 eller tidigare", "2018", "2021"),
        ("efter juni 2027", "2027-07-01", "2027-06-30"),
    ],
)
def test_a_time_that_is_asked_for_has_bounds(asked: str, inside: str, outside: str) -> None:
    when = time_asked(asked)
    assert when is not None
    assert falls(inside, when)
    assert not falls(outside, when)


def test_the_other_party_may_be_of_several_kinds(engine: Engine) -> None:
    party = next(party for a in engine.index.agreements.values() for party in a.parties)
    asked = engine.understand(f"Vilka avtal har {party} med föreningar eller företag?")
    assert asked.parties == (party,)
    assert asked_kinds(asked) == ("förening", "bolag")
    assert asked_kinds(engine.understand("Vilka avtal finns mellan kommuner och regioner?")) == ("kommun",)
    assert asked_kinds(engine.understand("Vilka avtal har vi med byalag?")) == ("förening",)


def test_who_has_left_is_a_question_for_what_has_ended() -> None:
    assert ENDED.search("Vilka samarbeten har någon av parterna hoppat av?")
    assert ENDED.search("Vilka avtal kan man hoppa av?") is None


@pytest.mark.parametrize(
    "text",
    [
        "Vilka avtal är avslutade eller ersatta?",
        "vilka avtal ar avslutade",
        "Vilka avtal har vi gjort oss av med?",
        "Vilka avtal har bytts ut mot en nyare version?",
    ],
)
def test_what_is_closed_or_replaced_is_a_question_for_what_has_ended(text: str) -> None:
    assert ENDED.search(text)


def test_how_many_of_a_kind_are_parties(engine: Engine) -> None:
    asked = engine.understand("Vilka avtal har alla fyra kommunerna som parter?")
    assert asked_kinds(asked) == ("kommun",)
    assert least_parties(asked) == 4
    assert not without_kind(asked).terms
    assert with_kinds(asked, ("kommun",)) == "alla fyra kommunerna som parter"
    assert least_parties(engine.understand("Vilka avtal finns mellan kommuner?")) == 2
    assert least_parties(engine.understand("Vilka avtal har vi med kommuner?")) == 1


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vilka avtal finns mellan en kommun och ett lärosäte?", {"alvik", "bergby", "ekeby"}),
        ("Vilka avtal gäller mellan lärosätet och en kommun?", {"alvik", "bergby", "ekeby"}),
        ("Vilka avtal finns mellan kommuner och företag?", {"cederby", "dalby"}),
        ("Vilka avtal har ett lärosäte och en kommun som parter?", {"alvik", "bergby", "ekeby"}),
    ],
)
def test_between_one_kind_and_another_both_are_parties(
    clauses: Engine, question: str, expected: set[str]
) -> None:
    answer = ask(clauses, question)
    assert {found.agreement_id for found in answer.agreements} == expected
    assert "som parter" in answer.statement


def test_with_one_kind_and_another_either_is_a_party(clauses: Engine) -> None:
    answer = ask(clauses, "Vilka avtal har vi med lärosäten och företag?")
    assert {found.agreement_id for found in answer.agreements} == {
        "alvik",
        "bergby",
        "cederby",
        "dalby",
        "ekeby",
    }


def test_a_club_or_other_association_asks_for_associations(engine: Engine) -> None:
    asked = engine.understand("Vilka avtal är slutna med en fotbollsklubb eller annan förening?")
    assert asked_kinds(asked) == ("förening",)
    assert not without_kind(asked).terms


@pytest.mark.parametrize(
    "text",
    [
        "Vad har kommunen på gång tillsammans med Åkerby kommun?",
        "Vilka it-avtal saknar häst?",
        "Vilket hyresavtal saknar häst?",
        "Som ny ledamot vill jag veta vilka avtal som rör häst",
        "Får någon låna häst gratis i något avtal?",
        "I vilket hyresavtal står inget om häst?",
        "Var sitter studenter med i ledningen?",
    ],
)
def test_a_list_is_asked_for_in_more_ways(engine: Engine, text: str) -> None:
    assert engine.understand(text).kind is QuestionKind.AGREEMENTS


def test_a_slip_in_the_word_for_a_clause_is_no_subject(engine: Engine) -> None:
    terms = engine.understand("vilka avtal inehåller bestämelse om häst").terms
    assert [term.word for term in terms] == ["häst"]


def test_what_cannot_be_done_is_not_what_an_agreement_lacks(engine: Engine) -> None:
    """ "Går inte att kräva" says that something is impossible, not that nothing is said of it."""
    assert not engine.understand("Vilka avtal går inte att kräva någon på?").absent
    assert engine.understand("Vilka avtal nämner inte häst?").absent
