"""The short answer: the right kind of words, in the right sentence, as a span of the text."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.asked import put
from retriever.engine import Engine
from retriever.fact_answer import least_certainty
from retriever.facts import ShortAnswer, short_answers
from retriever.types import Filters
from retriever.yes_no import BUT


def answers(engine: Engine, text: str, filters: Filters | None = None) -> list[ShortAnswer]:
    asked = put(engine, text, filters or Filters(), 10)
    return [found for found in short_answers(asked) if found.certainty >= least_certainty(asked.question)]


@pytest.mark.parametrize(
    ("text", "agreement_id", "short"),
    [
        ("Till när gäller hyresavtalet?", "hyra/ladan", "till och med den 31 maj 2031"),
        ("Från när gäller hyresavtalet?", "hyra/ladan", "från och med den 1 juni 2024"),
        ("Hur mycket är hyran?", "hyra/ladan", "12 500 kronor"),
        ("Hur stort är vitet?", "vägar/snö och is", "4 000 kronor"),
        ("Hur lång är uppsägningstiden?", "hyra/ladan", "nio månader"),
        ("Hur ofta träffas parterna?", "skola/åkerby", "två gånger om året"),
        ("Hur många praktikplatser förmedlar högskolan?", "skola/åkerby", "tjugo"),
        ("Hur många grader ska vattnet hålla?", "badet", "27"),
        ("Kan hyresavtalet sägas upp?", "hyra/ladan", "Ja: Avtalet kan sägas upp skriftligen av båda parter."),
        ("Får bolaget hålla häst i ladan?", "hyra/ladan", "Nej: Bolaget får inte hålla häst i ladan."),
        ("Medför samverkan kostnader för högskolan?", "skola/åkerby", "Nej: Samverkan medför inga kostnader för högskolan."),
    ],
)  # fmt: skip
def test_the_short_answer(engine: Engine, text: str, agreement_id: str, short: str) -> None:
    best = answers(engine, text)[0]
    assert (best.agreement.agreement_id, best.text) == (agreement_id, short)


@pytest.mark.parametrize(
    "text", ["Hur mycket är hyran?", "Får bolaget hålla häst i ladan?", "Hur lång är uppsägningstiden?"]
)
def test_the_answer_is_a_span_inside_its_sentence(engine: Engine, text: str) -> None:
    for found in answers(engine, text):
        assert found.sentence.holds(found.span)
        wording = " ".join(found.agreement.text[found.span.start : found.span.end].split())
        assert found.text.removeprefix("Ja: ").removeprefix("Nej: ") == wording


def test_there_is_at_most_one_answer_an_agreement_best_first(engine: Engine) -> None:
    found = answers(engine, "Hur många kronor betalas om året?")
    ids = [f.agreement.agreement_id for f in found]
    assert len(ids) == len(set(ids))
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


@pytest.mark.parametrize(
    "text", ["Hur mycket kostar flygplanet?", "Hur ofta tvättas bussen?", "Får man fiska kräftor?"]
)
def test_what_no_sentence_says_has_no_short_answer(engine: Engine, text: str) -> None:
    assert answers(engine, text) == []


def test_only_agreements_in_scope_answer(engine: Engine) -> None:
    assert answers(engine, "Hur stort är vitet?", Filters(parties=("Granboda kommun",))) == []


def test_a_no_after_men_without_a_comma_is_of_its_own_clause() -> None:
    text = "Cykel får tas med på regionbussar men inte i tätortstrafik."
    assert [text[m.end() :] for m in BUT.finditer(text)] == [" inte i tätortstrafik."]


def test_a_name_that_no_text_holds_leaves_a_question_of_fact_unanswered(engine: Engine) -> None:
    """What the barn costs was once told of Globen."""
    assert ask(engine, "Vad kostar det att hyra Globen?").abstained
    assert not ask(engine, "Vad kostar det att hyra ladan?").abstained
