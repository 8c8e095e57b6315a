"""A ranker as a system that answers: the same call, cases and metrics as the product.

A ranker shows passages. Its set of agreements for a list question is by a stated rule: every agreement with a passage at
or above a threshold, which is the one that gives the highest mean F1 on the tune half's list questions. It gives no short
answer, does not know what is lacking, and is never silent: cases of those kinds are not put to it, and facts are judged
by where the quote is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.types import Span
from evals.cases import Case, CaseType, Split
from evals.metrics import set_scores
from evals.rankers import Rank, Scores
from evals.record import Row
from evals.run import Asker, run_cases
from evals.scoring import SCORE, SHORT_ANSWER
from evals.system import System
from retriever.citation import cite
from retriever.engine import Engine, ordered
from retriever.types import (
    Answer,
    AnswerKind,
    Completeness,
    Coverage,
    CoveredAgreement,
    Hit,
    Interpreted,
)

RANKED = (CaseType.LIST, CaseType.LOCATE, CaseType.FACT, CaseType.LOOKUP)
"""Types, by how they are scored, that a ranker can answer."""
_STEPS = 100
_GROUNDED = "grounded_answer"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which score a passage puts its agreement in the set. `relative`: of the question's best score."""

    value: float
    relative: bool

    def passed(self, best: Mapping[str, float]) -> set[str]:
        """The agreements at or above it, of each agreement's best score."""
        least = self.value * max(best.values(), default=0.0) if self.relative else self.value
        return {name for name, score in best.items() if score > 0 and score >= least}


def ranked_cases(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that a ranker can answer: of the types of `RANKED`, facts only where a quote says where."""
    return tuple(
        case
        for case in cases
        if case.scoring in RANKED and (case.quotes or case.scoring is not CaseType.FACT)
    )


def run_ranked(system: System, cases: Sequence[Case], asker: Asker) -> tuple[Row, ...]:
    """A row for each of `ranked_cases`; a fact's score is RR@10 of its quote."""
    rows = run_cases(ranked_cases(cases), asker, system.texts, sections=system.sections)
    return tuple(as_ranked(row) for row in rows)


def as_ranked(row: Row) -> Row:
    """A fact's row with the score of finding its quote, and without those of a short answer."""
    if row.scored_as is not CaseType.FACT:
        return row
    kept = {name: value for name, value in row.scores.items() if name not in (SHORT_ANSWER, _GROUNDED)}
    return row.model_copy(update={"scores": kept | {SCORE: kept["RR@10"]}})


def answering(engine: Engine, rank: Rank, threshold: Threshold | None, limit: int) -> Asker:
    """The ranker as an asking callable: at most `limit` hits, and the set of agreements where there is a threshold."""

    def ask(question: str) -> Answer:
        scores = rank(question)
        best = best_by_agreement(engine, scores)
        named = threshold.passed(best) if threshold is not None else set()
        shown = sorted(named, key=lambda name: (-best[name], name))
        rows = [row for row in ordered(scores)[:limit] if scores[row] > 0]
        return _answer(
            engine,
            [CoveredAgreement(name, name, Coverage.EXPLICIT, _unit(best[name]), ()) for name in shown],
            [_hit(engine, place, row, scores) for place, row in enumerate(rows, 1)],
        )

    return ask


def best_by_agreement(engine: Engine, scores: Scores) -> dict[str, float]:
    """The score of each agreement's best passage."""
    best: dict[str, float] = {}
    for passage, score in zip(engine.index.passages, scores.tolist(), strict=True):
        best[passage.agreement_id] = max(score, best.get(passage.agreement_id, 0.0))
    return best


def chosen_threshold(engine: Engine, rank: Rank, cases: Sequence[Case]) -> Threshold | None:
    """The best of 100 absolute and 100 relative thresholds on the tune half's list questions; None without any."""
    tune = [case for case in cases if case.half is Split.TUNE and case.scoring is CaseType.LIST]
    if not tune:
        return None
    found = [(best_by_agreement(engine, rank(case.q)), _explicit(case)) for case in tune]
    every = np.array([score for best, _ in found for score in best.values()])
    absolute = np.unique(np.quantile(every, np.linspace(0, 1, _STEPS)))
    candidates = [
        *(Threshold(float(value), relative=False) for value in absolute),
        *(Threshold(float(share), relative=True) for share in np.linspace(0.01, 1, _STEPS)),
    ]
    return max(
        candidates,
        key=lambda each: sum(set_scores(each.passed(best), wanted).f1 for best, wanted in found),
    )


def _explicit(case: Case) -> set[str]:
    return {agreement for agreement, grade in case.expected.items() if grade is Coverage.EXPLICIT}


def _hit(engine: Engine, place: int, row: int, scores: Scores) -> Hit:
    passage = engine.index.passages[row]
    citation = cite(engine.agreement(passage), Span(passage.start, passage.end))
    score = _unit(float(scores[row]))
    return Hit(place, score, passage.agreement_id, passage.passage_id, passage.text, (), (), citation)


def _unit(score: float) -> float:
    return min(1.0, max(0.0, score))


def _answer(engine: Engine, agreements: Sequence[CoveredAgreement], hits: Sequence[Hit]) -> Answer:
    return Answer(
        kind=AnswerKind.PASSAGES if hits else AnswerKind.NONE,
        statement=f"{len(hits)} stycken.",
        short_answer=None,
        short_answer_span=None,
        agreements=tuple(agreements),
        citations=(),
        completeness=Completeness(len(engine.index.agreements), len(agreements), 0),
        abstained=not hits,
        reason=None,
        nearest=(),
        hits=tuple(hits),
        interpreted=Interpreted(),
        generation=engine.index.generation,
        took_ms=0.0,
    )
