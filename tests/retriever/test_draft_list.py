"""What nobody has signed yet: told by the file's name or by how the text opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.engine import Engine

TEXTS = {
    "badet utkast2.txt": "Avtal om badet mellan Lurö kommun och Badhusdrift AB\n\nBadet hålls öppet hela året.\n",
    "färjan.txt": "UTKAST 2024-03-01\n\nAvtal om färjan mellan Lurö kommun och Västerö kommun\n\nFärjan går varje dag.\n",
    "praktik.txt": "[Mall – fastställd 2021. Fyll i namnen.]\n\nAvtal om praktik vid Lurö kommun\n\nPraktiken är på heltid.\n",
    "ärende.txt": "TJÄNSTESKRIVELSE\n\nFörslag till beslut\n\nNämnden föreslås godkänna avtalet om sporthallen med Lurö kommun.\n",
    "vägar.txt": "Avtal om vägar mellan Lurö kommun och Plogens AB\n\nTillägg ska vara undertecknade. Mallen för dem är bilaga 1.\n",
}


@pytest.fixture(scope="module")
def opened(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vilka dokument är inte påskrivna än?", {"badet utkast2", "färjan", "praktik", "ärende"}),
        ("Vilka avtal har inte undertecknats ännu?", {"badet utkast2", "färjan", "praktik", "ärende"}),
        ("Vilka avtal är bara utkast?", {"badet utkast2", "färjan"}),
        ("Vilka dokument är mallar?", {"praktik"}),
    ],
)
def test_a_draft_or_a_form_is_told_by_its_name_or_its_opening(
    opened: Engine, text: str, expected: set[str]
) -> None:
    assert {each.agreement_id for each in ask(opened, text).agreements} == expected
