"""The gate: does the code as it is answer any type of question worse than the ledger says?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.types import AvtalError
from evals.compare import Comparison, Difference, compare_runs
from evals.record import ResultError, Row, Run
from evals.wording import ALL_TYPES, TYPE_NAMES, number, signed

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"


class GateError(AvtalError):
    """A type of question is answered worse than the ledger says: names the types with both figures."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the gate found. `unmatched` cases are new or changed since the ledger's run, and were not compared."""

    comparison: Comparison
    fallen: tuple[Difference, ...]
    unmatched: int


def pass_gate(ledger: Run, now: Run) -> Passage:
    """Compare `now` with the ledger's run on the cases that both hold with the same question.

    A type has fallen where the whole 95 % interval of its change lies below zero. Raises ResultError where the two have
    no case in common.
    """
    before = {(row.id, row.q): row for row in ledger.rows}
    after = {(row.id, row.q): row for row in now.rows}
    common = [key for key in after if key in before]
    if not common:
        raise ResultError(
            f"Liggarens körning {ledger.manifest.name} vid {ledger.manifest.commit} har inget fall gemensamt med "
            "fallen som de är nu; kör avtal eval run och checka in resultatet."
        )
    comparison = compare_runs(
        _with(ledger, [before[key] for key in common]), _with(now, [after[key] for key in common])
    )
    fallen = tuple(difference for difference in comparison.differences if difference.worse)
    return Passage(comparison, fallen, len(after) - len(common))


def refuse_fallen(passage: Passage) -> None:
    """Raise GateError, naming every type that has fallen; return where none has."""
    if passage.fallen:
        told = "; ".join(_told(difference) for difference in passage.fallen)
        raise GateError(
            f"Grinden är stängd, svaren är sämre än i liggaren: {told}. Rätta ändringen, eller kör avtal eval run och "
            "checka in resultatet om försämringen är avsedd."
        )


def build_samples(root: Path) -> None:
    """Index the sample agreements into `root` by the encoder in the box, without text recognition."""
    # Imported here because they bring the encoder's libraries: `--help` must not wait for them.
    from corpus.sandbox import Limits, Reader
    from indexer.build import build_index
    from indexer.encoder import open_encoder

    with Reader(Limits(ocr_seconds=0)) as reader:
        build_index(SAMPLES, root, open_encoder(), reader.read)


def _with(run: Run, rows: list[Row]) -> Run:
    return run.model_copy(update={"rows": tuple(rows)})


def _told(difference: Difference) -> str:
    name = TYPE_NAMES[difference.type] if difference.type is not None else ALL_TYPES
    change = difference.change
    return (
        f"{name} {number(difference.before)} → {number(difference.after)} "
        f"({signed(change.low)} till {signed(change.high)})"
    )
