"""What an amendment says goes before the wording that it replaces; roles and places are told in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.asked import put
from retriever.engine import Engine
from retriever.facts import short_answers
from retriever.types import Filters

_TEXTS = {
    "hemvård.md": """# Överenskommelse om hemvård

Dnr RH 2021/0940

Parter är Region Norrsala och Granboda kommun (beställaren).

## 1 Läkare

Läkare ska kunna nås per telefon inom 30 minuter.

Stödet är 900 kronor per år.

Från den 1 mars 2024 ändras punkt 1 så att stödet är 1 200 kronor per år.

## 2 Nycklar

Nycklarna förvaras hos beställaren.

## 3 Tid

Överenskommelsen gäller från den 1 juni 2021 till och med den 31 maj 2026.
""",
    "tillägg.md": """# Tilläggsavtal nr 2 till överenskommelse om hemvård (dnr RH 2021/0940)

Parter är Region Norrsala och Granboda kommun.

## 1 Ändring

Läkare ska kunna nås per telefon inom 15 minuter.

## 2 Längre tid

Avtalstiden enligt punkt 3 ändras så att den löper ut den 31 december 2029.
""",
}


@pytest.fixture(scope="module")
def care(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    """An agreement and the one that amends it."""
    return engine_of(_TEXTS)


def _best(engine: Engine, text: str) -> str:
    return short_answers(put(engine, text, Filters(), 10))[0].text


def test_the_amended_wording_answers(care: Engine) -> None:
    assert _best(care, "Hur snabbt ska en läkare kunna nås per telefon?") == "15 minuter"


def test_the_former_wording_answers_who_asks_for_it(care: Engine) -> None:
    assert (
        _best(care, "Hur snabbt skulle en läkare nås per telefon i den ursprungliga överenskommelsen?")
        == "30 minuter"
    )


def test_what_holds_now_is_what_the_agreement_was_changed_to(care: Engine) -> None:
    assert _best(care, "Hur stort är stödet numera?") == "1 200 kronor"
    assert _best(care, "Hur stort är stödet per år?") == "900 kronor"


def test_a_place_keeps_its_preposition(care: Engine) -> None:
    assert _best(care, "Var förvaras nycklarna?") == "hos beställaren"


def test_a_role_is_told_with_its_party(care: Engine) -> None:
    assert _best(care, "Vem förvarar nycklarna?") == "beställaren (Granboda kommun)"


def test_the_end_that_an_amendment_moves_is_the_end_in_whatever_words(care: Engine) -> None:
    assert "2029" in _best(care, "Till när gäller överenskommelsen om hemvård?")
