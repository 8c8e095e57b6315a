"""A question whose subject is a type of clause: the labels say which agreements have it, under whatever words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.types import Agreement
from indexer.swedish.stems import stem
from retriever.clause_labels import ClauseLabel
from retriever.clause_types import clause_types
from retriever.coverage import Judged
from retriever.engine import Engine
from retriever.forms import MENTIONING
from retriever.question import Question
from retriever.types import Coverage

_BESIDE = frozenset(
    stem(word)
    for word in """
        klausul klausuler villkor regel regler bestämmelse bestämmelser reglering avsnitt paragraf krav avtalsvillkor
        lösa lösas löses hantera hanteras hanteringen reglera regleras ske sker avgöra avgörs göra gör händer hända gå går sköta sköts
        blir bli part parter parterna mellan fråga frågan frågor avtalet avtal avtalets överenskommelsen
    """.split()
)
"""Words beside a type's own that ask for a clause of it: villkor om ersättning, regler för tvister."""
LABELLED, MAYBE = 0.9, 0.5
"""Scores of an agreement that has the clause, and of one where only the encoder says so; below one that says the word."""


def clause_subject(question: Question) -> str | None:
    """The type of clause that the question's subject is, every word of it ("tvister eller oenighet"); None for other subjects.

    What an agreement mentions is a matter of words, and not of clauses.
    """
    if question.relation in MENTIONING:
        return None
    whole = {term.stem for term in question.terms} - _BESIDE
    # "Uppsägning eller hur man lämnar samarbetet": what is lacked is told twice, once by the type's own word.
    either = question.subjects if question.either and question.absent else ()
    parts = (whole, *({term.stem for term in terms} - _BESIDE for terms in either))
    types = clause_types().items()
    return next((key for stems in parts for key, each in types if stems and stems <= each.asked), None)


def labelled(engine: Engine, key: str, agreements: Sequence[Agreement]) -> Mapping[str, ClauseLabel]:
    """The agreements that have or may have a clause of the type, by id, each with the label to show."""
    found = ((a.agreement_id, engine.clauses.main(a.agreement_id).get(key)) for a in agreements)
    return {name: label for name, label in found if label is not None}


def with_labels(
    judged: Sequence[Judged], labels: Mapping[str, ClauseLabel], agreements: Mapping[str, Agreement]
) -> list[Judged]:
    """The judgements, with the agreements that have the clause in other words: explicit, or related where uncertain."""
    by_id = {each.agreement.agreement_id: each for each in judged}
    for name, label in labels.items():
        told = by_id.get(name)
        if told is not None and (told.coverage is Coverage.EXPLICIT or not label.certain):
            continue
        coverage, score = (Coverage.EXPLICIT, LABELLED) if label.certain else (Coverage.RELATED, MAYBE)
        share = 1.0 if label.certain else MAYBE
        by_id[name] = Judged(agreements[name], coverage, score, (label.quote,), (label.why,), share)
    return sorted(
        by_id.values(),
        key=lambda j: (j.coverage is not Coverage.EXPLICIT, -j.score, j.agreement.agreement_id),
    )


def decided(judged: Sequence[Judged], labels: Mapping[str, ClauseLabel]) -> list[Judged]:
    """The judgements where the clause is asked for: an agreement without a label that says the word is related.

    One that only says something near is left out: the labels know a clause under other words, and there is none.
    """
    return [
        each if each.agreement.agreement_id in labels else replace(each, coverage=Coverage.RELATED)
        for each in judged
        if each.agreement.agreement_id in labels or each.coverage is Coverage.EXPLICIT
    ]
