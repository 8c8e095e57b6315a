"""Contact roles and who holds them: roles, never persons."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat


def roles(text: str) -> list[tuple[str, str]]:
    """Role and holder of each contact."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, f"Avtal om hamnen\n\n{text}\n"), "a")
    return [(f.value, f.detail) for f in agreement.facts if f.name is FactName.CONTACT_ROLE]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Hamnchefen är kontaktperson.", [("kontaktperson", "Hamnchefen")]),
        ("Regionens avtalscontroller är kontaktperson för avtalet.", [("kontaktperson", "Regionens avtalscontroller")]),
        ("Avtalsansvarig hos kommunen är chefsjuristen.", [("avtalsansvarig", "chefsjuristen")]),
        ("För regionen är hamnkaptenen kontaktperson.", [("kontaktperson", "hamnkaptenen")]),
        ("Kontaktperson: enhetschefen för hamnen", [("kontaktperson", "enhetschefen för hamnen")]),
        ("Beredskapschefen förvaltar överenskommelsen.", [("förvaltare", "Beredskapschefen")]),
        ("Frågor om avtalet besvaras av processledaren.", [("kontaktperson", "processledaren")]),
        (
            "Hamnchefen är kontaktperson i driftfrågor och kommunens jurist i övriga frågor.",
            [("kontaktperson", "Hamnchefen"), ("kontaktperson", "kommunens jurist")],
        ),
        ("Hamnchefen är sammankallande och kontaktperson.", [("kontaktperson", "Hamnchefen")]),
    ],
)  # fmt: skip
def test_a_role_and_its_holder(sentence: str, found: list[tuple[str, str]]) -> None:
    assert roles(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Kontaktperson är Karin Ek.",
        "Leverantören är kontaktperson.",
        "Parterna utser varsin kontaktperson.",
        "Kontaktpersonen kallar till möten.",
    ],
)
def test_persons_and_parties_hold_no_role(sentence: str) -> None:
    assert roles(sentence) == []
