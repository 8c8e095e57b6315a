"""Which party "kommunen" or "Bolaget" stands for."""

from __future__ import annotations

import pytest

from retriever.owners import roles_of

_LEASE = """Parter
Granboda kommun, nedan Hyresvärden, och Ladan Kultur AB (Hyresgästen) är överens.
"""
_PARTIES = ("Granboda kommun", "Ladan Kultur AB")


@pytest.mark.parametrize(
    ("noun", "party"),
    [
        ("kommunen", "Granboda kommun"),
        ("hyresvärden", "Granboda kommun"),
        ("hyresgästen", "Ladan Kultur AB"),
        ("bolaget", "Ladan Kultur AB"),
    ],
)
def test_a_role_stands_for_its_party(noun: str, party: str) -> None:
    assert roles_of(_LEASE, _PARTIES)[noun] == frozenset([party])


def test_kommunen_is_each_of_two() -> None:
    parties = ("Granboda kommun", "Åkerby kommun")
    assert roles_of("Granboda kommun och Åkerby kommun", parties)["kommunen"] == frozenset(parties)


@pytest.mark.parametrize("line", ["Personuppgiftsbiträde: Skolnod AB", "Biträde är Skolnod AB."])
def test_a_label_gives_the_role_that_the_text_speaks_of(line: str) -> None:
    assert roles_of(line, ("Skolnod AB",))["biträdet"] == frozenset(["Skolnod AB"])
