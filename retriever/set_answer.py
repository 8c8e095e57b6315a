"""The answer to a list question: every agreement judged, with the best quotes of those that cover the subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.types import Agreement, FactName, Span
from corpus.versions import Link
from indexer.swedish.words import words_of
from retriever.absent_answer import absent_answer
from retriever.among import among
from retriever.amount_condition import with_amount
from retriever.asked import Asked
from retriever.card_subjects import SPOKEN_OF, card_subject, told_at
from retriever.citation import cite
from retriever.clause_labels import ClauseLabel
from retriever.clause_meant import Meant
from retriever.clause_subject import clause_subject, decided, labelled, with_labels
from retriever.clause_types import clause_type
from retriever.coverage import Judged, judge, of_kind, together
from retriever.dated_list import dated_list
from retriever.draft_list import draft_list
from retriever.ended_list import ended_list
from retriever.engine import Engine
from retriever.evidence import no_answer
from retriever.forms import LIST_FRAME, MENTIONED, MENTIONING
from retriever.negation import is_asked_negated
from retriever.numbered_list import numbered_list
from retriever.party_counts import counted_list
from retriever.party_kinds import asked_kinds, with_kinds, with_parties, without_kind
from retriever.party_names import is_among, named_at
from retriever.question import Question
from retriever.quotes import sentence_at, whole_list
from retriever.set_meaning import BY_MEANING, with_meaning
from retriever.subject import subject
from retriever.succession_list import succession_list
from retriever.types import Answer, AnswerKind, Completeness, Coverage, CoveredAgreement
from retriever.versions import replacing
from retriever.ways import may_mean, way_asked
from retriever.wording import dated_statement, searched, set_statement

OPENS_WITH = 0.5
"""Score of an agreement that names the kind asked for where it opens, and is itself of another."""


NAMED_WAY = 0.9
"""How surely a question means what its words name a way of: less than a type that is its whole subject."""


def set_answer(asked: Asked) -> Answer:
    """The agreements that cover the subject, explicit before related, each with its quotes; or the abstention."""
    if asked.question.absent:
        asked = among(asked, _judged)
    dated = told_by_cards(asked)
    if asked.question.absent and not asked.question.terms and not dated:
        return _lacking_what_is_meant(asked)
    judged = dated[0] if dated else _judged(asked)
    if asked.question.absent and asked.question.terms and not dated:
        by_card = _field_asked(asked) is not None
        held = judged if by_card else _affirmed(asked)
        otherwise = [] if by_card else _said_otherwise(asked, judged)
        ruled = MENTIONED.search(asked.question.read_as) is None and (by_card or bool(_labels(asked)))
        return absent_answer(asked, *_lacking_clause(asked, judged, held), otherwise, ruled=ruled)
    if not judged and dated:
        said = f"Inget av {len(asked.agreements)} avtal {dated[1]}. {searched(asked)}"
        return replace(no_answer(asked), statement=said, reason="Inget avtal anger det.")
    if not judged:
        return no_answer(asked)
    explicit = [j for j in judged if j.coverage is Coverage.EXPLICIT]
    related = [j for j in judged if j.coverage is Coverage.RELATED]
    if not explicit:
        return no_answer(asked)  # what only lies near is no answer; the abstention names it
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
            _is_otherwise(j),
        )
        for j in judged
    )
    answer = asked.answer(
        AnswerKind.AGREEMENTS,
        dated_statement(asked, len(explicit), dated[1])
        if dated
        else set_statement(asked, len(explicit), len(related), sum(map(_is_otherwise, explicit))),
    )
    return replace(
        answer,
        agreements=covered,
        citations=tuple(c.citations[0] for c in covered if c.coverage is Coverage.EXPLICIT),
        completeness=Completeness(_searched(asked), len(explicit), len(related)),
    )


def _lacking_what_is_meant(asked: Asked) -> Answer:
    """For "vilka avtal säger inget om hur man tar sig ur dem?": no word of it is a subject, but a type of clause is meant."""
    meant = asked.engine.clause_questions.meant_by(asked.whole)
    if meant is None:
        return no_answer(asked)
    # A field of the card is one way to tell it ("tills vidare"): what lacks the type has it in none.
    held = with_labels([], _labels_of(asked, replace(meant, field=None)), asked.engine.index.agreements)
    return absent_answer(asked, held, held, about=f"bestämmelser om {clause_type(meant.key).sv.lower()}")


def _said_otherwise(asked: Asked, judged: Sequence[Judged]) -> list[Judged]:
    """The agreements that most likely say it in other words: they do not surely lack it."""
    meant = with_meaning(asked, judged, *meaning_of(asked))
    return [each for each in meant if _is_otherwise(each)]


def told_by_cards(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose cards answer, and what they do: "löper ut 2026", "har en kommun som part"; None where cards do not."""
    by_date = numbered_list(asked) or dated_list(asked) or ended_list(asked) or succession_list(asked)
    return by_date or draft_list(asked) or counted_list(asked) or _of_party_kind(asked)


def _is_otherwise(judged: Judged) -> bool:
    """True where the agreement says it in other words, by their meaning."""
    return judged.coverage is Coverage.EXPLICIT and BY_MEANING in judged.why


def _newest_first(judged: Judged, links: Sequence[Link]) -> tuple[bool, bool, float, bool]:
    """Order of an answer's agreements: what is said in the question's words first; of those that score alike, an
    agreement that is replaced comes last."""
    related = judged.coverage is Coverage.RELATED
    return (
        related,
        _is_otherwise(judged),
        -round(judged.score, 2),
        bool(replacing(links, judged.agreement.agreement_id)),
    )


def _searched(asked: Asked) -> int:
    """How many agreements were looked through; to find a party's agreements every one is."""
    by_party = not asked.question.terms and asked.question.parties
    return len(asked.engine.index.agreements) if by_party else len(asked.agreements)


def _of_party_kind(asked: Asked) -> tuple[list[Judged], str] | None:
    """For "vilka avtal har vi med kommuner?": those whose card names such a party; None for other questions."""
    kinds = asked_kinds(asked.question)
    if not kinds or asked.question.absent:
        return None
    found = [
        Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (f"{fact.value} är part",))
        for agreement, fact in with_parties(asked.question, asked.agreements, kinds)
        if (place := sentence_at(asked.engine, agreement, fact.start))
    ]
    rest = without_kind(asked.question)
    if not rest.terms:
        return found, f"har {with_kinds(asked.question, kinds)}"
    covering = {j.agreement.agreement_id: j for j in _judged(replace(asked, question=rest))}
    both = [covering[j.agreement.agreement_id] for j in found if j.agreement.agreement_id in covering]
    return both, f'har {with_kinds(asked.question, kinds)} och säger något om "{subject(rest)}"'


def asks_what_holds(question: Question) -> bool:
    """True for "vilka avtal förlängs automatiskt?", False for a question of what is spoken of."""
    frames = {match.group().casefold() for match in LIST_FRAME.finditer(question.read_as)} - {
        "part",
        "parter",
    }
    spoken_of = question.relation not in AFFIRMING or bool(frames)
    return not spoken_of and not is_asked_negated(question.read_as)


AFFIRMING = frozenset({"", "omfattar", "omfatta", "innefattar", "täcker"})
"""Relations that ask what holds; nämner, reglerar and handlar om ask what is spoken of."""


def _affirmed(asked: Asked) -> list[Judged]:
    """As `_judged`, but a sentence that says no does not state its subject."""
    return judge(asked.engine, asked.question.terms, asked.scope, asked.fused, asked.cosines, affirmed=True)


def _stated(asked: Asked) -> list[Judged]:
    """As `_judged` by the question's words alone, whatever the sentence says of them."""
    return judge(asked.engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)


def _by_card(asked: Asked, field: FactName) -> list[Judged]:
    """The agreements whose card has the field, explicit; those that only speak of it, related."""
    by_words = {
        j.agreement.agreement_id: replace(j, coverage=Coverage.RELATED, score=min(j.score, 0.5))
        for j in (_affirmed(asked) if asked.question.absent else _stated(asked))
        if j.coverage is Coverage.EXPLICIT and field in SPOKEN_OF and not j.agreement.values(field)
    }
    found: dict[str, Judged] = {}
    for agreement in asked.agreements:
        at, why = told_at(agreement, field, asked.question) or (None, "")
        place = sentence_at(asked.engine, agreement, at) if at is not None else None
        if place:
            found[agreement.agreement_id] = Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,), 1.0)
    return list((by_words | found).values())


def _judged(asked: Asked) -> list[Judged]:
    field = _field_asked(asked)
    if field:
        judged = _by_card(asked, field)
        return sorted(
            judged, key=lambda j: (j.coverage is Coverage.RELATED, -j.score, j.agreement.agreement_id)
        )
    if asked.question.terms:
        judged = by_words(asked)
        if weighs_meaning(asked):
            judged = with_meaning(asked, judged, *meaning_of(asked))
        return of_kind(with_amount(asked.question, judged), asked.question.agreement_kinds)
    kinds = asked.question.agreement_kinds
    if asked.question.in_texts:
        return _naming(asked)
    chosen = [a for a in asked.agreements if not kinds or a.kind in kinds]
    named = FactName.PARTY if asked.question.parties else FactName.KIND
    listed = [
        Judged(a, Coverage.EXPLICIT, 1.0, (place,), ())
        for a in chosen
        if (place := _place_of(asked.engine, a, named, asked.question))
    ]
    return [*listed, *_opening_with_kind(asked)]


def by_words(asked: Asked) -> list[Judged]:
    """Every agreement judged by the words of the subject, and of the clauses that it names."""
    affirmed = asks_what_holds(asked.question)
    by_subject = [
        judge(asked.engine, terms, asked.scope, asked.fused, asked.cosines, affirmed)
        for terms in asked.question.subjects
    ]
    judged = together(by_subject, asked.question.either)
    if asked.question.absent:
        return judged
    return with_labels(judged, _labels(asked), asked.engine.index.agreements)


def _field_asked(asked: Asked) -> FactName | None:
    """The card's field that makes the set: the one asked for, where any card has it or its words mean nothing else."""
    field = card_subject(asked.question)
    alone = field is FactName.UNTIL_FURTHER_NOTICE  # "vidare" by itself stands in many texts
    return field if field and (alone or asked.engine.rows_stating(field)) else None


def weighs_meaning(asked: Asked) -> bool:
    """True where a list question is answered by what the texts mean as well: not for what is named, nor for what lacks."""
    question = asked.question
    if _field_asked(asked):
        return False
    return bool(question.terms) and not question.absent and question.relation not in MENTIONING


def meaning_of(asked: Asked) -> tuple[Meant | None, Mapping[str, ClauseLabel]]:
    """The type of clause that the question means, and the clauses of that type by agreement."""
    meant = _meant(asked)
    return meant, (_labels_of(asked, meant) if meant else {})


def _naming(asked: Asked) -> list[Judged]:
    """The agreements whose texts hold a named party, each with the first sentence that does."""
    found: list[Judged] = []
    for agreement in asked.agreements:
        held = [span for party in asked.question.parties if (span := named_at(party, agreement.text))]
        places = [place for start, _ in held if (place := sentence_at(asked.engine, agreement, start))]
        if places and len(held) == len(asked.question.parties):
            found.append(Judged(agreement, Coverage.EXPLICIT, 1.0, tuple(places), ()))
    return found


def _opening_with_kind(asked: Asked) -> list[Judged]:
    """Agreements of another kind that open with the one asked for: "tillägg till hyresavtal nr 3"; related."""
    stems = {word.stem for kind in asked.question.agreement_kinds for word in words_of(kind)}
    found: list[Judged] = []
    for agreement in asked.agreements:
        opening = (
            asked.engine.front(agreement) if agreement.kind not in asked.question.agreement_kinds else ()
        )
        word = next((w for w in opening if w.stem in stems), None)
        place = sentence_at(asked.engine, agreement, word.start) if word else None
        if word and place:
            why = (f"inleds med '{word.word}'",)
            found.append(Judged(agreement, Coverage.RELATED, OPENS_WITH, (place,), why))
    return found


def _meant(asked: Asked) -> Meant | None:
    """The type of clause or the way of one that the question names, else that it means."""
    if way := way_asked(asked.question.read_as):
        return Meant(way.partition(":")[0], NAMED_WAY, way=way)
    if named := clause_subject(asked.question):
        return Meant(named, 1.0)
    meant = asked.engine.clause_questions.meant_by(asked.whole)
    if meant and meant.way and not may_mean(meant.way, asked.question.text):
        return replace(meant, way=None)
    return meant


def _labels(asked: Asked) -> Mapping[str, ClauseLabel]:
    """The clauses asked for, where the subject is a type of clause that no field of the card decides; else none."""
    if card_subject(asked.question):
        return {}
    meant = _meant(asked)
    if meant is None or (meant.score < 1.0 and not _unknown(asked)):
        return {}
    return _labels_of(asked, meant)


def _labels_of(asked: Asked, meant: Meant) -> Mapping[str, ClauseLabel]:
    """The clauses that are meant, by agreement; where a field of the card is, each with the sentence that states it."""
    if meant.field is None:
        return labelled(asked.engine, meant.key, asked.agreements)
    stating = {a.agreement_id: a for a in asked.agreements if a.values(meant.field)}
    found = dict(labelled(asked.engine, meant.key, list(stating.values())))
    for name, label in found.items():
        fact = next(fact for fact in stating[name].facts if fact.name is meant.field)
        place = sentence_at(asked.engine, stating[name], fact.start)
        found[name] = replace(label, quote=place or label.quote)
    return found


def _unknown(asked: Asked) -> bool:
    """True for "vilka avtal saknar något om vad som händer om vi blir osams?": its words are in no text."""
    question = asked.question
    return question.absent and bool(question.terms) and not any(term.known for term in question.terms)


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
        if f.name is name
        and (name is not FactName.PARTY or any(is_among(p, (f.value,)) for p in question.parties))
    ]
    stated = (sentence_at(engine, agreement, fact.start) for fact in facts)
    return next(
        (place for place in stated if place is not None), engine.first_sentence(agreement.agreement_id)
    )
