"""What a "vem" or "vilken" can be answered by."""

from __future__ import annotations

import re

import pytest

from retriever.which_sorts import can_be_told, is_actor, is_outsider, is_person, is_thing


@pytest.mark.parametrize(
    ("asked", "wording", "statement", "can"),
    [
        ("Vilken adress har badet?", "Granboda", "Badet i Granboda öppnar.", False),
        ("Vilken adress har badet?", "Strandvägen 3", "Badet ligger på Strandvägen 3.", True),
        ("Vilken e-postadress har badet?", "bad@granboda.se", "Skriv till bad@granboda.se.", True),
        ("Vilken adress har badet?", "i fastigheten Ugglan 3", "Badet ligger i fastigheten Ugglan 3.", False),
        ("Vilken färg ska bussen ha?", "Bussen", "Bussen ska gå på el.", False),
        ("Vilken färg ska bussen ha?", "Bussen", "Bussen ska vara grön.", True),
        ("Vilken buss går till badet?", "linje 4", "Till badet går linje 4.", True),
    ],
)
def test_an_address_and_a_colour_are_told_as_such(
    asked: str, wording: str, statement: str, can: bool
) -> None:
    assert can_be_told(asked, wording, statement) is can


def test_who_is_asked_for() -> None:
    assert is_actor("Vilken revisionsbyrå granskar boken?")
    assert not is_actor("Vilken avgift tar banken ut?")
    assert is_outsider("Vilket försäkringsbolag har klubben?")
    assert not is_outsider("Vilket bolag bygger hallen?")
    assert is_person("Vad heter professorn i juridik?")
    assert not is_person("Vad heter föreningen?")


@pytest.mark.parametrize(
    ("asked", "wording", "thing"),
    [
        ("Vem bestämmer betyget?", "Omdömet", True),
        ("Vem bestämmer betyget?", "Universitetet", False),
        ("Vem bestämmer betyget?", "Biträdet", False),
        ("Vad bestämmer betyget?", "Omdömet", False),
    ],
)
def test_a_thing_does_nothing(asked: str, wording: str, thing: bool) -> None:
    assert is_thing(asked, wording, re.compile(r"(?i)universitetet"), {"biträdet"}) is thing
