"""A fact of a party that the agreement's text names, and its card does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.engine import Engine
from retriever.types import Filters

_TEXTS = {
    "hyra.md": "# Hyresavtal mellan Granboda kommun och Laden AB\n\nHyran är 4 000 kronor per månad.\n",
    "nyhet.md": "# Idrott och studier i Granboda\n\nDen som idrottar i Granboda kommun får ett stipendium. Stipendiet för idrott är 8 000 kronor per läsår.\n",
    "annat.md": "# Kaféet i Åkerby\n\nStipendiet för bagare är 500 kronor.\n",
}


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(_TEXTS)


def test_the_agreement_that_only_names_the_party_answers_where_its_own_do_not(engine: Engine) -> None:
    answer = ask(engine, "Hur stort är stipendiet för idrott hos Granboda kommun?")
    assert answer.short_answer == "8 000 kronor"
    assert "party" not in answer.interpreted.filters


def test_the_partys_own_agreement_comes_first(engine: Engine) -> None:
    answer = ask(engine, "Hur stor är hyran hos Granboda kommun?")
    assert answer.short_answer == "4 000 kronor"


def test_a_filter_of_the_readers_is_kept(engine: Engine) -> None:
    filters = Filters(parties=("Granboda kommun",))
    assert (
        ask(engine, "Hur stort är stipendiet för idrott hos Granboda kommun?", filters).short_answer is None
    )
