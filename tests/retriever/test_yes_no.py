"""Ja and nej where the words carry no negation of their own."""

from __future__ import annotations

import pytest

from retriever.yes_no import _is_opposed, _reply


@pytest.mark.parametrize(
    ("asked", "words", "reply"),
    [
        ("Kan avtalet fortfarande förlängas?", "Optionen att förlänga avtalet utgår.", "Nej"),
        ("Får leverantören vite?", "Vid försenat svar utgår vite med 5 000 kronor.", "Ja"),
        ("Kostar det något att låna?", "Lån är avgiftsfria.", "Nej"),
        ("Får uppgifter lagras utanför EU?", "All lagring ska ske inom EU.", "Nej"),
        ("Måste parterna förhandla först?", "Avtalet kan sägas upp utan förhandling.", "Nej"),
        ("Hindrar avtalet fler parter?", "Utformningen utgör inget hinder för fler parter.", "Nej"),
        ("Får underleverantör anlitas hur som helst?", "Underleverantör får anlitas efter skriftligt godkännande.", "Nej"),
        ("Får underleverantör anlitas?", "Underleverantör får anlitas efter skriftligt godkännande.", "Ja"),
        ("Får föreningen behålla pengarna?", "Medel som är kvar ska betalas tillbaka.", "Nej"),
        ("Får bolaget använda rönen utan att betala?", "Bolaget har kostnadsfri och icke-exklusiv rätt till rönen.", "Ja"),
        ("Does the agreement cover student exchange?", "Student exchange is not covered by this Memorandum.", "Nej"),
        ("Finns det några pengar i avtalet?", "Varje part bär sina egna kostnader.", "Nej"),
        ("Står parterna för sina egna kostnader?", "Varje part bär sina egna kostnader.", "Ja"),
        ("Får boken läsas hemifrån?", "Boken får läsas på plats i biblioteket.", "Nej"),
        ("Får boken läsas på distans?", "Boken får läsas på plats eller på distans.", "Ja"),
        ("Kan tvisten avgöras av skiljemän?", "Skiljeförfarande är uteslutet.", "Nej"),
        ("Tar museet betalt för lånet?", "Lånet är avgiftsfritt.", "Nej"),
        ("Är det klart vem som betalar?", "Det är inte bestämt vem som ska betala.", "Nej"),
    ],
)  # fmt: skip
def test_the_reply(asked: str, words: str, reply: str) -> None:
    assert _reply(asked, words, _is_opposed(asked, words)) == reply
