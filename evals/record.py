"""A run as it is kept: one manifest and one row a case, in `evals/results/<name>-<commit>.json`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.types import AvtalError
from evals.cases import CASES_FOLDER, CaseType, Split

RESULTS_FOLDER = Path(__file__).parent / "results"
FORMAT_VERSION = 1


class ResultError(AvtalError):
    """A result file that cannot be read or compared: names the file, what was seen, what to run."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Machine(_Record):
    """What the run ran on, without names or paths."""

    system: str
    processor: str
    cores: int = Field(ge=1)
    memory_gib: float = Field(ge=0)
    python: str


class Manifest(_Record):
    """What produced the rows. `cases_sha256` names the questions, `generation` the index that answered."""

    format_version: int = FORMAT_VERSION
    name: str
    command: str
    commit: str
    created: str
    machine: Machine
    generation: str
    encoder: str
    case_files: tuple[str, ...]
    cases_sha256: str
    agreements: int = Field(ge=0)


class GivenAgreement(_Record):
    """An agreement the answer named, with the coverage it claimed."""

    agreement_id: str
    coverage: str


class GivenQuote(_Record):
    """A citation the answer gave, cut for the table."""

    agreement_id: str
    section: str
    quote: str


class Given(_Record):
    """What was answered, as much as a person needs to judge it.

    `confidence` is how sure the answer was of itself (`evals.risk`), None in runs stored before it was kept.
    """

    kind: str
    statement: str
    short_answer: str | None
    abstained: bool
    agreements: tuple[GivenAgreement, ...]
    quotes: tuple[GivenQuote, ...]
    confidence: float | None = Field(default=None, ge=0)


class Row(_Record):
    """One case of a run. `error` is set when asking crashed: `given` is then None and the scores are zero.

    `expected` are the agreements that belong in the answer, empty in runs stored before it was kept.
    """

    id: str
    type: CaseType
    scored_as: CaseType
    split: Split
    paraphrase: bool
    q: str
    expected: tuple[str, ...] = ()
    scores: dict[str, float]
    given: Given | None
    error: str | None
    took_ms: float = Field(ge=0)

    @property
    def abstained(self) -> bool:
        """True when the answer was "inget stöd"; a crash is not an abstention."""
        return self.given is not None and self.given.abstained


class Run(_Record):
    """A whole run."""

    manifest: Manifest
    rows: tuple[Row, ...]


def results_folder(case_files: Sequence[Path]) -> Path:
    """Where a run of these cases is kept: shipped cases in the ledger, own ones in `resultat` beside their file.

    A result file quotes the agreements, and own agreements have no place among the project's files.
    """
    own = [path for path in case_files if path.parent.resolve() != CASES_FOLDER.resolve()]
    return own[0].parent / "resultat" if own else RESULTS_FOLDER


def save_run(run: Run, folder: Path = RESULTS_FOLDER) -> Path:
    """Write `<name>-<commit>.json` and return its path; the same name and commit is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.manifest.name}-{run.manifest.commit}.json"
    path.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def load_run(path: Path) -> Run:
    """The run of a result file. Raises ResultError when it is missing or not one."""
    try:
        return Run.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ResultError(
            f"Resultatfilen {path.name} kan inte läsas ({error.strerror}); kör avtal eval run först."
        ) from error
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "filen"
        raise ResultError(
            f"{path.name} är ingen resultatfil (fel vid {place}); ange en fil som avtal eval run har skrivit."
        ) from error
