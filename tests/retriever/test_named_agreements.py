"""What names an agreement and what does not; what presents a party says nothing of what is agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.asked import put
from retriever.engine import Engine
from retriever.fact_answer import least_certainty
from retriever.facts import short_answers
from retriever.types import Filters

_TEXTS = {
    "Hälsoavtal Norrsala UPPSAGT.md": """# Avtal om företagshälsa mellan Norrsala kommun och Kurera AB

## 1 Tjänster

Kurera AB undersöker personalen en gång om året.
""",
    "praktik.md": """# Överenskommelse om praktik mellan Granboda stad och Högskolan i Sund

## 1 Studenter

Studenten får göra klart sin praktik även om överenskommelsen sägs upp.
""",
    "partnerskap.md": """# Partnerskap mellan Åkerby stad och Sunds universitet

## Om Åkerby stad

Staden omsätter cirka tre miljarder kronor. Åkerby stad ansvarar för skola och omsorg.

## Samarbete

Parterna träffas två gånger om året och talar om forskning.
""",
    "lån.md": """# Avtal om lån av en båt mellan Vikens museum och Seglarna

## 1 Båten

Museet lånar ut båten utan ersättning.
""",
}


@pytest.fixture(scope="module")
def four(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    """Four agreements, one with its state in its file's name, one with a section on a party."""
    return engine_of(_TEXTS)


def test_the_state_in_a_files_name_and_a_kind_of_party_name_no_agreement(four: Engine) -> None:
    asked = "Var står det att studenten får göra klart även om den sägs upp, och vad kommunen lovar?"
    assert not four.named_by(four.understand(asked))


def test_a_files_name_names_its_agreement(four: Engine) -> None:
    asked = four.understand("Hur ofta undersöks personalen enligt hälsoavtalet?")
    assert four.named_by(asked) == {"Hälsoavtal Norrsala UPPSAGT"}


@pytest.mark.parametrize(
    "text",
    [
        "Finns det några pengar i partnerskapet med Åkerby stad?",
        "Vem ansvarar för studenternas praktikplatser?",
    ],
)
def test_what_presents_a_party_is_no_answer(four: Engine, text: str) -> None:
    asked = put(four, text, Filters(), 10)
    found = short_answers(asked)
    said = [
        each.agreement.text[each.sentence.start : each.sentence.end]
        for each in found
        if each.certainty >= least_certainty(asked.question)
    ]
    assert not any("omsätter" in words or "omsorg" in words for words in said), said


def test_what_the_party_is_can_still_be_asked(four: Engine) -> None:
    asked = put(four, "Hur mycket omsätter Åkerby stad?", Filters(), 10)
    found = short_answers(asked)
    assert found[0].text == "cirka tre miljarder kronor"
    assert found[0].certainty >= least_certainty(asked.question)


_OF_YEARS = {
    "VFU-avtal 2019 (ersatt).md": """# SPARAS FÖR KÄNNEDOM

Parter: Sunds universitet och Region Norr

Avtalet gäller 1 juli 2019–30 juni 2022.

Universitetet betalar 525 kronor per vecka.
""",
    "VFU-avtal 2025.md": """# Avtal om verksamhetsförlagd utbildning (VFU) mellan Sunds universitet och Region Norr

Avtalet gäller från och med 1 juli 2025.

Universitetet betalar 690 kronor per vecka.
""",
    "buss.md": """# Avtal om bokbussen mellan Granboda kommun och Region Norr

## 1 Bussen

Bussen ska stanna på minst 22 hållplatser.
""",
    "bruk.md": """Avtal om bruket

Upplåtare: Region Norr
Nyttjanderättshavare: Föreningen Brukets Vänner, Granboda

Bruket får visas för besökare.
""",
    "hall.md": """# Avtal om hallen mellan Åkerby stad och Hallbolaget AB

Hallen hyrs ut.
""",
}


@pytest.fixture(scope="module")
def years(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(_OF_YEARS)


def test_the_year_in_a_files_name_tells_the_former_agreement(years: Engine) -> None:
    asked = years.understand("Vilken ersättning gällde i det gamla VFU-avtalet från 2019?")
    assert years.named_by(asked) == {"VFU-avtal 2019 (ersatt)"}


def test_a_bare_place_on_one_card_is_not_the_municipality_on_another(years: Engine) -> None:
    cards = {party for agreement in years.index.agreements.values() for party in agreement.parties}
    assert {"Granboda", "Granboda kommun"} <= cards
    assert years.understand("Hur många hållplatser ska bussen i Granboda ha?").parties == ()
