"""Which party "kommunen" or "Bolaget" stands for."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FileFormat, Span
from retriever.engine import Engine
from retriever.owners import is_anothers, roles_of, side_of, with_what_is_theirs

_LEASE = """Parter
Granboda kommun, nedan Hyresvärden, och Ladan Kultur AB (Hyresgästen) är överens.
"""
_PARTIES = ("Granboda kommun", "Ladan Kultur AB")


@pytest.mark.parametrize(
    ("noun", "party"),
    [
        ("kommunen", "Granboda kommun"),
        ("hyresvärden", "Granboda kommun"),
        ("hyresgästen", "Ladan Kultur AB"),
        ("bolaget", "Ladan Kultur AB"),
    ],
)
def test_a_role_stands_for_its_party(noun: str, party: str) -> None:
    assert roles_of(_LEASE, _PARTIES)[noun] == frozenset([party])


def test_kommunen_is_each_of_two() -> None:
    parties = ("Granboda kommun", "Åkerby kommun")
    assert roles_of("Granboda kommun och Åkerby kommun", parties)["kommunen"] == frozenset(parties)


@pytest.mark.parametrize("line", ["Personuppgiftsbiträde: Skolnod AB", "Biträde är Skolnod AB."])
def test_a_label_gives_the_role_that_the_text_speaks_of(line: str) -> None:
    assert roles_of(line, ("Skolnod AB",))["biträdet"] == frozenset(["Skolnod AB"])


def test_universitetet_is_the_högskola_where_no_other_is_party() -> None:
    assert roles_of("", ("Åkerby högskola",))["universitetet"] == frozenset(["Åkerby högskola"])
    both = roles_of("", ("Åkerby högskola", "Granboda universitet"))
    assert both["universitetet"] == frozenset(["Granboda universitet"])


@pytest.mark.parametrize(
    ("person", "party"),
    [("Anna Berg", "Granboda kommun"), ("Olle Dahl", "Åkerby högskola"), ("Eva Ek", "Granboda kommun")],
)
def test_a_person_stands_on_the_side_named_behind_or_before(person: str, party: str) -> None:
    text = (
        "Avtal mellan Granboda kommun och Åkerby högskola.\n\n"
        "I dag skrev Granbodas kommundirektör Anna Berg och Åkerby högskolas rektor Olle Dahl under, sade Eva Ek, Granboda kommun."
    )
    agreement = agreement_from(Document("prov", FileFormat.TXT, text), "prov")
    at = agreement.text.index(person)
    sentence = Span(agreement.text.index("I dag"), len(agreement.text))
    assert side_of(agreement, sentence, Span(at, at + len(person))) == frozenset([party])


@pytest.mark.parametrize(
    ("sentence", "name", "whole"),
    [
        ("Den sköts av Granboda kommuns kansli åt alla.", "Granboda kommun", "Granboda kommuns kansli"),
        ("Den sköts av Granboda kommuns nya kansli.", "Granboda kommun", "Granboda kommuns nya kansli"),
        ("Den sköts av Granboda kommun åt alla.", "Granboda kommun", "Granboda kommun"),
        ("Den sköts av Steglits kansli.", "Steglits", "Steglits"),
    ],
)
def test_a_name_in_the_genitive_is_told_with_what_is_theirs(sentence: str, name: str, whole: str) -> None:
    start = sentence.index(name)
    end = start + len(name) + sentence.startswith("s", start + len(name))
    assert sentence[start : with_what_is_theirs(sentence, name, end, len(sentence))] == whole


def test_what_another_pays_is_no_answer_for_one_that_is_no_party(engine: Engine) -> None:
    """ "Hur många procent betalar Smedby?" got the share of another town."""
    text = "Avtal om räddning\n\nmellan Granboda kommun och Åkerby kommun\n\nGranboda kommun betalar 55 procent.\n"
    agreement = agreement_from(Document("prov.txt", FileFormat.TXT, text), "prov")
    words = "Granboda kommun betalar 55 procent."
    asked = {name: engine.understand(f"Hur många procent betalar {name} för räddningen?") for name in ("Smedby", "Granboda", "Åkerby")}  # fmt: skip
    assert {name: is_anothers(question, agreement, words) for name, question in asked.items()} == {
        "Smedby": True,
        "Granboda": False,
        "Åkerby": False,
    }
