"""Everyday questions and the clauses that answer them, our own wording: the files in `clauses/` beside this module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CLAUSES_FOLDER = Path(__file__).with_name("clauses")
HELD_OUT = 6
"""Every sixth clause of a file is kept from the training, with its questions: they measure what the rest has taught."""


@dataclass(frozen=True, slots=True)
class Everyday:
    """A clause and the ways in which somebody who has never read it would ask for it."""

    clause: str
    questions: tuple[str, ...]
    held_out: bool


def everyday(folder: Path = CLAUSES_FOLDER) -> list[Everyday]:
    """The rows of all files, in the order of the files' names. Raises ValueError for a row without questions or clause."""
    return [row for path in sorted(folder.glob("*.txt")) for row in _rows_of(path)]


def _rows_of(path: Path) -> Iterator[Everyday]:
    number = 0
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        asked, _, clause = row.partition("=>")
        questions = tuple(" ".join(one.split()) for one in asked.split("|") if one.strip())
        if not clause.strip() or not questions:
            raise ValueError(f"{path.name}: not 'question | question => clause': {row[:60]}")
        yield Everyday(clause.strip(), questions, number % HELD_OUT == 0)
        number += 1
