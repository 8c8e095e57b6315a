"""Two runs of the same cases: is B better than A, or is it noise? Per type, and case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.cases import CaseType
from evals.intervals import Interval, bootstrap_interval, holm_adjusted, randomisation_p
from evals.record import ResultError, Row, Run
from evals.scoring import SCORE

# A case counts as passed from half its headline score: rank 1 or 2, or more right than wrong in a list.
_PASS = 0.5
SIGNIFICANT_P = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A over one type (None: all cases): the paired mean's interval and the randomisation p.

    A type's p is corrected for there being several types; that of all cases is the one question asked, and is not.
    """

    type: CaseType | None
    before: float
    after: float
    change: Interval
    p: float

    @property
    def significant(self) -> bool:
        """True when p is below 0.05: more than noise."""
        return self.p < SIGNIFICANT_P

    @property
    def worse(self) -> bool:
        """True when the whole interval of the change lies below zero."""
        return self.change.high < 0


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that passed in one run and failed in the other, with both rows."""

    before: Row
    after: Row

    @property
    def gained(self) -> bool:
        """True when B passes what A failed."""
        return self.after.scores[SCORE] > self.before.scores[SCORE]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict of B against A. `same_cases` is false when the case files changed in between."""

    differences: tuple[Difference, ...]
    flips: tuple[Flip, ...]
    same_cases: bool


def compare_runs(before: Run, after: Run) -> Comparison:
    """Compare case by case. Raises ResultError when the runs do not hold the same case ids."""
    pairs = _pairs(before, after)
    kinds = [kind for kind in CaseType if any(old.type is kind for old, _ in pairs)]
    differences = [_difference(kind, [pair for pair in pairs if pair[0].type is kind]) for kind in kinds]
    adjusted = holm_adjusted([difference.p for difference in differences])
    differences = [replace(item, p=p) for item, p in zip(differences, adjusted, strict=True)]
    flips = [Flip(old, new) for old, new in pairs if _passed(old) != _passed(new)]
    return Comparison(
        differences=(*differences, _difference(None, pairs)),
        flips=tuple(flips),
        same_cases=before.manifest.cases_sha256 == after.manifest.cases_sha256,
    )


def _pairs(before: Run, after: Run) -> list[tuple[Row, Row]]:
    old = {row.id: row for row in before.rows}
    new = {row.id: row for row in after.rows}
    only = sorted(set(old) ^ set(new))
    if only or not old:
        seen = f"{only[0]} finns bara i den ena" if only else "de är tomma"
        raise ResultError(
            f"{before.manifest.name} och {after.manifest.name} har inte samma fall ({seen}); "
            "kör avtal eval run med samma --cases och --split för båda."
        )
    return [(old[name], new[name]) for name in old]


def _difference(kind: CaseType | None, pairs: Sequence[tuple[Row, Row]]) -> Difference:
    old = [row.scores[SCORE] for row, _ in pairs]
    new = [row.scores[SCORE] for _, row in pairs]
    changes = [after - before for before, after in zip(old, new, strict=True)]
    return Difference(
        type=kind,
        before=sum(old) / len(old),
        after=sum(new) / len(new),
        change=bootstrap_interval(changes),
        p=randomisation_p(changes),
    )


def _passed(row: Row) -> bool:
    return row.scores[SCORE] >= _PASS
