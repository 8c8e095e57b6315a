"""Rules of words: forms, compounds, alternatives, what must not be there."""

from __future__ import annotations

import pytest

from indexer.swedish.words import words_of
from retriever.clause_rules import rule_of


@pytest.mark.parametrize(
    ("rule", "text", "shown"),
    [
        ("tvist", "Tvisternas lösning", "tvisternas"),
        ("tvist", "Tvistlösning", "tvistlösning"),
        ("=ansvar", "Ansvar", "ansvar"),
        ("=ansvar", "Ansvarsfördelning", None),
        ("uppsägning", "Uppsägningstid", "uppsägningstid"),
        ("uppsägning", "Avtalet kan sägas upp", "uppsäg"),
        ("=miljö", "Arbetsmiljö", None),
        ("=part|=parter överens", "Parter som inte kommer överens", "parter"),
        ("=ändringar -lokal", "Ändringar i lokalen", None),
        ("^bilaga", "Bilaga 1: Karta", "bilaga"),
        ("^bilaga", "Se bilaga 1", None),
        ("faktura|avgift =kronor", "Avgiften är 300 kronor", "avgiften"),
    ],
)
def test_a_rule_is_met_by_the_words_it_names(rule: str, text: str, shown: str | None) -> None:
    found = rule_of(rule).met_by(words_of(text))
    assert (found.word if found else None) == shown


def test_a_rule_must_demand_something() -> None:
    with pytest.raises(ValueError, match="kräver inget ord"):
        rule_of("-lokal")
