"""Figures in words and forms that the typed expressions leave out."""

from __future__ import annotations

import pytest

from corpus.types import Span
from retriever.asks import Asks
from retriever.figure_forms import enumerated, forms_in, is_of_length


@pytest.mark.parametrize(
    ("asks", "text", "found"),
    [
        (Asks.CLOCK, "Telefonen är öppen mellan kl. 10 och 22.", ["mellan kl. 10 och 22"]),
        (Asks.CLOCK, "Musik till klockan 23.00, på lördag till 00.30.", ["klockan 23.00", "lördag", "00.30"]),
        (Asks.CLOCK, "Parasporten har söndagar 10–12.", ["söndagar 10–12"]),
        (Asks.CLOCK, "Telefonen svarar alla dagar 18–22.", ["alla dagar 18–22"]),
        (Asks.CLOCK, "Det är öppet till 18.", ["öppet till 18"]),
        (Asks.CLOCK, "Det är öppet till 18 besökare.", []),
        (Asks.CLOCK, "Avgiften är 14,20 kronor och vägen 3.5 mil.", []),
        (Asks.DATE, "Bussen står där första tisdagen varje månad.", ["första tisdagen varje månad"]),
        (Asks.FREQUENCY, "Gruppen möts varannan månad.", ["varannan månad"]),
        (Asks.FREQUENCY, "Den träffas var sjätte vecka.", ["var sjätte vecka"]),
        (Asks.PERIOD, "De första 24 timmarna är fria; it lasts five years.", ["24 timmarna", "five years"]),
        (Asks.PERIOD, "De tre första timmarna är fria.", ["tre första timmarna"]),
        (Asks.CLOCK, "Stämman möts i mars och september.", ["mars och september"]),
        (Asks.DATE, "Listan raderas när boken har lämnats tillbaka.", ["när boken har lämnats tillbaka"]),
        (Asks.DATE, "Avtalet gäller från den 1 mars 2024.", []),
        (Asks.AMOUNT, "Barn badar gratis.", ["gratis"]),
        (Asks.SIZE, "Magasinet håller 16–20 grader.", ["16–20 grader"]),
        (Asks.SIZE, "Snö görs under fyra minusgrader.", ["fyra minusgrader"]),
        (Asks.SIZE, "Varorna håller högst -18 °C.", ["-18 °C"]),
        (Asks.SIZE, "TTU places 210 square metres at its disposal.", ["210 square metres"]),
        (Asks.NUMBER, "Each may send up to five students.", ["up to five"]),
        (Asks.PERSON, "Gratis varannan månad.", []),
    ],
)
def test_a_form_is_found_for_what_is_asked(asks: Asks, text: str, found: list[str]) -> None:
    assert [text[s.start : s.end] for s in forms_in(asks, text, Span(0, len(text)))] == found


@pytest.mark.parametrize(
    ("text", "told", "found"),
    [
        (
            "Andelarna är Tallvik 44 procent, Granboda 24 och Åkerby 13.",
            "44 procent",
            [("24", "procent"), ("13", "procent")],
        ),
        ("Tallvik bidrar med 860 000 och Åkerby 250 000 kronor.", "250 000 kronor", [("860 000", "kronor")]),
        ("Enligt punkt 5 betalar Tallvik 44 procent.", "44 procent", []),
    ],
)
def test_an_enumeration_says_its_unit_once(text: str, told: str, found: list[tuple[str, str]]) -> None:
    own = Span(text.index(told), text.index(told) + len(told))
    figures = enumerated(text, Span(0, len(text)), own)
    assert [(text[span.start : span.end], unit) for span, unit in figures if not span.overlaps(own)] == found


def test_a_volume_is_no_length() -> None:
    assert not is_of_length("Hur lång är ledningen?", "1 400 kubikmeter")
    assert is_of_length("Hur lång är ledningen?", "31 kilometer")
    assert is_of_length("Hur mycket vatten får vi?", "1 400 kubikmeter")
