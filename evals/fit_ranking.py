"""Fits the weights of the passages' order: `python -m evals.fit_ranking INDEX=CASES[:half] …` (docs/decisions/ranking.md).

Each question whose passage is known gives its first passages as a choice among them; a conditional logit is fitted, and
measured by leaving out an argument's questions at a time. Never give it a test half.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.cases import Case, CaseType, indexed_cases, quote_spans
from retriever.asked import put
from retriever.engine import open_engine
from retriever.ranking import WEIGHTS, told
from retriever.search import RERANKED
from retriever.types import Filters, QuestionKind

Numbers = NDArray[np.float64]
PENALTY = 1e-3
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question's first passages: `numbers` float64 (passages, weights), and which of them hold what is asked for, bool."""

    kind: QuestionKind
    numbers: Numbers
    right: NDArray[np.bool_]


def rankings(index: Path, cases: Sequence[Case]) -> Iterator[Ranking]:
    """The questions of the index's cases that ask for a passage or a fact whose place is known."""
    engine = open_engine(index)
    texts = {name: agreement.text for name, agreement in engine.index.agreements.items()}
    for case in cases:
        asked = put(engine, case.q, Filters(), DEPTH)
        listed = asked.question.kind is QuestionKind.AGREEMENTS and not asked.question.open_ended
        if case.scoring not in (CaseType.LOCATE, CaseType.FACT) or listed or asked.question.section:
            continue
        if not (spans := quote_spans(case, texts)):
            continue
        rows = asked.rows[:RERANKED]
        passages = [engine.index.passages[row] for row in rows]
        right = [
            any(p.agreement_id == name and p.start < span.end and span.start < p.end for name, span in spans)
            for p in passages
        ]
        numbers = told(engine, asked.question, asked.scored, asked.scope, rows)
        kind = QuestionKind.FACT if case.scoring is CaseType.FACT else QuestionKind.PASSAGES
        yield Ranking(kind, numbers, np.array(right))


def fitted(rows: Sequence[Ranking]) -> Numbers:
    """The weights with the least penalised loss; questions whose passage is not among the first tell nothing."""
    rows = [row for row in rows if row.right.any()]
    numbers = np.vstack([row.numbers for row in rows])
    spread = numbers.std(axis=0) + 1e-9
    firsts = np.cumsum([0, *(len(row.right) for row in rows[:-1])])
    question = np.repeat(np.arange(len(rows)), [len(row.right) for row in rows])
    right = np.concatenate([row.right for row in rows]).astype(np.float64)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        heights = numbers @ weights
        parts = np.exp(heights - np.maximum.reduceat(heights, firsts)[question])
        chances = parts / np.add.reduceat(parts, firsts)[question]
        found = np.add.reduceat(chances * right, firsts)
        slope = numbers.T @ (chances - chances * right / found[question]) / len(rows)
        value = -float(np.log(found).mean()) + PENALTY * float(((weights * spread) ** 2).sum())
        return value, slope + 2 * PENALTY * weights * spread**2

    return np.asarray(minimize(loss, np.zeros(numbers.shape[1]), jac=True, method="L-BFGS-B").x)


def reciprocal_rank(row: Ranking, weights: Numbers) -> float:
    """1 / the rank of the first right passage among the first ten; 0 where none is there."""
    order = np.argsort(-(row.numbers @ weights), kind="stable")[:DEPTH]
    places = np.flatnonzero(row.right[order])
    return 1 / (int(places[0]) + 1) if len(places) else 0.0


def _mean_by_kind(found: Mapping[str, Sequence[Ranking]], weights: Mapping[str, Numbers]) -> str:
    """MRR of places and of facts, each set by its own weights."""
    scores: dict[QuestionKind, list[float]] = {}
    for name, rows in found.items():
        for row in rows:
            scores.setdefault(row.kind, []).append(reciprocal_rank(row, weights[name]))
    return ", ".join(f"{kind.value} {np.mean(each):.3f} ({len(each)})" for kind, each in scores.items())


def main(arguments: Sequence[str]) -> None:
    """Print the order's MRR with the present weights and by those fitted without each set, then the weights fitted on all."""
    found = {argument: list(rankings(*indexed_cases(argument))) for argument in arguments}
    now = np.array([*WEIGHTS.values()])
    sets = {name: name.partition("=")[0] for name in found}
    without = {
        name: fitted([row for other, rows in found.items() if sets[other] != sets[name] for row in rows])
        for name in found
    }
    print("now:", _mean_by_kind(found, dict.fromkeys(found, now)))
    print("left out:", _mean_by_kind(found, without))
    weights = fitted([row for rows in found.values() for row in rows])
    print("WEIGHTS =", dict(zip(WEIGHTS, np.round(weights, 2).tolist(), strict=True)))


if __name__ == "__main__":
    main(sys.argv[1:])
