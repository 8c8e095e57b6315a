"""The development sets as records: questions with one right passage, and sentence pairs with a score."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.training.sources import read_objects

RETRIEVAL_SETS = {"swefaq": "swefaq_dev", "swequad": "swequad_mc_training"}


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """`right[i]` is the row in `passages` that answers `questions[i]`."""

    questions: list[str]
    passages: list[str]
    right: list[int]


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Sentence pairs and how alike people found them, 0–5."""

    left: list[str]
    right: list[str]
    scores: list[float]


def retrieval_set(folder: Path, name: str) -> RetrievalSet:
    """A set of `RETRIEVAL_SETS`; the pool is every passage that is right for some question."""
    rows = list(read_objects(folder / f"{RETRIEVAL_SETS[name]}.jsonl.xz"))
    passages = list(dict.fromkeys(row["pos"] for row in rows))
    place = {passage: number for number, passage in enumerate(passages)}
    return RetrievalSet([row["q"] for row in rows], passages, [place[row["pos"]] for row in rows])


def scored_pairs(folder: Path) -> ScoredPairs:
    """The Swedish STS development pairs."""
    rows = list(read_objects(folder / "stsb_sv_dev.jsonl.xz"))
    return ScoredPairs(
        [row["a"] for row in rows], [row["b"] for row in rows], [float(row["score"]) for row in rows]
    )


def translations(folder: Path) -> tuple[list[str], list[str]]:
    """English news sentences and their Swedish translations, row by row."""
    rows = list(read_objects(folder / "ntrex128_en_sv.jsonl.xz"))
    return [row["en"] for row in rows], [row["sv"] for row in rows]
