"""Suggestions: names, words that begin with what is typed, compounds that hold it, and letters without marks."""

from __future__ import annotations

import pytest

from retriever.engine import Engine
from retriever.suggestions import Suggester, Suggestion, SuggestionKind

RAMAVTAL = "Ramavtal om snöröjning mellan Åkerby kommun och Plogens AB"


@pytest.fixture(scope="module")
def suggester(engine: Engine) -> Suggester:
    return Suggester(engine.index)


def texts(suggester: Suggester, typed: str, most: int = 8) -> list[str]:
    return [suggestion.text for suggestion in suggester.suggest(typed, most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("plog", "Plogens AB"), ("PLOG", "Plogens AB"), ("snörö", RAMAVTAL), ("badmä", "badmästarna"), ("åker", "Åkerby kommun")],
)  # fmt: skip
def test_they_begin_with_what_is_typed(suggester: Suggester, typed: str, first: str) -> None:
    assert texts(suggester, typed)[0] == first


def test_compounds_that_hold_it_come_after_words_that_begin_with_it(suggester: Suggester) -> None:
    found = texts(suggester, "försörj")
    assert found[0] == "försörjning"
    assert set(found) == {"försörjning", "vattenförsörjning", "värmeförsörjning", "kompetensförsörjning"}


def test_a_word_inside_another_that_is_no_part_of_it_is_not_offered(suggester: Suggester) -> None:
    assert texts(suggester, "ning") == []


def test_letters_without_marks_find_those_with_them_when_nothing_else_is_found(suggester: Suggester) -> None:
    assert texts(suggester, "akerby")[:3] == [
        "Åkerby kommun",
        RAMAVTAL,
        "Samverkansavtal mellan Åkerby kommun och Högskolan Dalarna",
    ]
    assert "praktikplatser" in texts(suggester, "praktik")
    assert texts(suggester, "varmefor") == ["värmeförsörjning"]


def test_the_last_of_several_words_is_completed(suggester: Suggester) -> None:
    assert texts(suggester, "uppsägning av kompetensu") == ["uppsägning av kompetensutveckling"]
    assert texts(suggester, "ramavtal plog")[0] == RAMAVTAL


def test_each_says_what_it_is(suggester: Suggester) -> None:
    assert suggester.suggest("plog")[:2] == (
        Suggestion("Plogens AB", SuggestionKind.PARTY),
        Suggestion(RAMAVTAL, SuggestionKind.TITLE, "vägar/snö och is"),
    )


def test_names_leave_room_for_words(suggester: Suggester) -> None:
    kinds = {suggestion.kind for suggestion in suggester.suggest("h", 4)}
    assert SuggestionKind.WORD in kinds
    assert len(kinds) > 1


@pytest.mark.parametrize("typed", ["", "  ", "zzz", "…", "\x00"])
def test_nothing_is_offered_for_nothing(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == ()


@pytest.mark.parametrize("most", [1, 3, 8])
def test_at_most_so_many_and_each_once(suggester: Suggester, most: int) -> None:
    found = texts(suggester, "k", most)
    assert len(found) == len(set(found)) <= most
    assert found
