"""Vilka avtal saknar …? Each agreement is judged, and the ones that say nothing of the subject are named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.asked_parties import _parties
from retriever.engine import Engine
from retriever.types import AnswerKind, Coverage


@pytest.mark.parametrize(
    "text",
    ["Vilka avtal saknar kompetensförsörjning?", "vilka avtal nämner inte kompetensförsörjning",
     "Vilka avtal har inga bestämmelser om kompetensförsörjning?", "avtal utan kompetensförsörjning"],
)  # fmt: skip
def test_what_no_passage_speaks_of_is_lacking(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    found = [(a.agreement_id, a.coverage) for a in answer.agreements]
    assert found == [("hyra/ladan", Coverage.EXPLICIT), ("vägar/snö och is", Coverage.EXPLICIT)]
    assert answer.statement.startswith("2 av 4 avtal saknar kompetensförsörjning. Alla 4")
    done = answer.completeness
    assert (answer.kind, done.searched, done.covering, done.uncertain) == (AnswerKind.AGREEMENTS, 4, 2, 0)


def test_what_says_it_in_another_word_is_uncertain(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal saknar studenter?")
    found = {a.agreement_id: a.coverage for a in answer.agreements}
    assert found["skola/åkerby"] is Coverage.RELATED
    assert answer.statement.startswith("3 av 4 avtal saknar studenter. 1 avtal är osäkert")


def test_an_agreement_that_denies_the_subject_lacks_it_and_the_denial_is_quoted(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal saknar kostnader för högskolan?")
    quotes = {a.agreement_id: a.citations[0].quote for a in answer.agreements}
    assert "medför inga kostnader för högskolan" in quotes["skola/åkerby"]


def test_utan_inside_the_question_is_no_absence(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal kan sägas upp utan skäl?")
    assert "saknar" not in answer.statement


def test_every_agreement_has_a_citation(engine: Engine) -> None:
    assert all(a.citations for a in ask(engine, "Vilka avtal saknar vite?").agreements)


def test_one_clause_under_two_names_is_one_subject(clauses: Engine) -> None:
    one = ask(clauses, "Vilka avtal saknar bestämmelser om tvister?")
    two = ask(clauses, "Vilka avtal saknar bestämmelser om hur tvister eller oenighet ska lösas?")
    assert [a.agreement_id for a in one.agreements] == [a.agreement_id for a in two.agreements]


def test_a_party_and_the_short_form_within_its_name_are_one() -> None:
    """An index that knew "Granboda" and "Granboda kommun" once asked for agreements of both."""
    known = ("Granboda", "Granboda kommun")
    assert _parties("Vilka avtal med Granboda kommun saknar vite?", known, places=True)[0] == (
        "Granboda kommun",
    )
    assert _parties("Vilka avtal med Granboda saknar vite?", known, places=True)[0] == ("Granboda",)


def test_any_amount_in_the_text_is_an_amount(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    """The card has only the sums that an agreement is worth; 500 kronor a day is an amount too."""
    texts = {
        "hall.txt": "Avtal om hallen mellan Lurö kommun och Plogens AB\n\nÄr hallen kall får hyresgästen 500 kronor.\n",
        "leder.txt": "Avtal om leder mellan Lurö kommun och Plogens AB\n\nLederna röjs varje vår.\n",
    }
    found = ask(engine_of(texts), "Vilka avtal nämner inga belopp i kronor alls?").agreements
    assert [a.agreement_id for a in found] == ["leder"]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Vilka avtal säger att tvister inte ska prövas av domstol?", False),
        ("I vilka avtal har man bestämt att hästar inte får rida där?", False),
        ("Vilka avtal säger inget om domstol?", True),
        ("Vilka avtal reglerar inte domstol?", True),
    ],
)
def test_a_not_that_is_said_is_no_absence(engine: Engine, text: str, absent: bool) -> None:
    assert engine.understand(text).absent is absent


def test_how_long_an_agreement_is_valid_is_asked_of_the_clause(clauses: Engine) -> None:
    assert not clauses.understand("Vilka avtal saknar helt uppgift om hur länge de gäller?").terms
