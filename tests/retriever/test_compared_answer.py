"""Skillnaden i … mellan … och …: each agreement with its own clause, and those that are silent named."""

from __future__ import annotations

from retriever.answer import ask
from retriever.engine import Engine
from retriever.types import AnswerKind


def test_two_agreements_beside_each_other(engine: Engine) -> None:
    answer = ask(
        engine, "Vad skiljer kostnaderna åt mellan avtalet med Åkerby kommun och avtalet med Simlaget AB?"
    )
    assert answer.kind is AnswerKind.AGREEMENTS
    assert "skola/åkerby" in {a.agreement_id for a in answer.agreements}
    assert answer.completeness.searched >= 2


def test_who_says_nothing_is_named(engine: Engine) -> None:
    answer = ask(engine, "Jämför vitet i ramavtalet och hyresavtalet")
    assert [a.agreement_id for a in answer.agreements] == ["vägar/snö och is"]
    assert "ett vite om 4 000 kronor" in answer.statement
    assert "Hyresavtal mellan Granboda kommun och Tallviks AB säger inget om vitet." in answer.statement


def test_nothing_to_compare_is_an_honest_no(engine: Engine) -> None:
    assert ask(engine, "Vad är skillnaden i moms mellan ramavtalet och hyresavtalet?").abstained
