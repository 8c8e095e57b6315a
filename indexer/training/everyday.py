"""Everyday questions and the clauses that answer them, our own wording: `everyday.txt` beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EVERYDAY_FILE = Path(__file__).with_name("everyday.txt")
HELD_OUT = 6
"""Every sixth clause is kept from the training, with its questions: they measure what the rest has taught."""


@dataclass(frozen=True, slots=True)
class Everyday:
    """A clause and the ways in which somebody who has never read it would ask for it."""

    clause: str
    questions: tuple[str, ...]
    held_out: bool


def everyday(path: Path = EVERYDAY_FILE) -> list[Everyday]:
    """The rows of the file, in order. Raises ValueError for a row without questions or clause."""
    found: list[Everyday] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        asked, _, clause = row.partition("=>")
        questions = tuple(" ".join(one.split()) for one in asked.split("|") if one.strip())
        if not clause.strip() or not questions:
            raise ValueError(f"{path.name}: not 'question | question => clause': {row[:60]}")
        found.append(Everyday(clause.strip(), questions, len(found) % HELD_OUT == 0))
    return found
