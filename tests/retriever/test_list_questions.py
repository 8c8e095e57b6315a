"""Lists as people ask for them: without "vilka avtal", by kind of party, by date, and what is said of them."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.asked_parties import _places
from retriever.card_subjects import in_months, months, period_asked
from retriever.engine import Engine
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
    assert listed(engine, "I vilka samarbeten är en högskola en av de avtalande?") == ["skola/åkerby"]
    assert listed(engine, "Vilka avtal har ett privat företag som motpart?") == listed(
        engine, "Vilka avtal har vi med företag?"
    )
    answer = ask(engine, "hur många avtal har vi med kommuner?")
    assert answer.statement.startswith("4 av 4 avtal har en kommun som part.")


def test_a_kind_of_party_and_a_subject(engine: Engine) -> None:
    assert listed(engine, "Vilka avtal med företag handlar om snöröjning?") == ["vägar/snö och is"]


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
    assert _places("Tallviks Fastigheter AB") == ("Tallviks", "Tallvik")
    assert _places("Lillhamns stad") == ("Lillhamns", "Lillhamn")


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vilka avtal har nio månaders uppsägningstid?", ["hyra/ladan"]),
        ("Vilka avtal har en uppsägningstid på sex månader eller mer?", ["hyra/ladan"]),
        ("Vilka avtal har en uppsägningstid på ett år eller mer?", []),
        ("Vilka avtal kan vi lämna inom ett år?", ["hyra/ladan"]),
        ("Vilka avtal kan vi lämna inom tre månader?", []),
        ("Vilka går att hoppa av med bara ett kvartals framförhållning?", []),
        ("Vilka avtal har kortare uppsägningstid än nio månader?", []),
        ("Vilka avtal har kortare varsel än tio månader?", ["hyra/ladan"]),
    ],
)
def test_a_period_of_notice_with_a_bound(engine: Engine, text: str, expected: list[str]) -> None:
    assert listed(engine, text) == expected


def test_periods_are_compared_in_months() -> None:
    assert [months(value) for value in ("P1Y", "P3M", "P30D", "P30W")] == [12, 3, 1, 7]
    assert period_asked("Vilka avtal löper tills vidare?") is None


def test_which_texts_name_a_party_is_another_question_than_whose_it_is(engine: Engine) -> None:
    answer = ask(engine, "I vilka avtal förekommer bolaget Plogens AB?")
    assert answer.statement == "1 av 4 avtal nämner Plogens AB. Alla 4 är genomsökta."
    assert "Plogens AB" in answer.citations[0].quote
    assert ask(engine, "Vilka avtal har Plogens AB?").statement.startswith(
        "1 av 4 avtal har Plogens AB som part."
    )


def test_where_a_limit_stands_asks_for_a_list_and_of_one_agreement_for_a_place(engine: Engine) -> None:
    limit = engine.understand("Var finns ett tak för hur mycket bolaget kan bli skyldigt?")
    assert limit.kind is QuestionKind.AGREEMENTS
    assert (
        engine.understand("Var i avtalet finns regler om hur mycket vitet är?").kind
        is not QuestionKind.AGREEMENTS
    )


def test_to_keep_quiet_is_no_silence_of_the_agreement(engine: Engine) -> None:
    assert not engine.understand("Vilka avtal kräver att man håller tyst om det man får veta?").absent
    assert engine.understand("Vilka avtal är tysta om häst?").absent


def test_given_notice_of_is_told_from_over(engine: Engine) -> None:
    said = ask(engine, "Vilka avtal är uppsagda eller ersatta av ett nyare?").statement
    assert said.startswith("Inget av 4 avtal är uppsagda eller ersatta.")


def test_an_english_clause_is_no_word_of_its_own(engine: Engine) -> None:
    terms = engine.understand("Which agreements contain a penalty clause?").terms
    assert [term.word for term in terms] == ["vite"]


def test_how_many_have_joined_is_told_by_the_cards(engine: Engine) -> None:
    assert listed(engine, "Vilka avtal har fler än två parter?") == []
    answer = ask(engine, "Var är det minst två som har gått ihop i samma avtal?")
    assert answer.statement.startswith("4 av 4 avtal har minst 2 parter.")


def test_until_further_notice_is_told_by_the_cards_alone(engine: Engine) -> None:
    """Three of the first users' five agreements were once listed for the word "vidare"."""
    for text in ("Vilka avtal gäller tills vidare?", "Vilka avtal löper tills vidare"):
        assert ask(engine, text).abstained
