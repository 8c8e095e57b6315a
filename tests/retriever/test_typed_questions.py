"""Questions as they are typed: shorthand, a slip in 'avtal', who asks it first, lists asked for in other forms."""

from __future__ import annotations

import pytest

from retriever.answer import ask
from retriever.engine import Engine
from retriever.forms import written_out
from retriever.types import QuestionKind


@pytest.mark.parametrize(
    "text",
    [
        "vilka avtl omfattar kompetensförsörjning?",
        "Kommunikatören undrar: vilka avtal omfattar kompetensförsörjning?",
        "Snabb fråga: i vilka avtal omfattas kompetensförsörjning?",
        "Ge mig alla avtal där kompetensförsörjning ingår.",
        "Jag söker allt vi har om kompetensförsörjning",
    ],
)
def test_a_list_is_a_list_however_it_is_asked_for(engine: Engine, text: str) -> None:
    question = engine.understand(text)
    assert question.kind is QuestionKind.AGREEMENTS
    assert "kompetensförsörjning" in [term.word for term in question.terms]
    found = [a.agreement_id for a in ask(engine, text).agreements if a.coverage == "explicit"]
    assert {"skola/åkerby", "badet"} <= set(found)


def test_a_slip_in_overenskommelser_is_put_right(engine: Engine) -> None:
    question = engine.understand("vilka avatl och överenskomelser är Åkerby kommun med i?")
    assert "avtal och överenskommelser" in question.read_as
    assert question.terms == ()


@pytest.mark.parametrize(
    "text",
    [
        "Vilka avtal har inget slutdatum utan fortsätter tills någon tröttnar?",
        "Vilka avtal har ingen bestämd sista dag utan löper på tills någon avslutar?",
        "Vilka avtal löper till dess att en part säger upp dem?",
    ],
)
def test_what_goes_on_until_somebody_gives_it_up_is_until_further_notice(engine: Engine, text: str) -> None:
    assert engine.understand(text).read_as == "vilka avtal gäller tills vidare?"


def test_shorthand_is_written_out(engine: Engine) -> None:
    assert (
        engine.understand("hur mkt kostar badet?").asks == engine.understand("hur mycket kostar badet?").asks
    )
    assert engine.understand("ang. hyran").read_as == "angående hyran"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Vilka avtal gäller fortfarande 2025?", 2025),
        ("vilka avtal gällde under 2019", 2019),
        ("Vilka avtal gäller i dag?", None),
        ("Vilka avtal gäller 2025-2027?", None),  # a period is no year
    ],
)
def test_in_force_during_a_year(engine: Engine, text: str, year: int | None) -> None:
    assert engine.understand(text).in_force_year == year


def test_a_word_of_the_language_names_no_party(engine: Engine) -> None:
    assert engine.understand("Vem svarar för öppna frågor?").parties == ()


def test_small_words_get_their_dots_back(engine: Engine) -> None:
    assert engine.understand("vad ar hyran for ladan").read_as == "vad är hyran för ladan"
    assert engine.understand("hur manga ar galler avtalet").read_as == "hur många år gäller avtalet"
    assert engine.understand("nr skrevs avtalet om ladan").read_as == "när skrevs avtalet om ladan"
    assert engine.understand("nr 3 i planen").read_as == "nr 3 i planen"


def test_why_it_is_asked_is_no_part_of_the_question(engine: Engine) -> None:
    text = "vad löper ut någon gång under 2031? behöver planera"
    assert engine.understand(text).read_as == "vad löper ut någon gång under 2031?"
    assert [a.agreement_id for a in ask(engine, text).agreements] == ["hyra/ladan"]
    kept = "Vad gäller? Vad kostar det?"
    assert engine.understand(kept).read_as == kept


@pytest.mark.parametrize(
    ("text", "read"),
    [("va e hyran för ladan", "vad är hyran för ladan"), ("va kostar badet", "vad kostar badet"), ("när e badet öppet", "när är badet öppet")],
)  # fmt: skip
def test_what_is_typed_as_it_is_said_is_written_out(text: str, read: str) -> None:
    assert written_out(text) == read
