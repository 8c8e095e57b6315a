"""Whether the subject is a thing that the thesaurus knows and no text of the index speaks of, by any of its names."""

from __future__ import annotations

import numpy as np

from retriever.asked import Asked
from retriever.candidates import most_said
from retriever.engine import Engine
from retriever.forms import COSTING, EMPTY_VERBS
from retriever.matching import NARROWER, match_term
from retriever.question import Term

UNSAID_SHARE = 0.42
"""From this share of the subject on, by rarity. Of the development sets' and the tune half's questions for agreements or
passages 50 without an answer and 16 with one lie above it; above .5 43 and 13, above .36 53 and 22."""


def is_unsaid(asked: Asked) -> bool:
    """True for "Vilka avtal gäller elsparkcyklar?" where no text says the word, its parts, what means the same or a kind of it.

    Of a word that the thesaurus lacks nothing is known: the texts may say it otherwise. An English question's words are not
    the texts'.
    """
    question = asked.question
    if question.for_encoder != question.read_as:
        return False
    telling = [t for t in question.terms if not (t.numeric or t.named or t.word in EMPTY_VERBS | COSTING)]
    missing = sum(t.weight for t in telling if _is_thing(t) and not _is_said(asked.engine, t))
    return missing > 0 and missing >= UNSAID_SHARE * sum(t.weight for t in telling)


def _is_thing(term: Term) -> bool:
    """True for what has other names; "hoppa av" is told in too many ways."""
    return bool(term.sayings.same or term.sayings.narrower) and " " not in term.word


def _is_said(engine: Engine, term: Term) -> bool:
    """True when a sentence of the index says the term."""
    rarity = engine.index.words.rarity
    rows = np.flatnonzero(most_said(engine.index.words, [term])[0] >= NARROWER).tolist()
    return any(
        match_term(term, words, rarity).strength >= NARROWER
        for row in rows
        for _, words in engine.read_sentences(engine.index.passages[row])
    )
