"""The short answer: the sentence that says it, and the span of the date, amount, name or yes/no inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Agreement, Span
from retriever.asked import Asked
from retriever.asks import Asks
from retriever.fact_kinds import WHO
from retriever.fact_weights import certainties, utilities
from retriever.figures import Found, figures
from retriever.holders import holders
from retriever.statements import statements
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
    """Every possible answer in the statements of the best passages in scope."""
    question = asked.question
    read = replies if question.asks is Asks.YES_NO else holders if question.asks in WHO else figures
    return [found for statement in statements(asked) for found in read(question, statement)]


def short_answers(asked: Asked) -> list[ShortAnswer]:
    """Possible answers best first, at most one an agreement; the certainty of those that say the same is added up."""
    found = candidates(asked)
    scores = utilities(found, asked.question.asks)
    sure = certainties(scores, asked.question.asks)
    places: dict[str, list[int]] = {}
    for place, each in enumerate(found):
        places.setdefault(each.statement.agreement.agreement_id, []).append(place)
    best = {name: max(own, key=lambda place: scores[place]) for name, own in places.items()}
    answers = [
        _answer(found[at], scores[at], _same(found, sure, places[name], at)) for name, at in best.items()
    ]
    return sorted(answers, key=lambda a: (-a.score, a.agreement.agreement_id))


def _same(found: Sequence[Found], sure: Sequence[float], places: Sequence[int], best: int) -> float:
    """The certainty of all of the agreement's answers, at `places`, that say the same as the best one."""
    said = _said(found[best])
    return sum(sure[place] for place in places if _said(found[place]) == said)


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
