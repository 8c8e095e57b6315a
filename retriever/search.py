"""Ranked passages for a question, each with its highlights, its reasons and its citation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from indexer.swedish.words import Run
from retriever.citation import cite
from retriever.engine import Engine, Scored
from retriever.matching import Match, match_terms
from retriever.question import Question
from retriever.ranking import told, utilities
from retriever.types import Hit

RERANKED = 50
"""Passages that are read before the order is settled."""
SECTION_BONUS = 2.0
"""For a passage of the section that the question points to: it resolves, it does not search."""
NAMED_BONUS = 0.3
"""For a passage of an agreement that the question names by its title's words, so that it is among those read."""


def rank(
    engine: Engine, question: Question, scored: Scored, scope: NDArray[np.bool_]
) -> tuple[list[int], Mapping[int, float]]:
    """Rows in scope, best first, and the utilities of the first ones (`ranking`).

    Those of the section that is asked for come first.
    """
    scores = scored.fused.copy()
    if named := engine.named_by(question):
        scores += NAMED_BONUS * engine.rows_in(named).astype(np.float32)
    if question.section:
        scores += np.array([_section_bonus(engine, question.section, row) for row in range(len(scores))])
    order = np.argsort(-scores, kind="stable")
    best: list[int] = order[scope[order]].tolist()
    first = best[:RERANKED]
    if not first:
        return best, {}
    numbers = told(engine, question, scored, scope, first)
    fits = dict(zip(first, utilities(numbers).tolist(), strict=True))
    again = sorted(first, key=lambda row: (-fits[row], row))
    if section := question.section:
        again.sort(key=lambda row: -_section_bonus(engine, section, row))
    return [*again, *best[RERANKED:]], fits


def section_numbers(engine: Engine, row: int) -> list[str]:
    """The numbers of the sections that hold the passage, outermost first: "4" and "4.2"."""
    passage = engine.index.passages[row]
    return _numbers(engine.agreement(passage).sections[passage.section].path)


@lru_cache(maxsize=4096)
def _numbers(path: tuple[str, ...]) -> list[str]:
    return [re.sub(r"[^\d.]", "", name).strip(".") for name in path]


def _section_bonus(engine: Engine, number: str, row: int) -> float:
    """For the section that the question points to, and less for those inside it."""
    numbers = section_numbers(engine, row)
    if number not in numbers:
        return 0.0
    return SECTION_BONUS if numbers[-1] == number else SECTION_BONUS / 2


def hits(
    engine: Engine,
    question: Question,
    rows: Sequence[int],
    fused: NDArray[np.float32],
    cosines: NDArray[np.float32],
) -> tuple[Hit, ...]:
    """The rows as hits, rank 1 first."""
    return tuple(_hit(engine, question, rank, row, fused, cosines) for rank, row in enumerate(rows, 1))


def _hit(
    engine: Engine,
    question: Question,
    rank: int,
    row: int,
    fused: NDArray[np.float32],
    cosines: NDArray[np.float32],
) -> Hit:
    passage = engine.index.passages[row]
    match = match_terms(question.terms, _words(engine, row), engine.index.words.rarity)
    return Hit(
        rank=rank,
        score=round(float(min(1.0, max(0.0, fused[row]))), 6),
        agreement_id=passage.agreement_id,
        passage_id=passage.passage_id,
        text=passage.text,
        highlights=tuple((start - passage.start, end - passage.start) for start, end in match.spans),
        why=_why(match, float(cosines[row])),
        citation=cite(engine.agreement(passage), Span(passage.start, passage.end)),
    )


def _words(engine: Engine, row: int) -> Run:
    passage = engine.index.passages[row]
    return engine.words(passage.agreement_id, Span(passage.start, passage.end))


def _why(match: Match, cosine: float) -> tuple[str, ...]:
    named = ("frågans ord står i texten",) if any(s >= 1.0 for s in match.strengths) else ()
    return (*named, *match.why, f"likhet i betydelse {cosine:.2f}".replace(".", ","))
