"""A world of two agreements and the answers that a system could give in it."""

from __future__ import annotations

import pytest

from retriever.types import Answer, AnswerKind, Completeness, Interpreted


@pytest.fixture
def silence() -> Answer:
    """An abstention: the blank that tests fill in with `dataclasses.replace`."""
    return Answer(
        kind=AnswerKind.NONE,
        statement="Inget stöd funnet. Alla 2 är genomsökta.",
        short_answer=None,
        short_answer_span=None,
        agreements=(),
        citations=(),
        completeness=Completeness(searched=2, covering=0, uncertain=0),
        abstained=True,
        reason="inget stöd",
        nearest=(),
        hits=(),
        interpreted=Interpreted(),
        generation="g1",
        took_ms=1.0,
    )


@pytest.fixture
def texts() -> dict[str, str]:
    """Canonical texts by agreement id."""
    return {
        "hyra": "§ 1 Hyran är 5 kr.\n§ 2 Avtalet gäller till 2030.\n§ 3 Hunden får inte följa med.",
        "vård": "§ 1 Vården sker hemma.\n§ 2 Avtalet gäller till 2031.",
    }
