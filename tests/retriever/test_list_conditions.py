"""Conditions of a list question: what kind of party joins, what replaces what, which amount, what goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from corpus.types import FactName
from retriever.answer import ask
from retriever.card_subjects import card_subject
from retriever.concepts import NOTHING
from retriever.engine import Engine
from retriever.party_kinds import asked_kinds
from retriever.types import AnswerKind, Coverage, QuestionKind

TEXTS = {
    "bad.txt": """Avtal mellan Lurö kommun och Badhusdrift AB

Badhusdrift AB ska ha en ansvarsförsäkring på minst tio miljoner kronor.

Avtalet gäller till och med den 30 juni 2027. Sägs det inte upp senast sex månader dessförinnan förlängs det med två år i taget.
""",
    "bibliotek.txt": """Avtal mellan Lurö kommun och Västerö kommun om bibliotek

Detta avtal ersätter avtalet från den 4 juni 2018.

Kommunerna ska ha en ansvarsförsäkring för sina lokaler.
""",
    "tillägg.txt": """Tilläggsavtal till avtal mellan Lurö kommun och Badhusdrift AB

Detta tillägg ändrar avtalet av den 1 maj 2023: öppettiderna blir längre.

Fryshuset, som inte är part, får använda badet.
""",
    "vatten.txt": """Överenskommelse om vatten mellan Lurö kommun och Västerö kommun

Denna överenskommelse ersätter de muntliga avtalen från förr.
""",
}


@pytest.fixture(scope="module")
def opened(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


def listed(engine: Engine, text: str) -> list[str]:
    answer = ask(engine, text)
    assert answer.kind is AnswerKind.AGREEMENTS, answer.statement
    return sorted(a.agreement_id for a in answer.agreements if a.coverage is Coverage.EXPLICIT)


@pytest.mark.parametrize(
    "text",
    [
        "Vad har Lurö kommun för avtal?",
        "vad finns det för samarbeten med Lurö kommun",
        "Kan du ta fram allt där Lurö kommun är inblandad, som part eller med rätt att avropa?",
        "Skulle du kunna plocka fram alla avtal som Lurö kommun har?",
        "Vem får använda badet? Vilka avtal säger något om det?",
        "Vad tar slut 2027?",
        "vad är det som löper ut 2027",
    ],
)
def test_what_agreements_there_are_is_asked_in_many_ways(opened: Engine, text: str) -> None:
    assert opened.understand(text).kind is QuestionKind.AGREEMENTS


@pytest.mark.parametrize(
    "text", ["Vad har kommunen för ansvar i avtalet?", "Vad tar slut först?", "Vad går ut på remiss?"]
)
def test_a_fact_or_a_passage_is_still_asked_for(opened: Engine, text: str) -> None:
    assert not opened.understand(text).open_ended
    assert opened.understand(text).kind is not QuestionKind.AGREEMENTS


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Vilka av våra överenskommelser är med statliga verk eller länsstyrelsen?",
            ("myndighet", "länsstyrelse"),
        ),
        ("Vilka avtal har vi där privata bolag är med och skriver under?", ("bolag",)),
        ("Visa avtal där en stiftelse ingår", ("stiftelse",)),
        ("Vilka papper har vi som föreningar har skrivit under?", ("förening",)),
        ("Vilka avtal har tecknats med företagen?", ("bolag",)),
        ("Vilka avtal har barn som ingår i kommuner?", ()),
        (
            "Vilka avtal har en ideell förening, stiftelse eller frivilligorganisation som part?",
            ("förening", "stiftelse"),
        ),
        ("Vilka av avtalen med en kommun eller stad som part saknar försäkring?", ("kommun", "stad")),
        ("Vilka vinstdrivande företag har regionen papper med?", ("bolag",)),
        ("Samarbeten med lärosäten i andra länder", ("utländskt lärosäte",)),
        ("Vilka avtal har vi med parter utanför Sverige?", ("utländsk part",)),
        ("Vilka avtal har vi med utländska universitet?", ("utländskt lärosäte",)),
        ("Vilka avtal har vi med universitet?", ("universitet",)),
        ("Vilka avtal har vi med parter utanför Sverige?", ("utländsk part",)),
        ("Vilka avtal med utländska parter saknar belopp?", ("utländsk part",)),
        ("Vilka avtal är med någon i utlandet?", ("utländsk part",)),
        ("Vilka avtal har krav på parter?", ()),
        ("Vilka avtal där kåren eller en studentförening är part saknar försäkring?", ("studentkår",)),
        ("vilka avtal har vi med kommunen lurö", ()),
        ("Vilka samarbeten har vi med civilsamhället?", ("förening",)),
        ("Vilka avtal har Lurö kommun med kommuner?", ("kommun",)),
    ],
)
def test_a_kind_of_party_that_joins(opened: Engine, text: str, kinds: tuple[str, ...]) -> None:
    assert asked_kinds(opened.understand(text)) == kinds


def test_when_something_may_be_done_is_told_at_length_where_there_is_no_day(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    said = "Placeringen får avbrytas om studenten har visat grov oskicklighet."
    engine = engine_of({"praktik.txt": f"Avtal om praktik vid Lurö kommun\n\n{said}\n\nLunch ingår.\n"})
    answer = ask(engine, "När får placeringen avbrytas?")
    assert (answer.kind, answer.citations[0].quote) == (AnswerKind.PASSAGES, said)
    assert ask(engine, "När började placeringen?").abstained


def test_what_makes_a_party_is_no_subject(opened: Engine) -> None:
    assert listed(opened, "Vilka avtal har vi där privata bolag är med och skriver under?") == [
        "bad",
        "tillägg",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vilka handlingar ändrar eller ersätter ett tidigare avtal?", ["bibliotek", "tillägg", "vatten"]),
        ("Vilka avtal ersätter ett äldre avtal?", ["bibliotek", "vatten"]),
        ("Vilka avtal tog över efter en äldre överenskommelse?", ["bibliotek", "vatten"]),
        ("Vilka avtal kom i stället för ett äldre?", ["bibliotek", "vatten"]),
        ("Vilka avtal har kommit i stället för ett äldre avtal?", ["bibliotek", "vatten"]),
        ("Vilka avtal tog över efter en äldre överenskommelse?", ["bibliotek", "vatten"]),
        ("Vilka är tillägg till andra avtal, och vilka avtal kompletterar ett annat avtal?", ["tillägg"]),
    ],
)
def test_what_replaces_or_amends_another_is_told_by_the_cards(
    opened: Engine, text: str, expected: list[str]
) -> None:
    assert listed(opened, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ansvarsförsäkring med angivet belopp?",
        "Vilka avtal omfattar ansvarsförsäkring med ett bestämt belopp?",
        "Vilka avtal omfattar ansvarsförsäkring där beloppet är utsatt?",
    ],
)
def test_an_amount_is_a_condition_and_no_subject(opened: Engine, text: str) -> None:
    assert listed(opened, text) == ["bad"]
    assert listed(opened, "Vilka avtal omfattar ansvarsförsäkring?") == ["bad", "bibliotek"]


@pytest.mark.parametrize(
    "text",
    [
        "Vilka avtal rullar på av sig själva om ingen hör av sig?",
        "Vilka avtal fortsätter automatiskt?",
        "Vilka avtal löper vidare om man inte gör något?",
    ],
)
def test_what_goes_on_by_itself_is_told_by_the_cards(opened: Engine, text: str) -> None:
    assert card_subject(opened.understand(text)) is FactName.EXTENSION
    assert listed(opened, text) == ["bad"]


@pytest.mark.parametrize("text", ["vilka avtal gäler tils vidre", "avtal som löper tillls vidare"])
def test_a_slip_in_a_phrase_is_told_by_both_its_words(opened: Engine, text: str) -> None:
    assert "tills vidare" in opened.understand(text).read_as


@pytest.mark.parametrize(
    "text", ["de där man kommer ur på tre månader", "avtal som man tar sig ur inom ett år"]
)
def test_to_get_out_of_it_asks_for_the_notice(opened: Engine, text: str) -> None:
    assert card_subject(opened.understand(text)) is FactName.NOTICE_PERIOD


def test_the_verb_that_asks_to_be_shown_is_no_subject(opened: Engine) -> None:
    assert [term.word for term in opened.understand("Ta fram alla avtal om bibliotek").terms] == ["bibliotek"]
    assert listed(opened, "Kan ni plocka fram alla avtal om bibliotek?") == ["bibliotek"]


def test_which_agreements_are_asked_may_be_said_otherwise_where_the_rest_is_a_matter_of_words(
    opened: Engine,
) -> None:
    by_word = opened.understand("Vilka av VFU-avtalen hänvisar till Ekmora tingsrätt?")
    otherwise = {term.word: term.sayings is not NOTHING for term in by_word.terms}
    assert otherwise == {"vfu": True, "ekmora": False, "tingsrätt": False}


def test_an_abstention_names_what_was_asked_about_without_the_verb_of_an_amount(opened: Engine) -> None:
    assert ask(opened, "Vad kostar parkeringen vid ishallen?").statement.startswith(
        'Inget stöd funnet för "parkeringen vid ishallen".'
    )


UNIONS = {
    "natt.txt": """Protokoll, förhandling om lokalt kollektivavtal

Arbetsgivaren och ombudsmannen är överens om nattpassen.
""",
    "sommar.txt": """Lokal överenskommelse mellan Lurö kommun och Förbundet Folkhand

Den upphör den 31 augusti 2025 utan uppsägning.
""",
    "brand.txt": """Avtal mellan Lurö kommun och Räddningsförbundet Sju Sjöar

Avtalet sägs upp med sex månaders uppsägningstid.
""",
}


@pytest.fixture(scope="module")
def unions(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(UNIONS)


@pytest.mark.parametrize(
    "text", ["fackliga avtal", "Vilka avtal har vi med facket?", "vilka fackavtal finns"]
)
def test_a_union_is_a_kind_of_party(unions: Engine, text: str) -> None:
    assert listed(unions, text) == ["natt", "sommar"]


def test_an_end_without_notice_has_no_term_of_notice(unions: Engine) -> None:
    assert listed(unions, "Vilka avtal saknar uppsägningstid?") == ["natt", "sommar"]
