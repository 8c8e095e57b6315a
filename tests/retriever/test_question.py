"""What a question is read as: its kind, what it asks for, its subject, its parties."""

from __future__ import annotations

import pytest

from retriever.asks import Asks
from retriever.engine import Engine
from retriever.types import QuestionKind

AGREEMENTS, FACT, PASSAGES = QuestionKind.AGREEMENTS, QuestionKind.FACT, QuestionKind.PASSAGES


@pytest.mark.parametrize(
    ("text", "kind", "asks", "terms"),
    [
        ("vilka avtal omfattar kompetensförsörjning?", AGREEMENTS, Asks.TEXT, ["kompetensförsörjning"]),
        ("Vilket avtal nämner häst?", AGREEMENTS, Asks.TEXT, ["häst"]),
        ("Finns det något avtal om snöröjning?", AGREEMENTS, Asks.TEXT, ["snöröjning"]),
        ("alla ramavtal", AGREEMENTS, Asks.TEXT, []),
        ("Hur mycket är hyran?", FACT, Asks.AMOUNT, ["hyran"]),
        ("Till när gäller det?", FACT, Asks.END, []),
        ("Från när gäller hyresavtalet?", FACT, Asks.START, []),
        ("Hur lång är uppsägningstiden?", FACT, Asks.PERIOD, ["uppsägningstiden"]),
        ("Hur ofta träffas de?", FACT, Asks.FREQUENCY, ["träffas"]),
        ("Hur många praktikplatser finns det?", FACT, Asks.NUMBER, ["praktikplatser"]),
        ("hur mycke kostar badhuset", FACT, Asks.AMOUNT, ["kostar", "badhuset"]),
        ("Finns det något om häst?", AGREEMENTS, Asks.TEXT, ["häst"]),
        ("Finns det något om häst i avtalet?", FACT, Asks.YES_NO, ["häst"]),
        ("Får bolaget hålla häst?", FACT, Asks.YES_NO, ["bolaget", "hålla", "häst"]),
        ("Vem har avtal med Plogens AB?", FACT, Asks.ORGANISATION, []),
        ("vattnet i badhuset", AGREEMENTS, Asks.TEXT, ["vattnet", "badhuset"]),
        ("Var står det om vattnet?", AGREEMENTS, Asks.TEXT, ["vattnet"]),
        ("Hur sköts badhuset?", PASSAGES, Asks.TEXT, ["sköts", "badhuset"]),
        ("§ 2 badhuset", PASSAGES, Asks.TEXT, ["badhuset"]),
    ],
)  # fmt: skip
def test_kind_and_subject(
    engine: Engine, text: str, kind: QuestionKind, asks: Asks, terms: list[str]
) -> None:
    question = engine.understand(text)
    assert (question.kind, question.asks) == (kind, asks)
    assert [term.word for term in question.terms] == terms


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Vilka avtal har Granboda kommun?", ("Granboda kommun",)),
        ("vilka avtal finns mellan Åkerby kommun och Plogens AB", ("Plogens AB", "Åkerby kommun")),
        ("Vad säger Högskolan Dalarnas avtal?", ("Högskolan Dalarna",)),
        ("Vilka avtal finns med Åkerby?", ("Åkerby kommun",)),
        ("Vilka avtal finns om snö?", ()),
        ("Vilka avtal prövas av Granboda tingsrätt?", ()),
        ("vilka avtal prövas i tingsrätten med granboda kommun", ("Granboda kommun",)),
    ],
)
def test_parties_are_found_by_name_and_by_place(engine: Engine, text: str, parties: tuple[str, ...]) -> None:
    assert engine.understand(text).parties == parties


def test_capitals_all_over_name_nothing(engine: Engine) -> None:
    asked = engine.understand("VILKA AVTAL HANDLAR OM VATTEN FRÅN SCB")
    assert [(term.word, term.named) for term in asked.terms] == [("vatten", False), ("scb", True)]
    assert asked.read_as == "vilka avtal handlar OM vatten från SCB"


def test_to_open_one_agreement_is_no_subject(engine: Engine) -> None:
    asked = engine.understand("öppna överenskommelsen med Plogens AB")
    assert (asked.parties, asked.terms) == (("Plogens AB",), ())
    assert [term.word for term in engine.understand("Vem får öppna badhuset?").terms] == ["öppna", "badhuset"]


def test_a_kind_of_agreement_is_a_filter_not_a_subject(engine: Engine) -> None:
    question = engine.understand("vilka ramavtal nämner vite?")
    assert (question.agreement_kinds, [term.word for term in question.terms]) == (("ramavtal",), ["vite"])


def test_missing_dots_are_restored_without_being_a_slip(engine: Engine) -> None:
    question = engine.understand("vilka avtal omfattar kompetensforsorjning?")
    assert [term.word for term in question.terms] == ["kompetensförsörjning"]
    assert question.notes == ("kompetensforsorjning lästes som kompetensförsörjning",)
    assert question.corrected is None


def test_a_slip_is_put_right_and_asked_about(engine: Engine) -> None:
    question = engine.understand("vilka avtal omfattar kompetnsförsörjning?")
    assert [term.word for term in question.terms] == ["kompetensförsörjning"]
    assert question.corrected == "vilka avtal omfattar kompetensförsörjning?"


def test_a_word_of_the_index_is_never_corrected(engine: Engine) -> None:
    question = engine.understand("vilka avtal nämner ladan?")
    assert (question.corrected, question.notes) == (None, ())


def test_a_word_that_no_text_holds_is_kept_and_unknown(engine: Engine) -> None:
    term = engine.understand("Vilket avtal reglerar parkeringsplatser?").terms[0]
    assert (term.word, term.known) == ("parkeringsplatser", False)
    known = engine.understand("vilka avtal omfattar kompetensförsörjning?").terms[0]
    assert (known.known, known.atoms) == (True, ("kompet", "försörj"))
    assert term.weight > known.weight > 0


def test_a_bare_number_narrows_but_is_no_subject(engine: Engine) -> None:
    terms = engine.understand("Vilka avtal nämner Agenda 2030?").terms
    assert [(term.word, term.numeric) for term in terms] == [("agenda", False), ("2030", True)]


def test_the_verb_of_a_question_for_an_end_is_no_subject(engine: Engine) -> None:
    asked = engine.understand("När upphör hyresavtalet att gälla?")
    assert (asked.asks, asked.terms) == (Asks.END, ())


def test_a_word_of_the_frame_is_the_subject_where_the_rest_is_unknown(engine: Engine) -> None:
    asked = engine.understand("Finns det pengar reserverade?")
    assert [term.word for term in asked.terms] == ["reserverade", "pengar"]


@pytest.mark.parametrize(
    "text",
    [
        "Hur säger man upp samarbetet?",
        "Hur sägs avsiktsförklaringen upp?",
        "Kan part säga upp partnerskapet?",
        "Får vi säga projektet upp?",
    ],
)
def test_what_is_given_up_is_the_agreement_and_no_subject(engine: Engine, text: str) -> None:
    words = [term.word for term in engine.understand(text).terms]
    assert len(words) == 1
    assert words[0].endswith(" upp")


@pytest.mark.parametrize(
    "text", ["Hur hoppar man av samarbetet?", "Hur gör vi om vi vill lämna partnerskapet?"]
)
def test_what_is_left_is_the_agreement_and_no_subject(engine: Engine, text: str) -> None:
    words = [term.word for term in engine.understand(text).terms]
    assert not {"samarbetet", "partnerskapet"} & {*words}
