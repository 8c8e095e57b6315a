"""Words that mean nearly the same are each other's kin."""

from __future__ import annotations

from pathlib import Path

import pytest

import indexer.swedish.families
from indexer.swedish.families import kin_of
from indexer.swedish.stems import stem
from indexer.swedish.stopwords import STOPWORDS

ROWS = [
    row.split()
    for row in Path(indexer.swedish.families.__file__)
    .with_name("families.txt")
    .read_text("utf-8")
    .splitlines()
    if row and not row.startswith("#")
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uppsägning", "avsluta"),
        ("hyra", "lokal"),
        ("vfu", "praktik"),
        ("giltighet", "löptid"),
        ("samverka", "samarbete"),
    ],
)
def test_kin_reach_each_other_by_stem(one: str, other: str) -> None:
    assert stem(other) in kin_of(stem(one))
    assert stem(one) in kin_of(stem(other))


def test_every_row_makes_kin_of_all_its_words() -> None:
    for row in ROWS:
        stems = {stem(word) for word in row}
        assert len(stems) >= 2, row
        assert all(stems - {base} <= kin_of(base) for base in stems)


def test_being_kin_goes_both_ways_and_nobody_is_kin_to_itself() -> None:
    for base in {stem(word) for row in ROWS for word in row}:
        assert base not in kin_of(base)
        assert all(base in kin_of(other) for other in kin_of(base))


def test_a_word_of_two_families_has_the_kin_of_both() -> None:
    duty = kin_of(stem("skyldighet"))
    assert {stem("ansvar"), stem("åtagande")} <= duty
    assert stem("åtagande") not in kin_of(stem("ansvar"))


def test_a_word_of_no_family_has_no_kin() -> None:
    assert kin_of(stem("hamn")) == frozenset()


def test_no_function_word_has_kin() -> None:
    assert [word for row in ROWS for word in row if word in STOPWORDS] == []
