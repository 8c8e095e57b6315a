"""A run: every case put to an asking callable, scored, timed. A crash is a row, not the end of the run."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.cases import Case, CaseType, check_cases
from evals.intervals import Interval, bootstrap_interval
from evals.metrics import Abstention, abstention_scores, all_citations
from evals.places import Sections
from evals.record import Given, GivenAgreement, GivenQuote, Row
from evals.risk import confidence
from evals.scoring import SCORE, score_case, unanswered_scores
from retriever.types import Answer

Asker = Callable[[str], Answer]

_QUOTES_KEPT = 3
_QUOTE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of the time to an answer, in milliseconds."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class TypeSummary:
    """A type's figures: every metric's mean and 95 % interval, by name, over the rows that have it."""

    type: CaseType
    metrics: Mapping[str, Interval]
    crashes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's figures: each type's, the score over all cases, abstention over all cases, and time."""

    types: tuple[TypeSummary, ...]
    overall: Interval
    abstention: Abstention
    latency: Latency


def run_cases(
    cases: Sequence[Case],
    ask: Asker,
    texts: Mapping[str, str],
    tick: Callable[[], None] = lambda: None,
    sections: Sections | None = None,
) -> tuple[Row, ...]:
    """One row a case, in order. `texts` are the canonical texts by agreement id, `sections` their sections, without
    which no section is graded; `tick` is called after each case. Raises CaseError before anything is asked when a case does not fit the texts.
    """
    check_cases(cases, texts)
    rows = []
    for case in cases:
        rows.append(_run_one(case, ask, texts, sections))
        tick()
    return tuple(rows)


def summarise(rows: Sequence[Row]) -> Summary:
    """The run's figures. Raises ValueError for no rows."""
    types = tuple(kind for kind in CaseType if any(row.type is kind for row in rows))
    times = [row.took_ms for row in rows]
    p50, p95, p99 = (float(value) for value in np.percentile(times, [50, 95, 99]))
    return Summary(
        types=tuple(_summarise_type(kind, [row for row in rows if row.type is kind]) for kind in types),
        overall=bootstrap_interval([row.scores[SCORE] for row in rows]),
        abstention=abstention_scores((row.scored_as is CaseType.UNANSWERABLE, row.abstained) for row in rows),
        latency=Latency(p50, p95, p99),
    )


def cases_sha256(paths: Iterable[Path]) -> str:
    """Hex SHA-256 of the case files' bytes in the order given: the name of the question set."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run_one(case: Case, ask: Asker, texts: Mapping[str, str], sections: Sections | None) -> Row:
    started = time.perf_counter()
    given: Given | None = None
    error: str | None = None
    scores = unanswered_scores(case, sections is not None)
    took_ms: float | None = None
    try:
        answer = ask(case.q)
        took_ms = (time.perf_counter() - started) * 1000
        scores = score_case(case, answer, texts, sections)
        given = _given(answer)
    except Exception as crash:  # noqa: BLE001 - whatever the system under test does, the run goes on
        error = f"{type(crash).__name__}: {crash}"
    return Row(
        id=case.id,
        type=case.type,
        scored_as=case.scoring,
        split=case.half,
        paraphrase=case.paraphrase,
        q=case.q,
        expected=tuple(case.expected),
        scores=scores,
        given=given,
        error=error,
        took_ms=took_ms if took_ms is not None else (time.perf_counter() - started) * 1000,
    )


def _given(answer: Answer) -> Given:
    shown = all_citations(answer)[:_QUOTES_KEPT]
    return Given(
        kind=answer.kind.value,
        statement=answer.statement,
        short_answer=answer.short_answer,
        abstained=answer.abstained,
        agreements=tuple(
            GivenAgreement(agreement_id=item.agreement_id, coverage=item.coverage.value)
            for item in answer.agreements
        ),
        quotes=tuple(
            GivenQuote(
                agreement_id=item.agreement_id,
                section=item.section_label,
                quote=item.quote[:_QUOTE_CHARACTERS],
            )
            for item in shown
        ),
        confidence=confidence(answer),
    )


def _summarise_type(kind: CaseType, rows: Sequence[Row]) -> TypeSummary:
    names = dict.fromkeys(name for row in rows for name in row.scores)
    return TypeSummary(
        type=kind,
        metrics={
            name: bootstrap_interval([row.scores[name] for row in rows if name in row.scores])
            for name in names
        },
        crashes=sum(row.error is not None for row in rows),
    )
