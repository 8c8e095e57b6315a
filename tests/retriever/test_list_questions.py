"""Lists as people ask for them: without "vilka avtal", by kind of party, by date, and what is said of them."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.card_subjects import in_months
from retriever.engine import Engine
from retriever.question import _places
from retriever.types import AnswerKind, Coverage, QuestionKind


def listed(engine: Engine, text: str) -> list[str]:
    return sorted(
        each.agreement_id for each in ask(engine, text).agreements if each.coverage is Coverage.EXPLICIT
    )


@pytest.mark.parametrize(
    "text",
    [
        "Har vi något om snöröjning?",
        "Vad har vi skrivit ihop med Åkerby kommun?",
        "Har Granboda kommun fler avtal?",
        "allt som rör snö",
        "Vilka handlar om snö?",
        "Vilka samarbeten rör kompetensförsörjning?",
        "Nämns häst någonstans?",
        "Finns det något om häst i avtalen?",
        "avtal med Plogens AB",
    ],
)
def test_a_list_is_asked_for_without_the_words_vilka_avtal(engine: Engine, text: str) -> None:
    assert engine.understand(text).kind is QuestionKind.AGREEMENTS


@pytest.mark.parametrize(
    "text", ["Vilken ränta gäller enligt ramavtalet om snöröjning?", "avtalet om snöröjning"]
)
def test_one_agreement_spoken_of_as_known_is_no_list(engine: Engine, text: str) -> None:
    assert engine.understand(text).kind is not QuestionKind.AGREEMENTS


def test_the_agreements_with_a_kind_of_party(engine: Engine) -> None:
    assert listed(engine, "Vilka avtal har vi med företag?") == ["badet", "hyra/ladan", "vägar/snö och is"]
    assert listed(engine, "Har vi något avtal med någon högskola?") == ["skola/åkerby"]
    answer = ask(engine, "hur många avtal har vi med kommuner?")
    assert answer.statement.startswith("4 av 4 avtal har en kommun som part.")


def test_a_kind_of_party_and_a_subject(engine: Engine) -> None:
    assert listed(engine, "Vilka avtal med företag handlar om häst?") == ["hyra/ladan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vilka avtal löper ut 2031?", ["hyra/ladan"]),
        ("Vilka avtal löper ut före 2032?", ["hyra/ladan"]),
        ("Vilka avtal löper ut efter 2032?", []),
        ("Vilka avtal löper ut i maj 2031?", ["hyra/ladan"]),
        ("Vilka avtal löper ut i juni 2031?", []),
        ("Vilka avtal om häst löper ut 2031?", ["hyra/ladan"]),
        ("Vilka avtal om snö löper ut 2031?", []),
    ],
)
def test_a_date_before_or_after_and_a_subject_beside_it(
    engine: Engine, text: str, expected: list[str]
) -> None:
    assert listed(engine, text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Var nämns häst?", "1 av 4 avtal nämner häst."),
        ("Vilka avtal kräver snö?", "1 av 4 avtal kräver snö."),
        ("I vilka avtal hålls vattnet?", '1 av 4 avtal säger något om "hålls vattnet".'),
        ("Vilka avtal löper ut efter 2032?", "Inget av 4 avtal löper ut efter 2032."),
    ],
)
def test_what_is_said_of_the_agreements_is_swedish(engine: Engine, text: str, said: str) -> None:
    assert ask(engine, text).statement.startswith(said)


def test_a_kind_that_opens_an_agreement_of_another_kind_is_related(engine: Engine) -> None:
    answer = ask(engine, "alla ramavtal")
    assert [(a.agreement_id, a.coverage) for a in answer.agreements] == [
        ("vägar/snö och is", Coverage.EXPLICIT)
    ]


def test_a_name_that_no_agreement_holds_lists_none(engine: Engine) -> None:
    assert ask(engine, "Vilka avtal har vi med Lunds universitet?").kind is AnswerKind.NONE


def test_the_trade_of_a_company_is_no_place() -> None:
    assert _places("Tallviks Fastigheter AB") == ["Tallviks", "Tallvik"]
    assert _places("Lillhamns stad") == ["Lillhamns", "Lillhamn"]


def test_an_agreement_named_by_a_compound_that_no_text_holds_is_no_subject(engine: Engine) -> None:
    terms = [term.word for term in engine.understand("När går Granbodas möbelavtal ut?").terms]
    assert "möbelavtal" not in terms


def test_a_passive_after_must_that_no_text_holds_weighs_little(engine: Engine) -> None:
    weights = {t.word: t.weight for t in engine.understand("Hur snabbt måste snön rapporteras?").terms}
    assert weights["rapporteras"] < weights["snön"]


def test_money_is_an_amount_on_the_card(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal innehåller inga pengar alls?")
    assert answer.statement.startswith("Inget av 4 avtal saknar helt pengar.")  # each names an amount


def test_the_verb_of_an_amount_is_not_told_as_a_missing_word(engine: Engine) -> None:
    reason = ask(engine, "Vad kostar parkeringen vid ladan?").reason
    assert reason is not None
    assert "kostar" not in reason
    assert "parkeringen" in reason


@pytest.mark.parametrize(
    "text",
    [
        "Vilka avtal är inte längre i kraft?",
        "vilka avtal är utgångna eller uppsagda",
        "Vilka avtal har upphört?",
    ],
)
def test_what_no_longer_holds_is_told_by_the_cards(engine: Engine, text: str) -> None:
    question = engine.understand(text)
    assert (question.kind, question.absent) == (QuestionKind.AGREEMENTS, False)
    answer = ask(engine, text)
    assert answer.abstained
    assert answer.statement.startswith("Inget av 4 avtal har upphört att gälla.")


def test_what_others_lack_is_no_question_for_what_agreements_lack(engine: Engine) -> None:
    assert not engine.understand("Vilka avtal hjälper människor som saknar jobb?").absent
    assert engine.understand("Vilka avtal saknar uppsägningstid?").absent
    assert engine.understand("Vilka avtal som saknar slutdatum finns det?").absent


def test_a_year_is_twelve_months() -> None:
    assert [in_months(value) for value in ("P1Y", "P2Y", "P12M", "P90D")] == ["P12M", "P24M", "P12M", "P90D"]


def test_who_asks_is_no_part_of_the_question(engine: Engine) -> None:
    asked = "Jag sitter med budgeten: var betalar kommunen för snöröjning?"
    assert "budgeten" not in [term.word for term in engine.understand(asked).terms]
