"""Among which agreements an absence question asks: "vilka avtal med föreningar saknar …?" leaves the others out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import Agreement
from indexer.swedish.words import words_of
from retriever.card_subjects import card_subject, stated
from retriever.coverage import judge
from retriever.engine import Engine
from retriever.forms import ABSENT
from retriever.party_kinds import NAMED, asked_kind, is_between, with_party, without_kind
from retriever.question import Question
from retriever.subject import subject
from retriever.types import Coverage


@dataclass(frozen=True, slots=True)
class Among:
    """The question for what is lacking alone, and the agreements that it is put to."""

    question: Question
    agreements: list[Agreement]


def among(engine: Engine, question: Question, agreements: Sequence[Agreement]) -> Among:
    """What stands before "saknar" tells the agreements by a kind of party, a field of the card or their subject.

    All agreements are asked where it tells none of them.
    """
    kind = asked_kind(question) if question.absent else None
    rest = without_kind(question) if kind else question
    least = 2 if is_between(question) else 1
    chosen = [agreement for agreement, _ in with_party(agreements, kind, least)] if kind else list(agreements)
    told = [f"med {NAMED[kind]} som part"] if kind and chosen else []
    before, after = _parted(rest)
    if before.terms and after.terms:
        found = _about(engine, before, chosen)
        if found:
            told.append(f'om "{subject(before)}"')
            rest, chosen = after, found
    if not told or not rest.terms:
        return Among(question, list(agreements))
    return Among(replace(rest, notes=(*rest.notes, f"Bara avtal {' och '.join(told)} prövades")), chosen)


def _parted(question: Question) -> tuple[Question, Question]:
    """The question for what stands before the word of absence, and that for what stands after."""
    cue = ABSENT.search(question.read_as) if question.absent else None
    start = cue.start() if cue else 0
    stems = {word.stem for word in words_of(question.read_as, 0, start)}
    return _only(question, stems, True), _only(question, stems, False)


def _only(question: Question, stems: set[str], inside: bool) -> Question:
    terms = tuple(term for term in question.terms if (term.stem in stems) is inside)
    parts = (tuple(term for term in each if term in terms) for each in question.subjects)
    return replace(question, terms=terms, subjects=tuple(part for part in parts if part))


def _about(engine: Engine, question: Question, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Those whose card has the field that is the subject, else those that state the subject."""
    field = card_subject(question)
    if field:
        return [agreement for agreement in agreements if stated(agreement, field, question)]
    scope = engine.rows_in(agreement.agreement_id for agreement in agreements)
    scored = engine.scores(replace(question, for_encoder=subject(question)), scope)
    judged = judge(engine, question.terms, scope, scored.fused, scored.cosines)
    stating = {each.agreement.agreement_id for each in judged if each.coverage is Coverage.EXPLICIT}
    return [agreement for agreement in agreements if agreement.agreement_id in stating]
