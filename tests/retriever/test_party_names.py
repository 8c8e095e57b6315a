"""Parties in a question: every name of theirs, found without compiling a pattern a question."""

from __future__ import annotations

import pytest

from retriever.party_names import is_among, named_at, place_at


@pytest.mark.parametrize(
    ("party", "text", "named"),
    [
        ("Granboda kommun", "Vad gäller med Granboda kommun?", "Granboda kommun"),
        ("Granboda kommun", "vad gäller i GRANBODA  kommuns avtal?", "GRANBODA  kommuns"),
        ("Granboda kommun", "Vad gäller i Nygranboda kommun?", None),
        ("Fabel Teknik AB", "Vad levererar Fabel Teknik?", "Fabel Teknik"),
        ("ABC", "vad säger abc om saken?", None),
        ("ABC", "Vad säger ABC om saken?", "ABC"),
    ],
)
def test_a_party_is_named_by_any_of_its_names(party: str, text: str, named: str | None) -> None:
    span = named_at(party, text)
    assert (text[slice(*span)] if span else None) == named


def test_a_place_is_a_word_of_its_own_with_or_without_genitive() -> None:
    found = place_at("Granboda", "avtal med granbodas skolor")
    assert found is not None and found.group() == "granbodas"
    assert place_at("Granboda", "avtal med Granbodatrakten") is None


def test_a_short_name_that_is_a_word_of_the_language_is_named_by_its_capital() -> None:
    assert named_at("Föreningen Öppna", "Vem får bestämma att förråden ska öppnas?") is None
    assert named_at("Föreningen Öppna", "Vad har vi med Öppna att göra?") is not None
    assert named_at("Föreningen Öppna", "vad har vi med föreningen öppna?") is not None


@pytest.mark.parametrize(
    ("parties", "among"),
    [
        (("Granboda kommun", "Förbundet Folkhand"), True),
        (("Granboda kommun", "Förbundet Folkhand avdelning 14"), True),
        (("Granboda kommun", "Förbundet Folkhand, regionsektionen"), True),
        (("Granboda kommun", "Förbundet Folkhandlarna"), False),
        (("Granboda kommun", "Förbundet Folkhand och Vän"), False),
    ],
)
def test_a_section_of_a_party_is_the_party(parties: tuple[str, ...], among: bool) -> None:
    assert is_among("Förbundet Folkhand", parties) is among
