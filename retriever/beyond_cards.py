"""A fact asked of a party that the agreement which states it names in its text, and its card does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from retriever.asked import Asked, narrowed
from retriever.fact_answer import fact_answer
from retriever.facts import short_answers
from retriever.types import Answer, Filters

LEAST = 0.25
"""Certainty that such an answer needs: on nineteen development sets, four right ones lay above it, and of two to questions
without an answer one lay below (docs/decisions/facts.md)."""


def beyond_cards(asked: Asked, filters: Filters) -> Answer | None:
    """The short answer of an agreement that only its text or title tells to be of the party asked about; None where no
    party walls the question in, and where none is sure.

    `filters` are the reader's own. Asked only where the party's own agreements gave no short answer.
    """
    question = asked.question
    if not question.parties or filters.parties or "party" in filters.without:
        return None
    own = {agreement.agreement_id for agreement in asked.agreements}
    others = [
        agreement
        for agreement in asked.engine.agreements_in_scope(filters)
        if agreement.agreement_id not in own and _names(asked, agreement.agreement_id)
    ]
    if not others:
        return None
    beyond = narrowed(replace(asked, filters=filters), question, others)
    found = short_answers(beyond)
    if not found or found[0].certainty < LEAST:
        return None
    answer = fact_answer(beyond)
    return answer if answer.short_answer is not None else None


def _names(asked: Asked, agreement_id: str) -> bool:
    """True where the agreement holds every word by which the question names the party."""
    question, engine = asked.question, asked.engine
    subject = {term.stem for term in question.terms}
    named = {word.stem for word in question.words if word.stem not in subject and not word.joined}
    rows, titled = engine.rows_of(agreement_id), engine.title_atoms(agreement_id)
    words = engine.index.words
    return bool(named) and all(
        stem in titled or bool(np.isin(words.rows_with(stem), rows).any()) for stem in named
    )
