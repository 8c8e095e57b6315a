"""Fit the weights of the short answers: a conditional logit with no answer as one alternative, drawn towards the present weights.

    python -m evals.fit_facts INDEX:CASES[:tune] … [--penalty P] [--folds K]

Prints what K-fold cross-validation gives at each certainty, and the weights to paste into retriever/fact_weights.py.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from evals.cases import load_cases
from evals.fact_choices import Choice, choices_of
from evals.system import system_of
from retriever.engine import open_engine
from retriever.fact_weights import NONE, WEIGHTS

Numbers = NDArray[np.float64]
LEVELS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Problem:
    """The choices as matrices: `rows[i]` (candidates, names), the last columns the constants of no answer by family."""

    names: Sequence[str]
    families: Sequence[str]
    choices: Sequence[Choice]
    rows: Sequence[Numbers]

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> Problem:
        """Over every name that has a weight."""
        names, families = list(WEIGHTS), list(NONE)
        rows = [
            np.array([[told.get(name, 0.0) for name in names] for told in c.told]).reshape(-1, len(names))
            for c in choices
        ]
        return cls(names, families, choices, rows)

    @property
    def present(self) -> Numbers:
        """The weights in use, then the constants of no answer."""
        return np.array([*(WEIGHTS[n] for n in self.names), *(NONE[f] for f in self.families)])

    def certainties(self, place: int, weights: Numbers) -> Numbers:
        """P of each candidate of one choice."""
        scores = self._utilities(place, weights)
        return np.asarray(np.exp(scores[1:] - logsumexp(scores)))

    def _utilities(self, place: int, weights: Numbers) -> Numbers:
        none = weights[len(self.names) + self.families.index(self.choices[place].family)]
        return np.concatenate([[none], self.rows[place] @ weights[: len(self.names)]])

    def loss(self, weights: Numbers, places: Sequence[int], penalty: float) -> tuple[float, Numbers]:
        """The penalised negative log-likelihood and its gradient."""
        away = weights - self.present
        total, slope = penalty * float(away @ away) / 2, penalty * away
        for place in places:
            choice = self.choices[place]
            scores = self._utilities(place, weights)
            right = np.array([not any(choice.right), *choice.right])
            every = np.exp(scores - logsumexp(scores))
            wanted = np.where(right, np.exp(scores - logsumexp(scores[right])), 0.0)
            total -= choice.weight * float(logsumexp(scores[right]) - logsumexp(scores))
            pull = choice.weight * (every - wanted)
            slope[: len(self.names)] += pull[1:] @ self.rows[place]
            slope[len(self.names) + self.families.index(choice.family)] += pull[0]
        return total, slope

    def fitted(self, places: Sequence[int], penalty: float) -> Numbers:
        """The weights that fit the choices at `places` best."""
        found = minimize(self.loss, self.present, args=(places, penalty), jac=True, method="L-BFGS-B")
        return np.asarray(found.x)

    def outcome(self, place: int, weights: Numbers) -> tuple[float, bool]:
        """The certainty of the best candidate, all that say the same added up, and whether it is right."""
        sure = self.certainties(place, weights)
        if not len(sure):
            return 0.0, False
        best = int(sure.argmax())
        return float(sure[list(self.choices[place].same[best])].sum()), self.choices[place].right[best]


def _folds(problem: Problem, count: int) -> list[list[int]]:
    """Places by fold; a question and its copies stay together."""
    ids = sorted({c.case_id for c in problem.choices})
    random.Random(5).shuffle(ids)
    fold = {case_id: place % count for place, case_id in enumerate(ids)}
    return [[i for i, c in enumerate(problem.choices) if fold[c.case_id] == k] for k in range(count)]


def cross_validated(problem: Problem, penalty: float, folds: int) -> dict[int, tuple[float, bool]]:
    """The outcome of each choice by weights that were fitted without it."""
    found: dict[int, tuple[float, bool]] = {}
    for held_out in _folds(problem, folds):
        rest = [i for i in range(len(problem.choices)) if i not in set(held_out)]
        weights = problem.fitted(rest, penalty)
        found |= {place: problem.outcome(place, weights) for place in held_out}
    return found


def table(choices: Sequence[Choice], outcomes: Mapping[int, tuple[float, bool]]) -> list[str]:
    """A line for each certainty: facts answered rightly and wrongly, and unanswerable questions left unanswered."""
    asked = [(c, outcomes[i]) for i, c in enumerate(choices) if c.asked and i in outcomes]
    facts = [o for c, o in asked if c.answerable]
    empty = [o for c, o in asked if not c.answerable]
    lines = [f"{len(facts)} frågor med svar, {len(empty)} utan; nivå: rätt, fel, tysta utan svar"]
    for level in LEVELS:
        right = sum(ok and sure >= level for sure, ok in facts)
        wrong = sum(not ok and sure >= level for sure, ok in facts)
        silent = sum(sure < level for sure, _ in empty)
        lines.append(
            f"  {level:.2f}: {right / max(1, len(facts)):.3f} {wrong / max(1, len(facts)):.3f} {silent / max(1, len(empty)):.3f}"
            f"  tillsammans {(right + silent) / max(1, len(asked)):.3f}"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect, fit, report."""
    parser = argparse.ArgumentParser(description="Fit the weights of the short answers.")
    parser.add_argument("sets", nargs="+", metavar="INDEX:CASES[:tune]")
    parser.add_argument("--penalty", type=float, default=0.5)
    parser.add_argument("--folds", type=int, default=8)
    options = parser.parse_args(arguments)
    choices: list[Choice] = []
    of_set: list[tuple[str, int]] = []
    for each in options.sets:
        index, cases, *half = each.split(":")
        engine = open_engine(Path(index))
        used = [case for case in load_cases(Path(cases)) if not half or case.half == half[0]]
        choices += choices_of(engine, used, system_of(engine, 10).texts)
        of_set.append((each, len(choices)))
    problem = Problem.of(choices)
    now = {place: problem.outcome(place, problem.present) for place in range(len(choices))}
    tested = cross_validated(problem, options.penalty, options.folds)
    first = 0
    for name, last in [*of_set, ("alla", len(choices))]:
        own = range(0 if name == "alla" else first, last)
        for how, outcomes in (("nuvarande vikter", now), ("korsvaliderat", tested)):
            print(f"{name}, {how}: ", *table(choices, {i: outcomes[i] for i in own}), sep="\n")
        first = last
    weights = problem.fitted(range(len(choices)), options.penalty)
    for name, old, new in zip(
        [*problem.names, *(f"NONE {f}" for f in problem.families)], problem.present, weights, strict=True
    ):
        print(f'    "{name}": {new:.1f},' + (f"  # {old:.1f}" if round(new, 1) != old else ""))


if __name__ == "__main__":
    main()
