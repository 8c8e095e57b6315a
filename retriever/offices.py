"""Who holds an office: told only where the office is named, and never by the name of a body."""

from __future__ import annotations

import re
from collections.abc import Collection

from indexer.swedish.words import words_of
from retriever.owners import roles_of
from retriever.question import Question
from retriever.statement import Statement
from retriever.which_sorts import OF_PERSON

_OFFICE = re.compile(
    rf"(?i)^\W*(?:vad\s+heter|vem\s+(?:är|var|blir))\s+(?:\w+\s+){{0,2}}?"
    rf"({OF_PERSON}|(?<!heter\s)\w*(?:ordförande|koordinator|samordnare|sammankallande|strateg|kontaktperson|ansvarig)(?:e?n)?)\b"
)
HALF = 0.5
"""A word of the question is said by a sentence that has more than so much of it."""
_BODY = re.compile(
    r"(?i)\w*(?:kommun|region|universitet|högskola|lärosäte|bolag|förening|stiftelse|förbund|part)(?:e?n|e?t|er|erna|orna|arna|ets|ens)?"
)


def office_told(question: Question, statement: Statement) -> bool:
    """False where the question asks who holds an office that the statement does not name, by its own word or another."""
    office = _OFFICE.match(question.read_as)
    stems = {word.stem for word in words_of(office[1])} if office else set()
    asked = [term for term in question.terms if term.stem in stems]
    heads = {term.atoms[-1] for term in asked} | {term.stem for term in asked}
    held = [
        strength for term, strength in zip(statement.terms, statement.within, strict=True) if term in asked
    ]
    return (
        not asked
        or max(held, default=0.0) > HALF
        or any(not heads.isdisjoint(word.atoms) for word in statement.words)
    )


def is_body(statement: Statement, told: Collection[str], wording: str) -> bool:
    """True for a party or another organisation, and for "kommunerna": no answer to "vem är räddningschef?"."""
    agreement = statement.agreement
    others = {
        *roles_of(agreement.text, agreement.parties),
        *(party.casefold() for party in agreement.parties),
    }
    return "organisation" in told or wording.casefold() in others or _BODY.fullmatch(wording) is not None
