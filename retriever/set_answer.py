"""The answer to a list question: every agreement judged, with the best quotes of those that cover the subject."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.citation import cite
from retriever.coverage import Judged, judge, of_kind, together
from retriever.engine import Engine
from retriever.evidence import no_answer
from retriever.question import Question
from retriever.quotes import sentence_at, whole_list
from retriever.types import Answer, AnswerKind, Completeness, Coverage, CoveredAgreement
from retriever.wording import set_statement

RELATED_ALONE = 0.45
"""Where nothing says it outright, agreements that score less than this are no answer but the nearest ones."""


def set_answer(asked: Asked) -> Answer:
    """The agreements that cover the subject, explicit before related, each with its quotes; or the abstention."""
    judged = _judged(asked)
    if not judged:
        return no_answer(asked)
    explicit = [j for j in judged if j.coverage is Coverage.EXPLICIT]
    related = [j for j in judged if j.coverage is Coverage.RELATED]
    if not explicit and all(j.score < RELATED_ALONE for j in related):
        return no_answer(asked)
    covered = tuple(
        CoveredAgreement(
            j.agreement.agreement_id,
            j.agreement.title,
            j.coverage,
            round(j.score, 6),
            tuple(cite(j.agreement, whole_list(j.agreement, place)) for place in j.places),
        )
        for j in judged
    )
    answer = asked.answer(AnswerKind.AGREEMENTS, set_statement(asked, len(explicit), len(related)))
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered if c.coverage is Coverage.EXPLICIT or not explicit),
        completeness=Completeness(len(asked.agreements), len(explicit), len(related)),
    )


def _judged(asked: Asked) -> list[Judged]:
    if asked.question.terms:
        subjects = asked.question.subjects
        by_subject = [
            judge(asked.engine, terms, asked.scope, asked.fused, asked.cosines) for terms in subjects
        ]
        return of_kind(together(by_subject, asked.question.either), asked.question.agreement_kinds)
    kinds = asked.question.agreement_kinds
    chosen = [a for a in asked.agreements if not kinds or a.kind in kinds]
    named = FactName.PARTY if asked.question.parties else FactName.KIND
    return [
        Judged(a, Coverage.EXPLICIT, 1.0, (place,), ())
        for a in chosen
        if (place := _place_of(asked.engine, a, named, asked.question))
    ]


def _place_of(engine: Engine, agreement: Agreement, name: FactName, question: Question) -> Span | None:
    """The sentence where the card found the named party or the kind; else the first sentence that may be cited."""
    facts = [
        f
        for f in agreement.facts
        if f.name is name and (name is not FactName.PARTY or f.value in question.parties)
    ]
    stated = (sentence_at(engine, agreement, fact.start) for fact in facts)
    return next(
        (place for place in stated if place is not None), engine.first_sentence(agreement.agreement_id)
    )
