"""The answer to "vad skiljer …?": the agreements named, each with its own clause on the subject, side by side."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.types import Agreement
from indexer.swedish.words import words_of
from retriever.asked import Asked
from retriever.citation import cite
from retriever.coverage import Judged, judge
from retriever.forms import TITLE_KIND
from retriever.question import Question
from retriever.quotes import whole_list
from retriever.subject import joined, subject
from retriever.types import Answer, AnswerKind, Completeness, Coverage, CoveredAgreement
from retriever.versions import replacing
from retriever.wording import source

FEWEST, MOST_TOLD = 2, 4
"""Agreements: fewer are no comparison; of more, the statement gives the number alone."""
LEAST_SCORE = 0.45
"""What lies further from the subject is not set beside a clause on it."""
MOST_QUOTED = 200
"""Characters of a clause that the statement repeats; the citation holds the whole of it."""


def compared_answer(asked: Asked) -> Answer | None:
    """The agreements that the question sets beside each other; None where it names fewer than two or no subject."""
    apart = _named_apart(asked)
    if apart is not None:
        asked = replace(asked, question=apart[0])
    question = asked.question
    compared = apart[1] if apart is not None else _compared(asked)
    if len(compared) < FEWEST or not question.terms:
        return None
    rows = asked.engine.rows_in(a.agreement_id for a in compared)
    judged = judge(asked.engine, question.terms, rows, asked.fused, asked.cosines)
    found = {j.agreement.agreement_id: j for j in judged if j.score >= LEAST_SCORE}
    covered = tuple(_covered(asked, found[a.agreement_id]) for a in compared if a.agreement_id in found)
    if not covered:
        return None
    stating = sum(c.coverage is Coverage.EXPLICIT for c in covered)
    silent = [a.title for a in compared if a.agreement_id not in found]
    about = subject(question)
    if len(compared) <= MOST_TOLD:
        parts = " ".join(_part(found[c.agreement_id], c) for c in covered)
        without = f" {joined(silent)} säger inget om {about}." if silent else ""
        sure = "" if stating else "Inget av dem säger det uttryckligen; närmast ligger "
        statement = f"{about.capitalize()} i {len(compared)} avtal. {sure}{parts}{without}"
    else:
        statement = f"{stating} av {len(compared)} jämförda avtal säger något om {about}; deras ordalydelse står nedan."
    answer = asked.answer(AnswerKind.AGREEMENTS, statement)
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered),
        completeness=Completeness(len(compared), stating, len(covered) - stating),
    )


_BESIDE = re.compile(r"(?i)\bmellan\s+(?P<named>.+?)[?.!\s]*$")
_PARTED = re.compile(r"(?i)\s*,\s*|\s+(?:och|samt|jämfört\s+med|mot)\s+")
MOST_MEANT = 2
"""Agreements that one name may stand for: two versions of one; more are not named but a kind."""


def _named_apart(asked: Asked) -> tuple[Question, list[Agreement]] | None:
    """For "skillnad i X mellan avtalet om Y och Z": the question of X alone, and the agreements that Y and Z name."""
    question = asked.question
    beside = _BESIDE.search(question.read_as)
    if beside is None:
        return None
    found: dict[str, Agreement] = {}
    for name in _PARTED.split(beside["named"]):
        meant = asked.engine.named_by(asked.engine.understand(name)) if name.strip() else frozenset()
        if not 1 <= len(meant) <= MOST_MEANT:
            return None
        found |= {each: asked.engine.index.agreements[each] for each in sorted(meant)}
    before = {word.stem for word in words_of(question.read_as[: beside.start()])}
    terms = tuple(term for term in question.terms if term.stem in before)
    if len(found) < FEWEST or not terms:
        return None
    return replace(question, terms=terms, subjects=(terms,)), list(found.values())


def _compared(asked: Asked) -> list[Agreement]:
    """The agreements of the parties that the question names, else of its kinds, else all in scope."""
    index, question = asked.engine.index, asked.question
    kinds = {match[1].casefold() for match in TITLE_KIND.finditer(question.read_as)} - {"avtal"}
    chosen = [a for _, a in sorted(index.agreements.items())]
    if question.parties:
        chosen = [a for a in chosen if not set(question.parties).isdisjoint(a.parties)]
    narrowed = [a for a in chosen if a.kind in kinds]
    return narrowed if len(narrowed) >= FEWEST else chosen


def _covered(asked: Asked, judged: Judged) -> CoveredAgreement:
    agreement = judged.agreement
    return CoveredAgreement(
        agreement.agreement_id,
        agreement.title,
        judged.coverage,
        round(judged.score, 6),
        tuple(cite(agreement, whole_list(agreement, place)) for place in judged.places),
        replacing(asked.engine.index.links, agreement.agreement_id),
    )


def _part(judged: Judged, covered: CoveredAgreement) -> str:
    quote = " ".join(covered.citations[0].quote.split())
    short = quote if len(quote) <= MOST_QUOTED else f"{quote[:MOST_QUOTED].rsplit(' ', 1)[0]} …"
    return f"{source(judged.agreement, judged.places[0])}: ”{short}”"
