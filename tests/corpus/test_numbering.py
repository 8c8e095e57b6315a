"""Gaps in an agreement's numbering are named by the numbers around them."""

from __future__ import annotations

import pytest

from corpus.numbering import numbering_gaps
from corpus.types import Section


def section(*path: str, heading: str = "") -> Section:
    return Section(path, f"{path[-1]} {heading}".strip() if path else "", heading, len(path), 0, 0, 0)


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        (["§ 1", "§ 2", "§ 3"], []),
        (["§ 1", "§ 2", "§ 3", "§ 5"], [("§ 3", "§ 5")]),
        (["1 §", "3 §", "7 §"], [("1 §", "3 §"), ("3 §", "7 §")]),
        (["Bilaga 1", "Bilaga 3"], [("Bilaga 1", "Bilaga 3")]),
        (["Kap. 1", "Kap. 3"], [("Kap. 1", "Kap. 3")]),
        (["9", "10", "12"], [("10", "12")]),
        (["§ 1", "§ 2", "§ 1", "§ 2"], []),
        (["§ 4", "Bilaga 1", "§ 5"], []),
        (["§ 2", "§ 2 a", "§ 3", "§ 4 a"], []),
    ],
)
def test_a_gap_names_both_its_neighbours(numbers: list[str], gaps: list[tuple[str, str]]) -> None:
    assert list(numbering_gaps([section(number) for number in numbers])) == gaps


def test_numbers_are_compared_below_the_same_heading() -> None:
    tree = [
        section("4"),
        section("4", "4.1"),
        section("4", "4.2"),
        section("5"),
        section("5", "5.1"),
        section("5", "5.3"),
    ]
    assert numbering_gaps(tree) == (("5.1", "5.3"),)


def test_a_heading_of_words_is_no_number() -> None:
    tree = [section("Budget 2021", heading="Budget 2021"), section("Budget 2024", heading="Budget 2024")]
    assert numbering_gaps(tree) == ()


def test_a_text_without_numbers_has_no_gaps() -> None:
    assert numbering_gaps([section(), section("Syfte", heading="Syfte")]) == ()
