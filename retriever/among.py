"""Among which agreements an absence question asks: "vilka avtal med föreningar saknar …?" leaves the others out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.quantities import number_value
from corpus.types import Agreement
from indexer.swedish.words import words_of
from retriever.agreement_kinds import kinds_asked, of_kinds
from retriever.asked import Asked, narrowed, put
from retriever.card_subjects import card_subject, stated
from retriever.coverage import Judged
from retriever.engine import Engine
from retriever.forms import ABSENT
from retriever.party_kinds import asked_kinds, with_kinds, with_parties, without_kind
from retriever.question import Question
from retriever.set_meaning import BY_MEANING
from retriever.subject import joined, subject
from retriever.types import Coverage


def among(asked: Asked, covering: Callable[[Asked], Sequence[Judged]]) -> Asked:
    """What stands before "saknar" tells the agreements by name, their kind, a kind of party, a field of the card or their subject.

    All agreements are asked where it tells none of them. `covering` judges which agreements a list question gets.
    """
    question = asked.question
    of_kind = of_kinds(asked.agreements, named_kinds := kinds_asked(question))
    agreements = of_kind or list(asked.agreements)
    _, lacked = _parted(question)
    if lacked.terms and (named := _enumerated(asked) or _counted(asked)):
        note = f"Bara {len(named)} avtal som frågan räknar upp prövades"
        return narrowed(asked, replace(lacked, parties=(), notes=(*lacked.notes, note)), named)
    kinds = asked_kinds(question)
    rest = without_kind(question) if kinds else question
    parted = with_parties(question, agreements, kinds) if kinds else []
    chosen = [agreement for agreement, _ in parted] if kinds else agreements
    told = [f"av typen {joined(named_kinds)}"] if of_kind else []
    told += [f"med {with_kinds(question, kinds)}"] if kinds and chosen else []
    before, after = _parted(rest)
    if before.terms and after.terms:
        about = _about(asked, before, covering, by_words=bool(kinds and chosen))
        found = [agreement for agreement in chosen if agreement.agreement_id in about]
        if found:
            told.append(f'om "{subject(before)}"')
            rest, chosen = after, found
    if not told or not (rest.terms or of_kind):
        return asked
    rest = replace(rest, notes=(*rest.notes, f"Bara avtal {' och '.join(told)} prövades"))
    return narrowed(asked, rest, chosen)


_ENUMERATION = re.compile(
    r"(?i)^\W*(?:av|bland)\s+(?P<first>[^?]+?)\s*[–—:,-]\s+(?:i\s+)?vilk|\((?P<aside>[^)]+)\)|\s[–—-]\s(?P<between>[^–—?]+?)\s[–—-]\s"
)
_NEXT = re.compile(r"\s*,\s*|(?<!-)\s+och\s+")
LEAST_NAMED = 2
"""Names of an enumeration that the texts must know: one may be a word that happens to stand in a title."""


def _enumerated(asked: Asked) -> list[Agreement]:
    """The agreements that the question names one by one: "av Ladan, Badet och hallen – vilka …?"; [] where it does not."""
    cue = ABSENT.search(asked.question.read_as)
    told = _ENUMERATION.search(asked.question.read_as[: cue.start()]) if cue else None
    parts = _NEXT.split(told[told.lastgroup or 0]) if told else []
    question, filters = asked.question, asked.filters
    parties = tuple(party for party in filters.parties if party not in question.parties)
    agreements = asked.engine.agreements_in_scope(replace(filters, parties=parties))
    each = [_named_so(asked.engine, agreements, part) for part in parts]
    chosen = set().union(*each) if sum(map(bool, each)) >= LEAST_NAMED else set()
    return [agreement for agreement in agreements if agreement.agreement_id in chosen]


def _named_so(engine: Engine, agreements: Sequence[Agreement], name: str) -> set[str]:
    """Ids of the agreements that the words name by a party, else by a title."""
    question = engine.understand(name)
    if question.parties:
        return {a.agreement_id for a in agreements if not {*question.parties}.isdisjoint(a.parties)}
    return {*engine.named_by(question)}


_ALL_SUCH = re.compile(
    r"(?i)\bvilke[nt]\s+av\s+(?:de\s+)?(?P<what>(?!samverkan|samarbet)\w{3,}?)s?-?(?:avtalen|kontrakten)\b"
    r"|\bav\s+(?:de\s+)?(?P<count>\w+)\s+(?P<those>\w{3,}?)s?-?(?:avtalen|kontrakten)\b"
)


def _counted(asked: Asked) -> list[Agreement]:
    """The agreements of "vilket av de två gymnasieavtalen …?", where as many titles have the word, at least two where no
    count is given; else []."""
    told = _ALL_SUCH.search(asked.question.read_as)
    if told is None:
        return []
    start = (told["what"] or told["those"]).casefold()
    titled = [
        agreement
        for agreement in asked.agreements
        if any(atom.startswith(start) for atom in asked.engine.title_atoms(agreement.agreement_id))
    ]
    right = len(titled) == number_value(told["count"]) if told["count"] else len(titled) >= LEAST_NAMED
    return titled if right else []


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


def _about(
    asked: Asked, question: Question, covering: Callable[[Asked], Sequence[Judged]], by_words: bool
) -> set[str]:
    """Ids of those whose card has the field that is the subject, else of those that a list question about it gets;
    `by_words` leaves out those that only its meaning tells."""
    field = card_subject(question)
    if field:
        return {a.agreement_id for a in asked.agreements if stated(a, field, question)}
    about = put(asked.engine, f"Vilka avtal handlar om {subject(question)}?", asked.filters, asked.limit)
    return {
        each.agreement.agreement_id
        for each in covering(about)
        if each.coverage is Coverage.EXPLICIT and not (by_words and BY_MEANING in each.why)
    }
