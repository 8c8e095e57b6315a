"""A world of two agreements and the answers that a system could give in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evals.cases import CaseType, Split
from evals.machine import this_machine
from evals.record import Given, Manifest, Row, Run
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


@pytest.fixture
def made_row() -> Callable[..., Row]:
    """Makes a row of that score, whose answer said "svar på <name>" and was as sure as it was right."""

    def make(name: str, score: float, kind: CaseType = CaseType.LOOKUP, took_ms: float = 10.0) -> Row:
        given = Given(
            kind="passages",
            statement=f"svar på {name}",
            short_answer=None,
            abstained=False,
            agreements=(),
            quotes=(),
            confidence=score,
        )
        return Row(
            id=name,
            type=kind,
            scored_as=kind,
            split=Split.TUNE,
            paraphrase=False,
            q=f"Fråga {name}?",
            scores={"score": score},
            given=given,
            error=None,
            took_ms=took_ms,
        )

    return make


@pytest.fixture
def made_run() -> Callable[..., Run]:
    """Makes a run of the rows, made at noon of the day `created`."""

    def make(
        rows: Sequence[Row],
        name: str = "samples",
        commit: str = "0123456789",
        created: str = "2026-01-01",
    ) -> Run:
        manifest = Manifest(
            name=name,
            command="avtal eval run",
            commit=commit,
            created=f"{created}T12:00:00+00:00",
            machine=this_machine(),
            generation="g1",
            encoder="liten",
            case_files=("fall.jsonl",),
            cases_sha256="ab",
            agreements=2,
        )
        return Run(manifest=manifest, rows=tuple(rows))

    return make
