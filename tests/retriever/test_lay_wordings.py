"""What people say of agreements in words of their own, read as what the cards and the texts call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.asks import Asks
from retriever.card_subjects import period_asked
from retriever.concepts import NOTHING, sayings_of
from retriever.engine import Engine
from retriever.forms import written_out
from retriever.types import AnswerKind, Coverage, QuestionKind

TEXTS = {
    "bad.txt": """Avtal mellan Lurö kommun och Badhusdrift AB

Avtalet gäller tills vidare. Uppsägningstiden är tolv månader.

Avtalet får inte överlåtas. Barn under sju år har fri entré.
""",
    "bro.txt": """Avtal mellan Lurö kommun och Brobyggarna AB

Avtalet gäller från den 1 maj 2024 till den 30 april 2029. Uppsägningstiden är tre månader.

Barn får inte vistas på brons arbetsplats. Brobyggarna AB överlämnar bron den 1 maj 2026.
""",
    "led.txt": """Avsiktsförklaring mellan Lurö kommun och Lurö fjällförening

Den gäller från den 1 maj 2025. Part kan när som helst dra sig ur genom att meddela den andra.
""",
}


@pytest.fixture(scope="module")
def opened(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vilka avtal rullar på utan något bestämt slut?", ["bad"]),
        ("Vilka avtal måste man säga upp ett helt år i förväg?", ["bad"]),
        ("I vilka fall får man inte lämna över kontraktet till någon annan?", ["bad"]),
        ("Vilka avtal kan man ta sig ur snabbare än på ett halvår?", ["bro", "led"]),
        ("Vad har Brobyggarna AB skrivit på?", ["bro"]),
        ("I vilka avtal slipper barn betala?", ["bad"]),
    ],
)
def test_a_condition_in_lay_words(opened: Engine, text: str, expected: list[str]) -> None:
    answer = ask(opened, text)
    assert answer.kind is AnswerKind.AGREEMENTS, answer.statement
    assert [a.agreement_id for a in answer.agreements if a.coverage is Coverage.EXPLICIT] == expected


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Där unga slipper betala för inträdet", "Där unga får gratis inträdet"),
        ("Var slipper man betala hur mycket som helst?", "Var slipper man betala hur mycket som helst?"),
        ("lämna över nycklarna", "lämna över nycklarna"),
        ("föra vidare avtalet", "överlåta avtalet"),
        ("har ingen bestämd sista dag utan löper på tills någon avslutar", "gäller tills vidare"),
    ],
)
def test_only_what_is_free_or_an_agreement_is_read_otherwise(text: str, read: str) -> None:
    assert written_out(text) == read


@pytest.mark.parametrize("text", ["en hel månad", "två hela år", "ett helt halvår"])
def test_a_whole_period_is_that_period(text: str) -> None:
    assert period_asked(text) is not None


def test_a_short_verb_first_asks_for_yes_or_no(opened: Engine) -> None:
    assert opened.understand("Tar kommunen betalt för badet?").asks is Asks.YES_NO
    assert opened.understand("Var badar barnen gratis?").asks is not Asks.YES_NO


def test_which_clause_does_something_asks_where_it_stands(opened: Engine) -> None:
    asked = opened.understand("Vilken klausul gör att barnen får bada?")
    assert asked.kind is QuestionKind.AGREEMENTS
    assert "klausul" not in [term.word for term in asked.terms]


def test_a_particle_of_two_letters_is_found_among_the_concepts() -> None:
    assert "utträde" in [phrase.text for phrase in sayings_of(["avhopp"]).same]


def test_a_phrase_may_hold_a_word_that_carries_no_subject(opened: Engine) -> None:
    asked = opened.understand("Var besöks gamla utan sällskap?")
    told = {term.word: term.sayings for term in asked.terms}
    assert told["sällskap"] is not NOTHING
