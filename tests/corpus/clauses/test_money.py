"""The agreement's own sums and what they are for; the sums of others left out."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat


def sums(text: str) -> list[tuple[str, str]]:
    """Value and detail of every sum."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, f"Avtal om hamnen\n\n{text}\n"), "a")
    return [(f.value, f.detail) for f in agreement.facts if f.name is FactName.AMOUNT]


@pytest.mark.parametrize(
    ("sentence", "value", "what"),
    [
        ("Hyran är 1,2 mnkr per år.", "1200000 SEK", "hyran per år"),
        ("Timpriset är 1 150 kr exklusive mervärdesskatt.", "1150 SEK", "timpriset"),
        ("Regionen betalar 450 tkr årligen.", "450000 SEK", "årligen"),
        ("Ersättningen är 1 500 000:- per läsår.", "1500000 SEK", "ersättningen per läsår"),
        ("Avgiften är 4 kronor och 20 öre per invånare.", "4.2 SEK", "avgiften per invånare"),
        ("| Årsavgift | 84 500 kr |", "84500 SEK", "årsavgift"),
        ("Bidraget är högst 120\n000 kronor.", "120000 SEK", "bidraget"),
    ],
)
def test_a_sum_has_a_value_and_what_it_is_for(sentence: str, value: str, what: str) -> None:
    assert sums(sentence) == [(value, what)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamnen omsätter 20 miljoner kronor om året.",
        "Statligt stöd kan uppgå till 5 miljoner kronor.",
        "Kajen kostade 186 miljoner kronor att bygga.",
        "Kostnader delas, till exempel 500 kronor var.",
        "Med mindre inköp avses inköp under 10 000 kronor.",
        "Det tidigare avtalet hade en ersättning på 900 kronor.",
        "Muddringen för 3 miljoner kronor ingår inte i avtalet.",
        "Ett bidrag på 2 miljoner kronor går till hamnen. Bidraget omfattas inte av detta avtal.",
    ],
)
def test_sums_of_others_of_examples_and_of_the_past_are_not_the_agreements(sentence: str) -> None:
    assert sums(sentence) == []


def test_an_old_sum_gives_way_to_the_new() -> None:
    assert sums("Hyran ändras från 3 400 kronor till 3 900 kronor.") == [("3900 SEK", "hyran")]
    assert sums("Hyran 3 400 kronor i punkt 6.1 ersätts av 3 900 kronor.") == [("3900 SEK", "hyran")]
