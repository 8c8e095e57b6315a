"""The list of what agreements call things by: every row can be read, and only what is written says it."""

from __future__ import annotations

import pytest

from indexer.swedish.words import words_of
from retriever.concepts import (
    CONCEPTS_FILE,
    NOTHING,
    Phrase,
    Sayings,
    longest_phrase,
    places_of,
    sayings_of,
)


def said(text: str) -> Sayings:
    return sayings_of([word.stem for word in words_of(text) if word.word not in ("i", "av", "om")])


def shown(phrase: str, text: str) -> list[str]:
    return [word.word for word in places_of(Phrase.of(phrase), words_of(text), window=5)]


def test_every_row_says_something_and_none_says_a_thing_twice() -> None:
    rows = [row for row in CONCEPTS_FILE.read_text("utf-8").splitlines() if row and not row.startswith("#")]
    assert len(rows) > 1400
    for row in rows:
        same, _, rest = row.replace("~", ">").partition(">")
        items = [item.strip() for item in (*same.split(","), *rest.replace(">", ",").split(","))]
        assert all(items[: same.count(",") + 1]), row
        assert all(Phrase.of(item).words for item in items if item), row


def test_what_says_the_same_says_it_both_ways_and_a_kind_only_one() -> None:
    assert "exjobb" in [phrase.text for phrase in said("examensarbete").same]
    assert "examensarbete" in [phrase.text for phrase in said("exjobb").same]
    assert "vfu" in [phrase.text for phrase in said("praktik").narrower]
    assert "praktik" in [phrase.text for phrase in said("vfu").near]
    assert "dagmamma" in [phrase.text for phrase in said("förskola").narrower]
    assert "förskola" not in [phrase.text for phrase in said("dagmamma").narrower]


def test_what_is_wider_in_one_row_is_not_the_same_for_another() -> None:
    told = said("ansvarsförsäkring")
    assert "försäkring" in [phrase.text for phrase in told.near]
    assert "försäkring" not in [phrase.text for phrase in (*told.same, *told.narrower)]
    assert "olycksfallsförsäkring" not in [phrase.text for phrase in (*told.same, *told.narrower)]
    wide = said("försäkring")
    assert "ansvarsförsäkring" in [phrase.text for phrase in (*wide.same, *wide.narrower)]


def test_a_phrase_is_asked_for_as_a_whole() -> None:
    assert "vfu" in [phrase.text for phrase in said("verksamhetsförlagd utbildning").same]
    assert sayings_of(["verksamhetsförlag"]) is NOTHING
    assert longest_phrase() >= 3


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("praktikplats", "Kommunen erbjuder praktikplatser åt tolv studenter.", ["praktikplatser"]),
        ("verksamhetsförlagd utbildning", "Utbildningen är verksamhetsförlagd.", ["utbildningen", "verksamhetsförlagd"]),
        ("verksamhetsförlagd utbildning", "Utbildningen sker här.", []),
        ("vil", "Allt annat vilar på avtalet.", []),  # an abbreviation is no verb
        ("vil", "VIL genomförs på våren.", ["vil"]),
        ("sandning", "Sand sopas upp.", []),  # what is left of a stem is not the word
        ("sandning", "Sandningen sköts av kommunen.", ["sandningen"]),
        ("lager", "Sekretess gäller enligt lagen, se sekretesslagen.", []),
        ("lager", "Varorna förvaras i ett kylt lager.", ["lager"]),
        ("villor", "Parterna vill bygga.", []),
        ("exklusiv", "Priset anges exklusive moms.", []),
        ("utan slutdatum", "Avtalet löper utan slutdatum.", ["utan", "slutdatum"]),
    ],
)  # fmt: skip
def test_a_phrase_is_said_by_its_own_words_in_any_form(phrase: str, text: str, found: list[str]) -> None:
    assert shown(phrase, text) == found


def test_a_verb_and_its_particle_are_one_word() -> None:
    assert Phrase.of("säga upp").stems == ("uppsäg",)
    assert shown("säga upp", "Avtalet kan sägas upp.") != []
    assert shown("säga upp", "Uppsägning sker skriftligen.") == ["uppsägning"]


def test_a_phrase_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no word"):
        Phrase.of("i av")
