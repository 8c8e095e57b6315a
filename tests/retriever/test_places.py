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
    assert understood.open_ended


def test_where_nothing_stands_is_no_place(two: Engine) -> None:
    assert not two.understand("Var står det inget om försäkring?").open_ended


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
