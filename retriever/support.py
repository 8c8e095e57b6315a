"""How far a passage speaks of what is asked: as a whole under its header, and in its best sentence."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Span
from indexer.swedish.words import Run
from retriever.engine import Engine
from retriever.matching import KIN, STATED, near_any, strengths_of
from retriever.question import Question, Term

HEADING_STRENGTH = 0.8
"""A term in the passage's header counts this much of one in its text."""


def asked_of(engine: Engine, question: Question, named: frozenset[str]) -> tuple[Term, ...]:
    """What is asked of the agreements that the question names: its terms without those that name them."""
    naming = {atom for name in named for atom in engine.title_atoms(name)}
    rest = tuple(term for term in question.terms if naming.isdisjoint((term.stem, *term.atoms)))
    return rest or question.terms


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
    text = strengths_of(question.terms, _words_of(engine, row), rarity)
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


def _words_of(engine: Engine, row: int) -> Run:
    passage = engine.index.passages[row]
    return engine.words(passage.agreement_id, Span(passage.start, passage.end))
