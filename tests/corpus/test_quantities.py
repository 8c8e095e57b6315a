"""Periods, sums and dates reckoned from Swedish wordings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from corpus.quantities import add_duration, amount_value, duration_value, number_value


@pytest.mark.parametrize(
    ("wording", "number"),
    [
        ("tre", "3"),
        ("Tjugofem", "25"),
        ("tvåhundrafemtiotusen", "250000"),
        ("ettusen", "1000"),
        ("1 500 000", "1500000"),
        ("1.500.000", "1500000"),
        ("1,5", "1.5"),
        ("ett och ett halvt", "1.5"),
        ("flera", None),
    ],
)
def test_numbers_in_digits_and_words(wording: str, number: str | None) -> None:
    assert number_value(wording) == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("wording", "duration"),
    [
        ("12 månader", "P12M"),
        ("sex månaders", "P6M"),
        ("två (2) år", "P2Y"),
        ("3 (tre) månader", "P3M"),
        ("ett halvår", "P6M"),
        ("halvårs", "P6M"),
        ("ett halvt år", "P6M"),
        ("ett och ett halvt år", "P18M"),
        ("tremånaders", "P3M"),
        ("treårsperiod", "P3Y"),
        ("30 dagars", "P30D"),
        ("fyra veckor", "P4W"),
        ("ett kvartal", "P3M"),
        ("2–3 veckor", None),
        ("två timmar", None),
    ],
)
def test_periods_as_iso_durations(wording: str, duration: str | None) -> None:
    assert duration_value(wording) == duration


@pytest.mark.parametrize(
    ("wording", "amount"),
    [
        ("61 miljoner kronor", "61000000 SEK"),
        ("61 mnkr", "61000000 SEK"),
        ("2 MSEK", "2000000 SEK"),
        ("450 tkr", "450000 SEK"),
        ("1,5 mkr", "1500000 SEK"),
        ("1 500 000:-", "1500000 SEK"),
        ("250\xa0000 kr", "250000 SEK"),
        ("tio miljoner kronor", "10000000 SEK"),
        ("fem tusen kronor", "5000 SEK"),
        ("tvåhundra kronor", "200 SEK"),
        ("SEK 450 000", "450000 SEK"),
        ("40 000 euro", "40000 EUR"),
        ("50 öre", "0.5 SEK"),
        ("kronor", None),
    ],
)
def test_sums_with_their_currency(wording: str, amount: str | None) -> None:
    found = amount_value(wording)
    assert (str(found) if found else None) == amount


def test_a_duration_is_added_and_taken_away_in_the_calendar() -> None:
    assert add_duration(date(2027, 6, 30), "P9M", -1) == date(2026, 9, 30)
    assert add_duration(date(2025, 12, 31), "P6M", -1) == date(2025, 6, 30)
    assert add_duration(date(2024, 2, 29), "P1Y") == date(2025, 2, 28)
    assert add_duration(date(2024, 1, 31), "P2W") == date(2024, 2, 14)
    with pytest.raises(ValueError, match="P and a number"):
        add_duration(date(2024, 1, 1), "ett år")
