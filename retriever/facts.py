"""The short answer: the sentence that says it, and the span of the date, amount, name or yes/no inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Agreement, Span
from retriever.amended import amended
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.fact_kinds import WHO
from retriever.fact_weights import certainties, utilities
from retriever.figures import Found, figures
from retriever.sought import sought
from retriever.statements import defines, statements
from retriever.yes_no import replies


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """`text` is what is shown; `span` the wording inside `sentence`, offsets into the agreement's text.

    `score` orders the answers; `certainty` is how surely it is the answer, 0..1.
    """

    agreement: Agreement
    sentence: Span
    span: Span
    text: str
    score: float
    certainty: float


def candidates(asked: Asked) -> list[Found]:
    """Every possible answer in the statements of the best passages in scope; a party's presentation and a definition ground no yes or no, and
    no sentence answers where no text holds a word of the subject."""
    question = asked.question
    read = replies if question.asks is Asks.YES_NO else sought if question.asks in WHO else figures
    stated = statements(asked)
    if question.unheard_of:
        return []
    if question.asks is Asks.YES_NO:
        stated = [each for each in stated if not (each.place.presents or defines(each))]
    return [found for statement in stated for found in read(question, statement)]


def short_answers(asked: Asked) -> list[ShortAnswer]:
    """Possible answers best first, at most one an agreement; the certainty of those that say the same is added up."""
    found = candidates(asked)
    scores = amended(asked, found, utilities(found, asked.question.asks))
    sure = certainties(scores, asked.question.asks)
    best: dict[str, int] = {}
    for place, each in enumerate(found):
        name = each.statement.agreement.agreement_id
        if name not in best or scores[place] > scores[best[name]]:
            best[name] = place
    same = same_answers(found)
    answers = [_answer(found[p], scores[p], sum(sure[i] for i in same[p])) for p in best.values()]
    return sorted(answers, key=lambda a: (-a.score, a.agreement.agreement_id))


def same_answers(found: Sequence[Found]) -> list[list[int]]:
    """For each candidate the places of those that say the same of the same agreement, its own among them.

    Two cuts of the same words of a sentence say the same: "rektor" and "rektor vid skolan".
    """
    by_words: dict[tuple[str, str], list[int]] = {}
    of_agreement: dict[str, list[int]] = {}
    for place, each in enumerate(found):
        name = each.statement.agreement.agreement_id
        by_words.setdefault((name, _said(each)), []).append(place)
        of_agreement.setdefault(name, []).append(place)
    same = []
    for each in found:
        name = each.statement.agreement.agreement_id
        cuts = (p for p in of_agreement[name] if found[p].span.overlaps(each.span))
        same.append(sorted({*by_words[name, _said(each)], *cuts}))
    return same


def _said(found: Found) -> str:
    return (
        found.text.partition(":")[0].casefold()
        if found.text.startswith(("Ja", "Nej"))
        else found.text.casefold()
    )


def _answer(found: Found, score: float, certainty: float) -> ShortAnswer:
    statement = found.statement
    cited = Span(min(statement.cited.start, found.span.start), max(statement.cited.end, found.span.end))
    return ShortAnswer(statement.agreement, cited, found.span, found.text, score, certainty)
