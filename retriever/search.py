"""Ranked passages for a question, each with its highlights, its reasons and its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from indexer.swedish.words import Run
from retriever.citation import cite
from retriever.engine import Engine
from retriever.matching import KIN, STATED, Match, match_terms, near_any, strengths_of
from retriever.question import Question, Term
from retriever.types import Hit
from retriever.versions import replaced

HEADING_STRENGTH = 0.8
"""A term in the passage's header counts this much of one in its text."""
RERANKED = 50
"""Passages whose sentences are read before the order is settled."""
STATED_BONUS = 0.2
"""For a passage with one sentence that speaks of the whole subject."""
NAMED_STATED_BONUS = 0.6
"""The same where the question names the agreement: "Hur säger man upp avtalet om digital vårdcentral?"."""
SECTION_BONUS = 2.0
"""For a passage of the section that the question points to: it resolves, it does not search."""
REPLACED_LOSS = 0.02
"""For a passage of an agreement that another in scope replaces: it comes after a new version that says the same."""
NAMED_BONUS = 0.3
"""For a passage of an agreement that the question names by its title's words: right clause, right agreement."""


def rank(
    engine: Engine, question: Question, fused: NDArray[np.float32], scope: NDArray[np.bool_]
) -> list[int]:
    """Rows in scope, best first."""
    scores = fused.copy()
    named = engine.named_by(question)
    if named:
        scores += NAMED_BONUS * engine.rows_in(named).astype(np.float32)
    for agreement_id in replaced(engine.index.links, lambda newer: bool(scope[engine.rows_of(newer)].any())):
        scores[engine.rows_of(agreement_id)] -= REPLACED_LOSS
    if question.section:
        scores += np.array(
            [_section_bonus(engine, question.section, row) for row in range(len(scores))], dtype=np.float32
        )
    order = np.argsort(-scores, kind="stable")
    best: list[int] = order[scope[order]].tolist()
    again = best[:RERANKED]
    terms = _asked_of(engine, question, named)
    bonus = STATED_BONUS if terms == question.terms else NAMED_STATED_BONUS
    stated = {row: float(scores[row]) + bonus * sentence_support(engine, terms, row) for row in again}
    return [*sorted(again, key=lambda row: (-stated[row], row)), *best[RERANKED:]]


def _asked_of(engine: Engine, question: Question, named: frozenset[str]) -> tuple[Term, ...]:
    """What is asked of the agreements that the question names: its terms without those that name them."""
    naming = {atom for name in named for atom in engine.title_atoms(name)}
    rest = tuple(term for term in question.terms if naming.isdisjoint((term.stem, *term.atoms)))
    return rest or question.terms


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


def sentence_support(engine: Engine, terms: Sequence[Term], row: int) -> float:
    """Share of the terms that the passage's best sentence speaks of under its header: 0..1."""
    passage = engine.index.passages[row]
    rarity = engine.index.words.rarity
    header = strengths_of(terms, engine.titled(passage.header), rarity)
    total = sum(term.weight for term in terms)
    best = sum(term.weight * HEADING_STRENGTH * h for term, h in zip(terms, header, strict=True))
    near = near_any(terms)
    for _, words in engine.read_sentences(passage):
        if near.isdisjoint(words.atoms):
            continue
        strengths = strengths_of(terms, words, rarity)
        found = zip(terms, strengths, header, strict=True)
        best = max(best, sum(term.weight * max(s, HEADING_STRENGTH * h) for term, s, h in found))
    return best / total if total else 0.0


def support(engine: Engine, question: Question, row: int) -> float:
    """Share of the question's subject, weighted by rarity, that the passage or its header speaks of: 0..1."""
    rarity = engine.index.words.rarity
    passage = engine.index.passages[row]
    text = strengths_of(question.terms, _words(engine, row), rarity)
    above = engine.titled(passage.header)
    if any(term.named for term in question.terms):
        above = Run((*above, *engine.front(engine.agreement(passage))))
    header = strengths_of(question.terms, above, rarity)
    strongest = [max(a, b) for a, b in zip(text, header, strict=True)]
    if any(
        (t.named and s < STATED) or (t.head and s < KIN)
        for t, s in zip(question.terms, strongest, strict=True)
    ):
        return 0.0
    total = sum(term.weight for term in question.terms)
    found = sum(
        t.weight * max(a, HEADING_STRENGTH * b) for t, a, b in zip(question.terms, text, header, strict=True)
    )
    return found / total if total else 0.0


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
