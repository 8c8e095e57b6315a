"""The answer to a list question: every agreement judged, with the best quotes of those that cover the subject."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.types import Agreement, FactName, Span
from corpus.versions import Link
from retriever.absent_answer import absent_answer
from retriever.asked import Asked
from retriever.card_subjects import SPOKEN_OF, card_subject, stated
from retriever.citation import cite
from retriever.clause_labels import ClauseLabel
from retriever.clause_subject import clause_subject, decided, labelled, with_labels
from retriever.coverage import Judged, judge, of_kind, together
from retriever.engine import Engine
from retriever.evidence import no_answer
from retriever.forms import LIST_FRAME
from retriever.negation import is_negated
from retriever.question import Question
from retriever.quotes import sentence_at, whole_list
from retriever.types import Answer, AnswerKind, Completeness, Coverage, CoveredAgreement
from retriever.versions import replacing
from retriever.wording import dated_statement, set_statement

RELATED_ALONE = 0.45
"""Where nothing says it outright, agreements that score less than this are no answer but the nearest ones."""


def set_answer(asked: Asked) -> Answer:
    """The agreements that cover the subject, explicit before related, each with its quotes; or the abstention."""
    dated = _dated(asked) or _replaced(asked)
    judged = dated[0] if dated else _judged(asked)
    if asked.question.absent and asked.question.terms:
        held = judged if card_subject(asked.question) else _affirmed(asked)
        return absent_answer(asked, *_lacking_clause(asked, judged, held))
    if not judged:
        return no_answer(asked)
    explicit = [j for j in judged if j.coverage is Coverage.EXPLICIT]
    related = [j for j in judged if j.coverage is Coverage.RELATED]
    if not explicit and all(j.score < RELATED_ALONE for j in related):
        return no_answer(asked)
    links = asked.engine.index.links
    judged = sorted(judged, key=lambda j: _newest_first(j, links))
    covered = tuple(
        CoveredAgreement(
            j.agreement.agreement_id,
            j.agreement.title,
            j.coverage,
            round(j.score, 6),
            tuple(cite(j.agreement, whole_list(j.agreement, place)) for place in j.places),
            replacing(links, j.agreement.agreement_id),
        )
        for j in judged
    )
    answer = asked.answer(
        AnswerKind.AGREEMENTS,
        dated_statement(asked, len(explicit), dated[1])
        if dated
        else set_statement(asked, len(explicit), len(related)),
    )
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered if c.coverage is Coverage.EXPLICIT or not explicit),
        completeness=Completeness(_searched(asked), len(explicit), len(related)),
    )


def _newest_first(judged: Judged, links: Sequence[Link]) -> tuple[bool, float, bool]:
    """Order of an answer's agreements: of those that score alike, an agreement that is replaced comes last."""
    related = judged.coverage is Coverage.RELATED
    return related, -round(judged.score, 2), bool(replacing(links, judged.agreement.agreement_id))


def _searched(asked: Asked) -> int:
    """How many agreements were looked through; to find a party's agreements every one is."""
    by_party = not asked.question.terms and asked.question.parties
    return len(asked.engine.index.agreements) if by_party else len(asked.agreements)


_DATED = (
    (
        FactName.VALID_TO,
        re.compile(
            r"(?i)\b(?:löper\s+ut|upphör|går\s+ut|slutar|tar\s+slut|gäller\s+till(?:\s+och\s+med)?)\b"
        ),
    ),
    (FactName.VALID_FROM, re.compile(r"(?i)\b(?:börjar\s+gälla|träder\s+i\s+kraft|startar|gäller\s+från)\b")),
    (
        FactName.SIGNED,
        re.compile(r"(?i)\b(?:tecknades|undertecknades|ingicks|slöts|skrevs|tecknats|undertecknats)\b"),
    ),
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def _dated(asked: Asked) -> tuple[list[Judged], str] | None:
    """For "vilka avtal löper ut 2026": the agreements whose card says so, and the phrase; None for other questions."""
    text = asked.question.read_as
    asked_for = next(((name, match) for name, pattern in _DATED if (match := pattern.search(text))), None)
    year = _YEAR.search(text, asked_for[1].end()) if asked_for else None
    if asked_for is None or year is None:
        return None
    name, phrase = asked_for
    found: list[Judged] = []
    for agreement in asked.agreements:
        declared = [each for each in agreement.declared if each.name is name]
        if declared and any(year[0] in each.value for each in declared):
            place = asked.engine.first_sentence(agreement.agreement_id)
            why = (f"{declared[0].value} enligt {declared[0].manifest}",)
            found += [Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), why)] if place else []
        if declared:
            continue
        for fact in agreement.facts:
            place = sentence_at(asked.engine, agreement, fact.start)
            if fact.name is name and year[0] in fact.value and place is not None:
                found.append(
                    Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (f"{fact.value} står i texten",))
                )
                break
    return (found, text[phrase.start() : year.end()]) if found else None


_REPLACED = re.compile(r"(?i)\b(?:har\s+|är\s+)?(?:ersatts|ersatta|ersätts|avlösts|avlösta)\b")


def _replaced(asked: Asked) -> tuple[list[Judged], str] | None:
    """For "vilka avtal har ersatts?": those that another agreement in the index replaces; None for other questions."""
    phrase = _REPLACED.search(asked.question.read_as) or _REPLACED.search(asked.question.text)
    if phrase is None:
        return None
    found: list[Judged] = []
    for agreement in asked.agreements:
        newer = replacing(asked.engine.index.links, agreement.agreement_id)
        place = asked.engine.first_sentence(agreement.agreement_id)
        if newer and place:
            why = (f"ersätts av {', '.join(newer)}",)
            found.append(Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), why))
    return found, phrase[0].strip()


def asks_what_holds(question: Question) -> bool:
    """True for "vilka avtal förlängs automatiskt?", False for a question of what is spoken of."""
    frames = {match.group().casefold() for match in LIST_FRAME.finditer(question.read_as)} - {
        "part",
        "parter",
    }
    spoken_of = question.relation not in AFFIRMING or bool(frames)
    return not spoken_of and not is_negated(question.read_as)


AFFIRMING = frozenset({"", "omfattar", "omfatta", "innefattar", "täcker"})
"""Relations that ask what holds; nämner, reglerar and handlar om ask what is spoken of."""


def _affirmed(asked: Asked) -> list[Judged]:
    """As `_judged`, but a sentence that says no does not state its subject."""
    return judge(asked.engine, asked.question.terms, asked.scope, asked.fused, asked.cosines, affirmed=True)


def _by_card(asked: Asked, field: FactName) -> list[Judged]:
    """The agreements whose card has the field, explicit; those that only speak of it, related."""
    by_words = {
        j.agreement.agreement_id: replace(j, coverage=Coverage.RELATED, score=min(j.score, 0.5))
        for j in judge(asked.engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)
        if j.coverage is Coverage.EXPLICIT and field in SPOKEN_OF
    }
    found: dict[str, Judged] = {}
    for agreement in asked.agreements:
        fact = stated(agreement, field, asked.question)
        place = sentence_at(asked.engine, agreement, fact.start) if fact else None
        if fact and place:
            why = (f"{fact.value} står i texten",)
            found[agreement.agreement_id] = Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), why, 1.0)
    return list((by_words | found).values())


def _judged(asked: Asked) -> list[Judged]:
    field = card_subject(asked.question)
    if field and asked.engine.rows_stating(field):
        judged = _by_card(asked, field)
        return sorted(
            judged, key=lambda j: (j.coverage is Coverage.RELATED, -j.score, j.agreement.agreement_id)
        )
    if asked.question.terms:
        subjects = asked.question.subjects
        affirmed = asks_what_holds(asked.question)
        by_subject = [
            judge(asked.engine, terms, asked.scope, asked.fused, asked.cosines, affirmed)
            for terms in subjects
        ]
        judged = together(by_subject, asked.question.either)
        if not asked.question.absent:
            judged = with_labels(judged, _labels(asked), asked.engine.index.agreements)
        return of_kind(judged, asked.question.agreement_kinds)
    kinds = asked.question.agreement_kinds
    chosen = [a for a in asked.agreements if not kinds or a.kind in kinds]
    named = FactName.PARTY if asked.question.parties else FactName.KIND
    return [
        Judged(a, Coverage.EXPLICIT, 1.0, (place,), ())
        for a in chosen
        if (place := _place_of(asked.engine, a, named, asked.question))
    ]


def _labels(asked: Asked) -> Mapping[str, ClauseLabel]:
    """The clauses asked for, where the subject is a type of clause that no field of the card decides; else none."""
    key = None if card_subject(asked.question) else clause_subject(asked.question)
    return labelled(asked.engine, key, asked.agreements) if key else {}


def _lacking_clause(
    asked: Asked, judged: Sequence[Judged], held: Sequence[Judged]
) -> tuple[list[Judged], list[Judged]]:
    """Both judgements as the clauses decide them: a clause in other words counts, a word in passing is uncertain."""
    labels = _labels(asked)
    if not labels:
        return list(judged), list(held)
    by_id = asked.engine.index.agreements
    whole = decided(with_labels(judged, labels, by_id), labels)
    return whole, decided(with_labels(held, labels, by_id), labels)


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
