"""Fits the weights of the set answers: `python -m evals.fit_sets INDEX=CASES[:half] …` (docs/decisions/set-answers.md).

Each list question that meaning is weighed for gives its agreements' evidence, with who is expected; a logistic with no
weight below zero is fitted, and measured by leaving out a tenth of the questions at a time. Never give it a test half.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.cases import Case, CaseType, indexed_cases
from retriever.asked import put
from retriever.engine import open_engine
from retriever.set_answer import by_words, meaning_of, told_by_cards, weighs_meaning
from retriever.set_evidence import evidence_of
from retriever.set_meaning import (
    BIAS,
    EXISTS,
    EXISTS_BIAS,
    LEAST_EXISTS,
    LEAST_LIKELY,
    WEIGHTS,
    best_set,
    most_of,
)
from retriever.types import Coverage, Filters, QuestionKind

Numbers = NDArray[np.float64]
FOLDS = 10
PENALTY = 2e-4
RELATED = 0.5
"""How much of a right agreement a related one is."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question's agreements: `numbers` float64 (agreements, weights), `right` and `stated` bool by agreement, `grade` 0..1.
    `most`: what speaks for some agreement being right. `wanted`: how many agreements are expected."""

    numbers: Numbers
    grade: Numbers
    right: NDArray[np.bool_]
    stated: NDArray[np.bool_]
    most: Numbers
    wanted: int


def askings(index: Path, cases: Sequence[Case]) -> Iterator[Asking]:
    """The questions of the index's cases that meaning is weighed for; unanswerable ones have nothing right."""
    engine = open_engine(index)
    for case in cases:
        if case.scoring not in (CaseType.LIST, CaseType.UNANSWERABLE):
            continue
        asked = put(engine, case.q, Filters(), 10)
        if (
            asked.question.kind is not QuestionKind.AGREEMENTS
            or told_by_cards(asked)
            or not weighs_meaning(asked)
        ):
            continue
        judged = by_words(asked)
        meant, labels = meaning_of(asked)
        evidence = {
            name: each
            for name, each in evidence_of(asked, judged, meant, labels).items()
            if asked.holds_names(name)
        }
        if not evidence:
            continue
        stated = {j.agreement.agreement_id for j in judged if j.coverage is Coverage.EXPLICIT}
        grades = [case.expected.get(name) for name in evidence]
        yield Asking(
            np.array([each.numbers for each in evidence.values()]),
            np.array([1.0 if g is Coverage.EXPLICIT else RELATED if g else 0.0 for g in grades]),
            np.array([g is Coverage.EXPLICIT for g in grades]),
            np.array([name in stated for name in evidence]),
            np.array(most_of(evidence.values(), asked.likeness)),
            sum(g is Coverage.EXPLICIT for g in case.expected.values()),
        )


def fitted(numbers: Numbers, grade: Numbers, weight: Numbers) -> Numbers:
    """Bias and weights of the logistic with the least weighed loss, none of the weights below zero."""
    spread = numbers.std(axis=0) + 1e-9

    def loss(told: Numbers) -> tuple[float, Numbers]:
        heights = numbers @ told[1:] + told[0]
        wrong = weight * (1 / (1 + np.exp(-heights)) - grade)
        value = float((weight * (np.logaddexp(0, heights) - grade * heights)).sum())
        slope = np.concatenate([[wrong.sum()], numbers.T @ wrong + 2 * PENALTY * told[1:] * spread**2])
        return value + PENALTY * float(((told[1:] * spread) ** 2).sum()), slope

    bounds = [(None, None), *[(0, None)] * numbers.shape[1]]
    start = np.zeros(numbers.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x)


def fit_sets(rows: Sequence[Asking]) -> Numbers:
    """The weights of `set_meaning`; each question counts the same, however many agreements it is asked of."""
    answerable = [row for row in rows if row.right.any()]
    weight = np.concatenate([np.full(len(row.grade), 1 / len(row.grade)) for row in answerable])
    numbers = np.vstack([row.numbers for row in answerable])
    return fitted(numbers, np.concatenate([row.grade for row in answerable]), weight / weight.sum())


def fit_exists(rows: Sequence[Asking]) -> Numbers:
    """The weights of "some agreement is", which is asked where no text states the subject: right is a question with an
    answer. Needs both kinds."""
    rows = [row for row in rows if not row.stated.any()]
    numbers = np.vstack([row.most for row in rows])
    grade = np.array([float(row.right.any()) for row in rows])
    return fitted(numbers, grade, np.full(len(rows), 1 / len(rows)))


def chosen(row: Asking, told: Numbers, exists: Numbers) -> NDArray[np.bool_]:
    """The set that the weights choose, bool by agreement; none where it is unlikely that there is one."""
    if not row.stated.any() and _chance(row.most[None], exists)[0] < LEAST_EXISTS:
        return np.zeros(len(row.right), dtype=np.bool_)
    chances = _chance(row.numbers, told)
    best = best_set({str(at): float(chance) for at, chance in enumerate(chances)})
    inside = np.array([str(at) in best for at in range(len(chances))])
    return (inside & (chances >= LEAST_LIKELY)) | row.stated


def f1(row: Asking, told: Numbers, exists: Numbers) -> float:
    """F1 of the set against the expected; of an unanswerable question 1 for no set."""
    given = chosen(row, told, exists)
    if not row.wanted:
        return float(not given.any())
    return 2 * float((given & row.right).sum()) / (int(given.sum()) + row.wanted)


def cross_validated(rows: Sequence[Asking]) -> list[float]:
    """F1 of each question by weights that were fitted without it."""
    order = np.random.default_rng(0).permutation(len(rows))
    scores: dict[int, float] = {}
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        kept = [row for at, row in enumerate(rows) if at not in out]
        told, exists = fit_sets(kept), fit_exists(kept)
        scores |= {at: f1(rows[at], told, exists) for at in out}
    return [scores[at] for at in range(len(rows))]


def _chance(numbers: Numbers, told: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(numbers @ told[1:] + told[0]))))


def main(arguments: Sequence[str]) -> None:
    """Print each set's F1 with the present weights and cross-validated, then the weights fitted on all."""
    found: list[tuple[str, list[Asking]]] = []
    for argument in arguments:
        index, cases = indexed_cases(argument)
        found.append((argument, list(askings(index, cases))))
    rows = [row for _, each in found for row in each]
    now, exists_now = np.array([BIAS, *WEIGHTS]), np.array([EXISTS_BIAS, *EXISTS])
    left_out = iter(cross_validated(rows))
    for name, each in found:
        answerable = [row for row in each if row.wanted]
        present = np.mean([f1(row, now, exists_now) for row in each])
        scores = np.mean([next(left_out) for _ in each])
        print(
            f"{name}: {len(answerable)} + {len(each) - len(answerable)} questions, F1 {present:.3f} now, {scores:.3f} left out"
        )
    told, exists = fit_sets(rows), fit_exists(rows)
    print("BIAS, WEIGHTS =", np.round(told[0], 2), tuple(np.round(told[1:], 2).tolist()))
    print("EXISTS_BIAS, EXISTS =", np.round(exists[0], 2), tuple(np.round(exists[1:], 2).tolist()))


if __name__ == "__main__":
    main(sys.argv[1:])
