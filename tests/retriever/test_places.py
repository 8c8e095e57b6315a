"""Questions for a place, however they are put: the passages are given where no set and no short answer is sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.asked import put
from retriever.asks import Asks
from retriever.engine import Engine
from retriever.types import AnswerKind, Filters, QuestionKind

_TEXTS = {
    "tullhuset.md": """# Depositionsavtal mellan Stiftelsen Vättlösa Industrimuseum och Sundråda kommun

## 4 Förvaring

Utställningslokalen ska hålla en relativ luftfuktighet mellan 45 och 55 procent.
""",
    "förråd.md": """# Överenskommelse om beredskapslager mellan Region Älvmark och Lövåsa kommun

## 3 Öppnande

Lagret öppnas efter beslut av regionen.

## 5 Pengar som blir över

Medel som är kvar när året är slut förs över till nästa år.
""",
    "ishall.md": """# Nyttjanderättsavtal mellan Norrsunds kommun och Norrsunds Bostads AB

## 1 Reklam

Reklam på sargen är tillåten, men inte för alkohol eller spel.

## 2 Betalning

Utbytet av lokaler är avgiftsfritt. Ledarna får använda lokalerna i sin verksamhet.

## 3 Ordlista

Utskriven: den som inte längre behöver vård på boendet.

## 4 Föreningen

Vill föreningen sluta ska den säga till 90 dagar i förväg; om priset ändras får den besked 60 dagar i förväg.
""",
    "protokoll.md": """# Högskolerådet i Norrsund

Kommunen anställer varje år 20 studenter som medarbetare. För dem gäller ett försäkringsbelopp om 390 000 kronor.
""",
}


@pytest.fixture(scope="module")
def two(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    """A deposit of museum pieces, and a store for hard times."""
    return engine_of(_TEXTS)


@pytest.mark.parametrize(
    "text",
    [
        "Var står det hur fuktigt det får vara i lokalen?",
        "Var nämns det att lagret öppnas?",
    ],
)
def test_where_something_stands_may_be_one_passage(two: Engine, text: str) -> None:
    understood = two.understand(text)
    assert understood.kind is QuestionKind.AGREEMENTS
    assert understood.seeks_place


def test_where_nothing_stands_is_no_place(two: Engine) -> None:
    assert not two.understand("Var står det inget om försäkring?").seeks_place


def test_who_does_it_is_told_by_the_passage_where_no_name_is_sure(two: Engine) -> None:
    assert ask(two, "Vem får bestämma att lagret öppnas?").kind is not AnswerKind.NONE
    assert ask(two, "Vad heter chefen för lagret?").kind is AnswerKind.NONE


def test_a_name_inside_a_compound_is_held_by_the_text_that_has_the_name(two: Engine) -> None:
    asked = put(two, "Vad händer med pengar i Lövåsasamarbetet när året är slut?", Filters(), 10)
    assert asked.holds_names("förråd")
    assert not asked.holds_names("tullhuset")


@pytest.mark.parametrize("text", ["Tar kommunen betalt för lånet?", "Ger regionen något bidrag?"])
def test_a_short_verb_first_asks_for_yes_or_no(two: Engine, text: str) -> None:
    assert two.understand(text).asks is Asks.YES_NO


def test_a_party_that_only_the_title_names_is_in_scope_for_one_passage_but_not_for_a_list(
    two: Engine,
) -> None:
    single = put(two, "Hur många studenter får jobb hos Norrsund varje år?", Filters(), 10)
    assert {a.agreement_id for a in single.agreements} == {"ishall", "protokoll"}
    listed = put(two, "Vilka avtal har vi med Norrsunds kommun?", Filters(), 10)
    assert [a.agreement_id for a in listed.agreements] == ["ishall"]


def test_a_place_before_a_firms_words_is_the_firm(two: Engine) -> None:
    assert two.understand("Vad kostar det att bo hos Norrsund?").parties == ("Norrsunds kommun",)
    assert "Norrsunds kommun" not in two.understand("Vad kostar det hos Norrsund Energi AB?").parties


def test_a_yes_is_shown_with_its_exception(two: Engine) -> None:
    answer = ask(two, "Är det okej att ha reklam på sargen?")
    assert answer.short_answer == "Ja: Reklam på sargen är tillåten, men inte för alkohol eller spel."


def test_whether_something_is_charged_is_told_by_what_speaks_of_money(two: Engine) -> None:
    answer = ask(two, "Tar kommunen betalt för lokalerna som ledarna får använda?")
    assert answer.short_answer == "Nej: Utbytet av lokaler är avgiftsfritt."


def test_a_glossary_grounds_no_yes_or_no(two: Engine) -> None:
    answer = ask(two, "Får en utskriven behöva vård på boendet?")
    assert not (answer.short_answer or "").startswith("Nej: Utskriven")


def test_a_slip_in_what_is_asked_for_is_put_right_before_its_kind_is_told(two: Engine) -> None:
    assert two.understand("Vilket försäkringsbelop gäller för studenterna?").asks is Asks.AMOUNT


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("Vilka avtal nämner krig, epidemi eller liknande och ansvar?", False),
        ("Vilka avtal nämner krig eller epidemi?", True),
    ],
)
def test_or_the_like_offers_no_choice(two: Engine, text: str, either: bool) -> None:
    assert two.understand(text).either is either


def test_what_costs_us_nothing_is_no_question_of_what_lacks(two: Engine) -> None:
    assert not two.understand("Vilka samarbeten kostar oss inte en krona?").absent


def test_several_places_of_a_row_are_one_answer(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    text = "Avtal om register mellan Lurö kommun och Datorn AB\n\nUppgifter om elever får bara lagras i Sverige eller Finland.\n"
    answer = ask(engine_of({"register.txt": text}), "I vilka länder får elevernas uppgifter lagras?")
    assert answer.short_answer == "i Sverige eller Finland"
