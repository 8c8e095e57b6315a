"""How right the clause labels are, type by type, against evals/truth/clauses.

`python -m evals.clauses INDEX [tune|test|held]`, with an index of corpus/samples; the wrong ones are shown of the tune
half only. samples.toml was read before the rules were written, and half its agreements, by a hash of their id, are for
tuning; held.toml was read when the rules were done.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.types import AvtalError
from evals.cases import Split
from retriever.clause_labels import ClauseLabel
from retriever.clause_types import clause_types
from retriever.engine import open_engine

_FOLDER = Path(__file__).parent / "truth" / "clauses"
TRUTH, HELD_TRUTH = _FOLDER / "samples.toml", _FOLDER / "held.toml"
HELD = "held"
LabelsOf = Callable[[str], Mapping[str, ClauseLabel]]


@dataclass(frozen=True, slots=True)
class ClauseTruth:
    """The types that an agreement has, and those that two readers could differ on. Every other type is absent."""

    has: frozenset[str]
    unsure: frozenset[str]


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """Counts of (agreement, type): `right` labelled and there, `wrong` labelled and absent, `missed` there only."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: ClauseScore) -> ClauseScore:
        return ClauseScore(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share 0..1 of the labels that are right; 1 without labels."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share 0..1 of the clauses there that are labelled; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_truth(path: Path = TRUTH) -> dict[str, ClauseTruth]:
    """The truth by agreement id. Raises AvtalError for a type that does not exist or is both there and unsure."""
    found: dict[str, ClauseTruth] = {}
    for agreement_id, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
        has, unsure = frozenset(row["has"]), frozenset(row.get("unsure", ()))
        wrong = sorted(((has | unsure) - set(clause_types())) | (has & unsure))
        if wrong:
            raise AvtalError(
                f"{path}: {agreement_id} har {', '.join(wrong)}; varje typ ska finnas i clause_types.toml och nämnas en gång"
            )
        found[agreement_id] = ClauseTruth(has, unsure)
    return found


def half_of(agreement_id: str) -> Split:
    """The half that the agreement belongs to, by a hash of its id."""
    return (Split.TUNE, Split.TEST)[hashlib.sha256(agreement_id.encode()).digest()[0] % 2]


def score_agreement(truth: ClauseTruth, labelled: Iterable[str]) -> dict[str, ClauseScore]:
    """The agreement's score in every type; one on which readers differ counts neither way."""
    given = set(labelled)
    return {
        key: ClauseScore(
            int(key in given and key in truth.has),
            int(key in given and key not in truth.has),
            int(key not in given and key in truth.has),
        )
        for key in clause_types()
        if key not in truth.unsure
    }


def score_all(truth: Mapping[str, ClauseTruth], labels_of: LabelsOf) -> dict[str, ClauseScore]:
    """Each type's score over the agreements, and that of all together under ""."""
    total: dict[str, ClauseScore] = {key: ClauseScore() for key in (*clause_types(), "")}
    for agreement_id, known in truth.items():
        for key, score in score_agreement(known, labels_of(agreement_id)).items():
            total[key] += score
            total[""] += score
    return total


def mistakes(truth: Mapping[str, ClauseTruth], labels_of: LabelsOf) -> list[str]:
    """Each label that is wrong, with why it was given, and each clause that was missed: a line each."""
    found: list[str] = []
    for agreement_id, known in truth.items():
        labels = labels_of(agreement_id)
        for key, score in score_agreement(known, labels).items():
            if score.wrong:
                found.append(f"{key}: {agreement_id} fick den för {labels[key].why}")
            if score.missed:
                found.append(f"{key}: {agreement_id} har den")
    return sorted(found)


def print_scores(scores: Mapping[str, ClauseScore], console: Console) -> None:
    """Precision, recall and F1 of each type, then of all together."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("Typ", "Precision", "Täckning", "F1", "Finns"):
        table.add_column(column, justify="left" if column == "Typ" else "right")
    for key, score in scores.items():
        name = clause_types()[key].sv if key else "alla"
        figures = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        table.add_row(name, *figures, str(score.right + score.missed))
    console.print(table)


def main(arguments: Sequence[str]) -> None:
    """The half's figures, and for the tune half its mistakes. Raises AvtalError without an index of the samples."""
    if not arguments:
        raise AvtalError("ange mappen med ett index över corpus/samples")
    half = arguments[1] if len(arguments) > 1 else Split.TUNE.value
    engine = open_engine(Path(arguments[0]))
    known = read_truth(HELD_TRUTH if half == HELD else TRUTH)
    there = (name for name in known if name in engine.index.agreements)
    truth = {name: known[name] for name in there if half in (HELD, half_of(name).value)}
    console = Console(width=160, highlight=False)
    console.print(f"{len(truth)} avtal, halva: {half}")
    print_scores(score_all(truth, engine.clauses.main), console)
    if half == Split.TUNE.value:
        for line in mistakes(truth, engine.clauses.main):
            console.print(line, markup=False)


if __name__ == "__main__":
    main(sys.argv[1:])
