"""Compounds come apart into known stems; other words stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.swedish.compounds import is_listed, parts_of
from indexer.swedish.stems import stem


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kompetensförsörjning", ("kompetens", "försörjning")),
        ("kompetensförsörjningen", ("kompetens", "försörjning")),
        ("avtalstid", ("avtal", "tid")),
        ("samverkansavtal", ("samverkan", "avtal")),
        ("hyresavtal", ("hyra", "avtal")),
        ("uppsägningstid", ("uppsägning", "tid")),
        ("näringslivet", ("näring", "liv")),
        ("barnomsorg", ("barn", "omsorg")),
        ("parkeringsplatser", ("parkering", "plats")),
        ("forskningssamverkan", ("forskning", "samverkan")),
    ],
)
def test_a_compound_gives_the_stems_of_its_parts(word: str, parts: tuple[str, ...]) -> None:
    assert parts_of(word) == tuple(stem(part) for part in parts)


def test_a_long_part_comes_apart_again() -> None:
    assert parts_of("räddningstjänstförbund")[:2] == parts_of("räddningstjänst")
    assert len(parts_of("räddningstjänstförbund")) == 3


@pytest.mark.parametrize(
    "word",
    [
        "praktik",
        "avtal",
        "verksamhet",
        "parkering",
        "universitet",
        "region",
        "överenskommelse",
        "part",
        "hyran",
        "",
    ],
)
def test_a_word_that_is_no_compound_has_no_parts(word: str) -> None:
    assert parts_of(word) == ()


@pytest.mark.parametrize("word", ["2021", "avtal2021", "e-tjänst", "covid19avtal", "a b"])
def test_what_is_not_all_letters_has_no_parts(word: str) -> None:
    assert parts_of(word) == ()


def test_the_list_knows_words_in_any_form() -> None:
    assert is_listed("avtal") and is_listed("avtalets") and is_listed("försörjningen")
    assert not is_listed("qzxvw")


PIECES = ["avtal", "avtals", "kommun", "samverkans", "tid", "plats", "lag", "xyz", "försörjning", "en", "ö"]


@settings(max_examples=120)
@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=4).map("".join), st.text("abdeiklnorstå", max_size=14)
    )
)
def test_a_word_has_no_parts_or_at_least_two_none_empty(word: str) -> None:
    parts = parts_of(word)
    assert len(parts) != 1
    assert all(len(part) >= 3 for part in parts)
    assert sum(len(part) for part in parts) <= len(word)


@pytest.mark.parametrize(
    "word", ["kontrakt", "kontroll", "ekonomisk", "människor", "transporter", "omfattande", "kommunerna"]
)
def test_a_simple_word_is_no_compound(word: str) -> None:
    assert parts_of(word) == ()


def test_arbetsliv_is_found_by_arbete() -> None:
    assert parts_of("arbetsliv") == (stem("arbete"), stem("liv"))


def test_a_compound_of_compounds_comes_apart() -> None:
    assert parts_of("personuppgiftsbiträdesavtal") == ("person", "uppgift", "biträd", "avtal")
