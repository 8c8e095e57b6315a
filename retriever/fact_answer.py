"""The answer to a question of fact: a short answer inside its citation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from corpus.expressions import day_in_words
from corpus.types import FactName, Span
from retriever.asked import LEAST_BEGINNING, Asked
from retriever.asks import Asks
from retriever.citation import cite
from retriever.concepts import NOTHING
from retriever.evidence import MOST_CITATIONS, no_answer, passages_answer
from retriever.fact_weights import family
from retriever.facts import ShortAnswer, short_answers
from retriever.forms import PARTY_KIND
from retriever.holders import asks_for_name
from retriever.holding import Holding
from retriever.question import Question
from retriever.quotes import sentence_at, whole_list
from retriever.statements import OF_NAMED
from retriever.subject import joined
from retriever.types import Answer, AnswerKind, Citation, ShortAnswerSpan
from retriever.wording import searched, source

LEAST: Mapping[str, float] = {"figure": 0.15, "who": 0.05, "yes": 0.3}
"""Below this certainty no short answer is given, by family (docs/decisions/facts.md). What is told in many ways is given early:
more candidates share the certainty. A yes or a no, often told at length, gives way to the passages."""
AT_LENGTH = frozenset([Asks.YES_NO, Asks.WHAT])
"""What is often told at length: where no short answer is sure, the passages are given."""
SAME_ANSWER = 0.3
"""Short answers of other agreements within this much of the best one's score are shown beside it."""


def fact_answer(asked: Asked) -> Answer:
    """The short answer with its sentence cited; where none is stated, the nearest passages or the abstention."""
    question = asked.question
    if question.asks is Asks.ORGANISATION and question.parties and not question.terms:
        return _partners(asked)
    if (
        (kind := PARTY_KIND.search(question.read_as))
        and question.asks is Asks.ORGANISATION
        and len(question.terms) <= 1
    ):
        return _partners(asked, kind[1].casefold())
    if unheard_of(asked):
        return no_answer(asked)
    found = _last_notice(asked) or short_answers(asked)
    if not found or found[0].certainty < least_certainty(question):
        told_at_length = question.asks in AT_LENGTH or _TOLD_AS_A_RULE.match(question.read_as)
        return passages_answer(asked) if told_at_length else no_answer(asked)
    best = found[0]
    others = [a for a in found[1:] if best.score - a.score <= SAME_ANSWER][: MOST_CITATIONS - 1]
    chosen = [best, *others]
    citations = tuple(cite(a.agreement, whole_list(a.agreement, a.sentence)) for a in chosen)
    return replace(
        asked.answer(AnswerKind.FACT, _fact_statement(chosen), citations),
        short_answer=best.text,
        short_answer_span=ShortAnswerSpan(0, best.span.start, best.span.end),
    )


_TOLD_AS_A_RULE = re.compile(
    r"(?i)\W*när\s+(?:får|slipper|ska|skall|behöver|kan)\b(?![^?]*\bsenast\b)"
    r"|(?:[^?]*,\s+|\W*)vem\s+(?!(?:är|var|heter|hette|som|blir|blev)\b)\w"
)
"""It may ask for a condition as well as for a day, for a task as well as for a name: "När får placeringen avbrytas?",
"Vem får bestämma att förrådet öppnas?"."""


def least_certainty(question: Question) -> float:
    """Below this no short answer is given to the question; a name is asked for as surely as a figure."""
    return LEAST["figure" if asks_for_name(question) else family(question.asks)]


def unheard_of(asked: Asked) -> list[str]:
    """The names in a Swedish question that no text holds, and that are nearly no word of theirs: they have no answer.

    An abbreviation may stand for what the texts write out.
    """
    question = asked.question
    if question.for_encoder != question.read_as:
        return []
    unknown = [t.word for t in question.terms if t.named and not t.known and t.sayings is NOTHING]
    words = [word for word in asked.engine.index.words.words if len(word) >= LEAST_BEGINNING]
    names = (name for name in unknown if name.upper() not in question.text)
    return [name for name in names if not any(_is_nearly(name, word) for word in words)]


def _is_nearly(name: str, word: str) -> bool:
    """True for a name that begins with the word, and for one within two slips of it."""
    return name.startswith(word) or OSA.distance(name, word, score_cutoff=2) <= 2


_LAST_NOTICE = re.compile(
    r"(?i)\bsista\s+(?:dag\w*|datum\w*)\b.*\b(?:säg\w*\s+upp|uppsägning\w*)|\bnär\s+(?:senast\s+)?(?:måste|ska|skall)\b.*\bsäg\w*\s+upp"
    r"|\bsenast\b.*\bsäg\w*\s+upp"
)


def _last_notice(asked: Asked) -> list[ShortAnswer]:
    """The last day to give notice, reckoned or stated on the cards of the agreements that are asked about."""
    if not _LAST_NOTICE.search(asked.question.read_as):
        return []
    named = asked.engine.named_by(asked.question) | Holding.of(asked.engine, asked.question).rare(OF_NAMED)
    chosen = [
        a for a in asked.agreements if a.agreement_id in named or (not named and asked.question.parties)
    ]
    found = []
    for agreement in chosen:
        for fact in agreement.facts:
            place = sentence_at(asked.engine, agreement, fact.start)
            if fact.name is FactName.LAST_NOTICE_DAY and place:
                span = Span(fact.start, fact.end)
                day, written = (
                    day_in_words(fact.value),
                    " ".join(agreement.text[span.start : span.end].split()),
                )
                text = day if day[-4:] in written else f"{day} ({written})"  # reckoned, so with its wording
                found.append(ShortAnswer(agreement, place, span, text, 1.0, 1.0))
                break
    return found


def _capital(text: str) -> str:
    """With a capital first letter, unless the text is an address."""
    return text if "@" in text else text[:1].upper() + text[1:]


def _fact_statement(found: Sequence[ShortAnswer]) -> str:
    best = found[0]
    where = source(best.agreement, best.sentence)
    first = f"{_capital(best.text)} ({where})."
    if len(found) == 1:
        return first
    others = "; ".join(f"{a.text} ({a.agreement.title})" for a in found[1:])
    return f"{first} Även andra avtal kan avses: {others}."


_FORMS = {
    "kommuner": r"(?i)\b(?:kommun|stad)\b",
    "städer": r"(?i)\bstad\b",
    "regioner": r"(?i)\b(?:region|landsting\w*)\b",
    "länsstyrelser": r"(?i)\blänsstyrelse\w*",
    "högskolor": r"(?i)\w*(?:högskola|universitet)\w*",
    "lärosäten": r"(?i)\w*(?:högskola|universitet)\w*|institutet",
    "universitet": r"(?i)\w*universitet\w*",
    "myndigheter": r"(?i)\b(?:myndighet\w*|\w+verket|länsstyrelse\w*)",
    "bolag": r"(?i)\b(?:AB|aktiebolag)\b",
    "företag": r"(?i)\b(?:AB|aktiebolag)\b",
}
"""What a party is called when it is of a kind; any other word of the question means every party."""


def _partners(asked: Asked, of_kind: str = "parter") -> Answer:
    """Who is party to the agreements in scope, those that the question names left out."""
    names: list[str] = []
    spans: list[Span] = []
    citations: list[Citation] = []
    for agreement in asked.agreements:
        others = [
            f for f in agreement.facts if f.name is FactName.PARTY and f.value not in asked.question.parties
        ]
        for fact in others:
            place = sentence_at(asked.engine, agreement, fact.start)
            if place is None or not re.search(_FORMS.get(of_kind, ""), fact.value):
                continue
            written = " ".join(agreement.text[fact.start : fact.end].split())
            if written not in names:
                names.append(written)
                spans.append(Span(fact.start, fact.end))
                citations.append(cite(agreement, place))
    if not names:
        return passages_answer(asked)
    with_whom = f" med {joined(list(asked.question.parties))}" if asked.question.parties else ""
    statement = f"{joined(names)} har avtal{with_whom}. {searched(asked)}"
    return replace(
        asked.answer(AnswerKind.FACT, statement, citations),
        short_answer=joined(names),
        short_answer_span=ShortAnswerSpan(0, spans[0].start, spans[0].end),
    )
