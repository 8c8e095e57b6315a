"""Kinds of parties, and the list question that asks for one: vilka avtal har vi med kommuner?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Agreement, Fact, FactName
from retriever.question import Question

_CALLED = {
    "kommun": r"(?i)\b(?:kommun|stad)\b",
    "stad": r"(?i)\bstad\b",
    "region": r"(?i)\b(?:region|landsting\w*)\b",
    "länsstyrelse": r"(?i)\blänsstyrelse\w*",
    "högskola": r"(?i)\w*(?:högskola|universitet|institutet)\w*",
    "universitet": r"(?i)\w*universitet\w*",
    "myndighet": r"(?i)\b(?:myndighet\w*|\w+verket|länsstyrelse\w*)",
    "bolag": r"(?i)\b(?:AB|aktiebolag|Ltd|HB)\b",
    "förening": r"(?i)(?:förening|förbund|allians)\w*",
    "stiftelse": r"(?i)\bstiftelse\w*",
}
"""What a party is called when it is of the kind."""
NAMED = {
    "kommun": "en kommun",
    "stad": "en stad",
    "region": "en region",
    "länsstyrelse": "en länsstyrelse",
    "högskola": "ett lärosäte",
    "universitet": "ett universitet",
    "myndighet": "en myndighet",
    "bolag": "ett företag",
    "förening": "en förening",
    "stiftelse": "en stiftelse",
}
"""The kind as a statement says it."""
_WRITTEN = {
    "kommun": "kommun kommuner",
    "stad": "städer",
    "region": "region regioner landsting",
    "länsstyrelse": "länsstyrelse länsstyrelser",
    "högskola": "högskola högskolor lärosäte lärosäten",
    "universitet": "universitet",
    "myndighet": "myndighet myndigheter",
    "bolag": "bolag företag aktiebolag",
    "förening": "förening föreningar",
    "stiftelse": "stiftelse stiftelser",
}
_KIND_OF = {word: kind for kind, words in _WRITTEN.items() for word in words.split()}
_ANY = r"(?:(?:någon|något|några|en|ett|andra|annan|olika|flera|privata|svenska)\s+){0,2}"
_ASKED = re.compile(
    rf"(?i)\b(?:avtal|överenskommelser|samarbeten|kontrakt|vi|ni|tecknat|slutit|skrivet|skrivit|något)\s+(?:finns\s+)?(?:med|mellan)\s+{_ANY}"
    rf"(?P<kind>{'|'.join(_KIND_OF)})\b(?-i:(?!\s+[A-ZÅÄÖ]))"
    rf"|\b(?:avtal|kontrakt)\s+(?:där|som|har)\s+{_ANY}(?:har\s+)?{_ANY}(?P<as_party>{'|'.join(_KIND_OF)})\s+(?:är|som|ingår\s+som)\s+part"
)


def asked_kind(question: Question) -> str | None:
    """The kind of party whose agreements a list question asks for; None for any other question."""
    found = _ASKED.search(question.read_as)
    if found is None or question.parties:
        return None
    word = (found["kind"] or found["as_party"]).casefold()
    return _KIND_OF[word]


def without_kind(question: Question) -> Question:
    """The question without the word for the kind of party: the subject that is left."""
    terms = tuple(term for term in question.terms if term.word not in _KIND_OF)
    kept = ((term for term in subject if term in terms) for subject in question.subjects)
    return replace(
        question, terms=terms, subjects=tuple(subject for each in kept if (subject := tuple(each)))
    )


def with_party(agreements: Sequence[Agreement], kind: str) -> list[tuple[Agreement, Fact]]:
    """The agreements that have a party of the kind, each with the first such party."""
    called = re.compile(_CALLED[kind])
    return [
        (agreement, fact)
        for agreement in agreements
        if (
            fact := next(
                (f for f in agreement.facts if f.name is FactName.PARTY and called.search(f.value)), None
            )
        )
    ]
