"""How a list question is read: what "eller" joins, which dates are asked for, which kinds of party."""

from __future__ import annotations

import pytest

from retriever.dated_list import falls, time_asked
from retriever.engine import Engine
from retriever.forms import ENDED
from retriever.party_kinds import asked_kinds


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Vilka avtal nämner häst eller snöröjning?", [["häst"], ["snöröjning"]]),
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


def test_who_has_left_is_a_question_for_what_has_ended() -> None:
    assert ENDED.search("Vilka samarbeten har någon av parterna hoppat av?")
    assert ENDED.search("Vilka avtal kan man hoppa av?") is None
