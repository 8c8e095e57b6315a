"""English questions over Swedish texts: read into Swedish by frame and word list, answered as the Swedish ones."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.engine import Engine
from retriever.english import glossary, in_swedish
from retriever.types import AnswerKind, Coverage


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Which agreements cover personal data?", "Vilka avtal handlar om personuppgifter?"),
        ("When does the lease for Kulturhuset Sagan expire?", "När löper hyra för Kulturhuset Sagan ut?"),
        ("How long is the notice period with Region Västmanland?", "Hur lång är uppsägningstid med Region Västmanland?"),
        ("Which of our agreements are with partners abroad?", "Vilka avtal har vi med parter utomlands?"),
        ("Where do we have agreements with partners outside Sweden?", "Vilka avtal har vi med parter utanför Sverige?"),
        ("list all agreements that do not mention confidentiality", "Vilka avtal saknar sekretess"),
        ("Is there an agreement between Eskilstuna and MDH?", "Finns det något avtal mellan Eskilstuna och MDH?"),
        ("What is the name of the coordinator in Lurö?", "Vad heter samordnare i Lurö?"),
        ("framework agreement for IT consultants", "Ramavtal för IT konsult"),
    ],
)  # fmt: skip
def test_frame_and_subject_are_put_in_swedish(english: str, swedish: str) -> None:
    assert in_swedish(english) == swedish


@pytest.mark.parametrize(
    "text",
    ["Vilka avtal gäller i dag?", "VFU", "force majeure", "Vad gäller enligt information security policy?",
     "hur många avtal", "e-post", "Agenda 2030", "vem är part", "Är det tillåtet att cover?"],
)  # fmt: skip
def test_a_swedish_question_is_left_alone(text: str) -> None:
    assert in_swedish(text) is None


def test_no_english_word_stands_twice_with_different_swedish() -> None:
    assert len(glossary()) > 400
    assert all(swedish and english == english.casefold() for english, swedish in glossary().items())


def test_an_english_list_question_gives_the_swedish_ones_set(engine: Engine) -> None:
    answer = ask(engine, "Which agreements cover supply of skills?")
    explicit = {a.agreement_id for a in answer.agreements if a.coverage is Coverage.EXPLICIT}
    assert explicit == {"skola/åkerby", "badet"}
    assert answer.interpreted.notes[0].startswith("Frågan lästes på svenska: Vilka avtal")


def test_an_english_question_of_fact_gives_the_span(engine: Engine) -> None:
    answer = ask(engine, "How long is the notice period in the lease agreement?")
    assert (answer.kind, answer.short_answer) == (AnswerKind.FACT, "nio månader")


def test_an_unknown_english_word_does_not_hide_what_is_known(engine: Engine) -> None:
    answer = ask(engine, "May the company keep a fluffy animal in the premises?")
    assert "fluffy" not in answer.interpreted.terms
