"""The kind of agreement that a question names, and which agreements it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.agreement_kinds import kinds_asked, of_kinds
from retriever.answer import ask
from retriever.engine import Engine
from retriever.types import Coverage

TEXTS = {
    "bibliotek.txt": "Samverkansavtal om bibliotek mellan Lurö kommun och Västerö kommun\n\nBöcker lånas ut i fyra veckor.\n",
    "förråd.txt": "Samarbetsavtal om förråd mellan Lurö kommun och Västerö kommun\n\nTvist prövas av allmän domstol.\n",
    "jour.txt": "Överenskommelse om idéburet offentligt partnerskap mellan Lurö kommun och Kvinnojouren Alma\n\nTelefonen är öppen varje dag.\n",
    "leder.txt": "Partnerskapsavtal om leder mellan Lurö kommun och Västerö kommun\n\nLederna röjs varje vår.\n",
    "rum.txt": "Blockhyresavtal om studentrum mellan Lurö kommun och Rum AB\n\nHyran är 90 000 kronor per år.\n",
    "mark.txt": "Arrendekontrakt om mark mellan Lurö kommun och Plogens AB\n\nMarken får inte bebyggas.\n",
    "plan.txt": "Programavtal om planer mellan Lurö kommun och Plogens AB\n\nPlanerna ska vara klara i maj.\n",
}


@pytest.fixture(scope="module")
def opened(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Vilka hyresavtal saknar försäkring?", ["rum"]),
        ("Vilka arrendeavtal saknar försäkring?", ["mark"]),
        ("Vilka partnerskap saknar försäkring?", ["jour", "leder"]),
        ("Vilka samverkansavtal saknar försäkring?", ["bibliotek", "förråd"]),
        ("Vilka ramavtal saknar försäkring?", []),
        ("Vilka överenskommelser saknar försäkring?", []),
    ],
)
def test_a_kind_is_told_by_another_tail_and_by_what_it_is_a_sort_of(
    opened: Engine, text: str, meant: list[str]
) -> None:
    kinds = kinds_asked(opened.understand(text))
    found = of_kinds(list(opened.index.agreements.values()), kinds)
    assert sorted(agreement.agreement_id for agreement in found) == meant


def test_what_lacks_something_is_asked_among_the_kind_that_is_named(opened: Engine) -> None:
    """ "Samverkansavtal" named no kind, so that every agreement was asked."""
    answer = ask(opened, "Vilka samverkansavtal saknar regler om snöröjning?")
    lacking = [a.agreement_id for a in answer.agreements if a.coverage is Coverage.EXPLICIT]
    assert sorted(lacking) == ["bibliotek", "förråd"]
    assert answer.interpreted.notes == ("Bara avtal av typen samverkansavtal prövades",)
    assert ask(opened, "Vilka köpeavtal saknar tvister?").completeness.searched == len(TEXTS)
