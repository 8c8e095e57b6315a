"""Draft cases: the feedback that the server has kept, one JSON line each, until a person has decided on it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.cases import CaseError

DRAFTS = "utkast.jsonl"
LOCK = "utkast.lock"


class DraftVerdict(StrEnum):
    """What a reader said: the hit is right, it is wrong, or an agreement is missing from the answer."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


class DraftHit(BaseModel):
    """The hit that a verdict is on, with the index's words at the time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement_id: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text_sha256: str
    quote: str


class Draft(BaseModel):
    """One line of the drafts' file, as `POST /api/feedback` writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int
    day: str
    generation: str
    q: str
    verdict: DraftVerdict
    hit: DraftHit | None


def load_drafts(folder: Path) -> tuple[Draft, ...]:
    """The drafts of the folder, oldest first; none where nothing has come in. Raises CaseError for a broken line."""
    if not folder.is_dir():
        raise CaseError(
            f"Mappen {folder} finns inte; ange den mapp som servern sparar omdömen i (AVTAL_FEEDBACK) med --drafts."
        )
    return tuple(_parse(line, number) for number, line in enumerate(_lines(folder), 1))


def drop_draft(folder: Path, draft: Draft) -> None:
    """Take the draft, and others that say the same, out of the file; the server may be adding to it meanwhile."""
    with _locked(folder):
        kept = [
            line for number, line in enumerate(_lines(folder), 1) if not same(_parse(line, number), draft)
        ]
        fresh = folder / f"{DRAFTS}.ny"
        fresh.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        fresh.replace(folder / DRAFTS)


def same(one: Draft, other: Draft) -> bool:
    """True for the same question and verdict on the same place, whenever it was said."""
    return (one.q, one.verdict, one.hit) == (other.q, other.verdict, other.hit)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone with the file: the server holds the same lock while it adds a line."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lines(folder: Path) -> list[str]:
    path = folder / DRAFTS
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [line for line in text.split("\n") if line.strip()]


def _parse(line: str, number: int) -> Draft:
    try:
        return Draft.model_validate_json(line)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "raden"
        raise CaseError(
            f"{DRAFTS}, rad {number}: fel vid {place}; raden är inget utkast, ta bort den för hand."
        ) from error
