"""Personal identity numbers are told from other figures by day and last figure. All are invented or Skatteverket's examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.card import agreement_from
from corpus.person_numbers import person_numbers
from corpus.reading.document import read_document
from corpus.report import report_of
from corpus.types import ReadStatus

VALID = (
    "811228-9874",
    "19811228-9874",
    "198112289874",
    "8112289874",
    "811228+9874",
    "811228 9874",
    "811228–9874",
    "811288-9848",
)
"""811228-987: 7·1+... worked by hand: 16 1 2 2 4 8 18 8 14 → 1+6+1+2+2+4+8+1+8+8+1+4 = 46, so the last figure is 4."""


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in person_numbers(text)]


@pytest.mark.parametrize("number", VALID)
def test_a_number_in_its_usual_spellings(number: str) -> None:
    assert found(f"Undertecknas av Eva ({number}), ordförande.") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "811228-9875", "811288-9840", "810229-9870", "811328-9874", "811228-98741", "1811228-9874", "556677-8899", "dnr 2024/0123-4567", "811228-T234",
        "tel 08-112 28 98 74", "2024-01-01 10:00", "bankgiro 5050-1055", "ISBN 9789100000000", "811232-9874",
    ],
)  # fmt: skip
def test_other_figures_are_none(text: str) -> None:
    assert found(text) == []


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999))
def test_one_last_figure_of_ten_is_right(year: int, month: int, day: int, serial: int) -> None:
    front = f"{year:02}{month:02}{day:02}-{serial:03}"
    assert sum(bool(found(f"{front}{last}")) for last in range(10)) == 1


def test_the_report_counts_them_and_never_quotes_them(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_text("Avtal\n\n§ 1 Parter\n\nEva, 811228-9874, och Bo, 811288-9848, hyr ladan.\n", "utf-8")
    row = report_of(agreement_from(read_document(path, "avtal.txt"), "avtal"), 1, 0)
    assert row.status is ReadStatus.INDEXED_WITH_WARNINGS
    assert row.reason == "personnummer på 2 ställen: bedöm om avtalet ska vara sökbart"
    assert not re.search(r"\d{6}", row.reason)
