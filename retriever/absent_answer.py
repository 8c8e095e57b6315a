"""The answer to "vilka avtal saknar …?": every agreement judged, and those named that say nothing of the subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import FactName, Span
from retriever.asked import Asked
from retriever.citation import cite
from retriever.coverage import Judged
from retriever.quotes import whole_list
from retriever.types import Answer, AnswerKind, Completeness, Coverage, CoveredAgreement
from retriever.versions import replacing
from retriever.wording import absent_statement

LEAST_NEAR, LEAST_NEAR_OF_SEVERAL = 0.4, 0.6
"""Share of the subject that makes an agreement uncertain: another word for it (tystnadsplikt), not a part of it,
nor one word of several."""
SURE, UNSURE = 1.0, 0.5
"""Scores: no passage speaks of the subject; one says something near, which the reader should judge."""


def absent_answer(
    asked: Asked,
    judged: Sequence[Judged],
    held: Sequence[Judged],
    otherwise: Sequence[Judged] = (),
    about: str | None = None,
    ruled: bool = True,
) -> Answer:
    """The agreements without the subject, explicit; those that say only something near, related.

    `judged` are the agreements that speak of the subject, `held` those of them that do not deny it, `otherwise` those that
    most likely say it in other words; `about` names it where the question's words do not. `ruled`: it is what agreements
    have a rule of, so that one that amends another is uncertain: what it leaves out stands in that. What is not there cannot be quoted: an agreement that lacks the subject is cited by the sentence that denies it
    ("inga ekonomiska åtaganden"), else by its opening; an uncertain one by what lies nearest.
    """
    stating = {j.agreement.agreement_id for j in held if j.coverage is Coverage.EXPLICIT}
    denied = {
        j.agreement.agreement_id: j
        for j in judged
        if j.coverage is Coverage.EXPLICIT and j.agreement.agreement_id not in stating
    }
    least = LEAST_NEAR if len(asked.question.terms) == 1 else LEAST_NEAR_OF_SEVERAL
    near = {
        j.agreement.agreement_id: j for j in judged if j.coverage is Coverage.RELATED and j.share >= least
    }
    near = {j.agreement.agreement_id: j for j in otherwise if j.agreement.agreement_id not in denied} | near
    lacking: list[CoveredAgreement] = []
    uncertain: list[CoveredAgreement] = []
    for agreement in asked.agreements:
        name = agreement.agreement_id
        if name in stating:
            continue
        opening = asked.engine.first_sentence(name)
        told = denied.get(name) or near.get(name)
        places: Sequence[Span] = told.places if told else ([opening] if opening else [])
        unsure = name in near or (ruled and bool(agreement.values(FactName.AMENDS)))
        coverage, score = (Coverage.RELATED, UNSURE) if unsure else (Coverage.EXPLICIT, SURE)
        citations = tuple(cite(agreement, whole_list(agreement, place)) for place in places)
        if citations:
            (uncertain if unsure else lacking).append(
                CoveredAgreement(
                    name,
                    agreement.title,
                    coverage,
                    score,
                    citations,
                    replacing(asked.engine.index.links, name),
                )
            )
    covered = (*lacking, *uncertain)
    answer = asked.answer(AnswerKind.AGREEMENTS, absent_statement(asked, len(lacking), len(uncertain), about))
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered if c.coverage is Coverage.EXPLICIT or not lacking),
        completeness=Completeness(len(asked.agreements), len(lacking), len(uncertain)),
    )
