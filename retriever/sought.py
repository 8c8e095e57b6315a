"""What a "vad" or "vilken" asks for where no name answers: a figure of any kind, or the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.expressions import ExpressionKind
from corpus.types import Span
from retriever.asks import Asks
from retriever.expressed import expressed
from retriever.fact_kinds import OPEN
from retriever.fact_places import closeness, part_share
from retriever.figures import Found, plain, with_bound
from retriever.holders import asks_for_name, holders
from retriever.offices import office_told
from retriever.question import Question
from retriever.statement import Statement
from retriever.which_sorts import can_be_told, is_actor, is_person

_MEASURES = (
    ExpressionKind.AMOUNT,
    ExpressionKind.PERCENT,
    ExpressionKind.PERIOD,
    ExpressionKind.MEASURE,
    ExpressionKind.FREQUENCY,
    ExpressionKind.DATE,
)
LONGEST = 25
"""Words of a sentence that may stand as a short answer."""


def sought(question: Question, statement: Statement) -> Iterator[Found]:
    """Everybody and everything that the statement names; asked "vad" or "vilken", its figures and the sentence too."""
    named = list(holders(question, statement))
    yield from named
    if is_actor(question.read_as) or is_person(question.read_as):
        return
    if not office_told(question, statement):
        return
    others: list[Found] = []
    if question.asks in OPEN:
        others.extend(_measures(statement))
    if question.asks in OPEN or not (named or question.asks is Asks.PLACE or asks_for_name(question)):
        others.extend(_sentence(question.asks, statement))
    yield from (each for each in others if can_be_told(question.read_as, each.text, statement.text))


def _measures(statement: Statement) -> Iterator[Found]:
    text = statement.agreement.text
    spans: list[Span] = []
    for kind in _MEASURES:
        for span in expressed(text, statement.span, kind):
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
    for span in spans:
        whole = Span(with_bound(text, statement.span, span.start), span.end)
        told = {
            "measure": 1.0,
            "close": closeness(statement, span),
            "fits": 0.5,
            "part": part_share(statement, spans, span),
        }
        yield Found(statement, whole, plain(text[whole.start : whole.end]), told)


_ITEM = re.compile(r"\s*[-–•*·]\s*[a-zåäö]")
""" "- stå för försäkringen": an item of what somebody does names nobody."""


def _sentence(asks: Asks, statement: Statement) -> Iterator[Found]:
    words = statement.text.split()
    if _ITEM.match(statement.text) and asks in (Asks.PERSON, Asks.ORGANISATION):
        return
    if 2 < len(words) <= LONGEST and statement.text.rstrip(')”"* ').endswith((".", ";", ":")):
        yield Found(statement, statement.span, plain(statement.text), {"sentence": 1.0, "fits": 0.5})
