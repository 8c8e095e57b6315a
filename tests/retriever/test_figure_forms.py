"""Figures in words and forms that the typed expressions leave out."""

from __future__ import annotations

import pytest

from corpus.types import Span
from retriever.asks import Asks
from retriever.figure_forms import forms_in


@pytest.mark.parametrize(
    ("asks", "text", "found"),
    [
        (Asks.CLOCK, "Telefonen är öppen mellan kl. 10 och 22.", ["mellan kl. 10 och 22"]),
        (Asks.CLOCK, "Musik till klockan 23.00, på lördag till 00.30.", ["klockan 23.00", "lördag", "00.30"]),
        (Asks.CLOCK, "Parasporten har söndagar 10–12.", ["söndagar 10–12"]),
        (Asks.CLOCK, "Avgiften är 14,20 kronor och vägen 3.5 mil.", []),
        (Asks.FREQUENCY, "Gruppen möts varannan månad.", ["varannan månad"]),
        (Asks.FREQUENCY, "Den träffas var sjätte vecka.", ["var sjätte vecka"]),
        (Asks.PERIOD, "De första 24 timmarna är fria; it lasts five years.", ["24 timmarna", "five years"]),
        (Asks.PERIOD, "De tre första timmarna är fria.", ["tre första timmarna"]),
        (Asks.CLOCK, "Stämman möts i mars och september.", ["mars och september"]),
        (Asks.DATE, "Listan raderas när boken har lämnats tillbaka.", ["när boken har lämnats tillbaka"]),
        (Asks.DATE, "Avtalet gäller från den 1 mars 2024.", []),
        (Asks.AMOUNT, "Barn badar gratis.", ["gratis"]),
        (Asks.SIZE, "Magasinet håller 16–20 grader.", ["16–20 grader"]),
        (Asks.NUMBER, "Each may send up to five students.", ["up to five"]),
        (Asks.PERSON, "Gratis varannan månad.", []),
    ],
)
def test_a_form_is_found_for_what_is_asked(asks: Asks, text: str, found: list[str]) -> None:
    assert [text[s.start : s.end] for s in forms_in(asks, text, Span(0, len(text)))] == found
