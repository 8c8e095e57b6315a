"""The condition that what a text says of the subject gives an amount: "krav på ansvarsförsäkring med angivet belopp"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.expressions import ExpressionKind, expressions_in
from corpus.types import Span
from retriever.coverage import Judged
from retriever.forms import WITH_AMOUNT
from retriever.question import Question
from retriever.types import Coverage

WITHOUT = 0.5
"""Score of an agreement that states the subject and gives no amount beside it."""


def with_amount(question: Question, judged: Sequence[Judged]) -> list[Judged]:
    """The judgements, those whose sentences give no amount at most related; untouched where the question asks for none, or no agreement gives one."""
    if not WITH_AMOUNT.search(question.read_as):
        return list(judged)
    giving = {id(each) for each in judged if any(_gives(each.agreement.text, place) for place in each.places)}
    if not giving:
        return list(judged)
    return [
        each
        if id(each) in giving
        else replace(each, coverage=Coverage.RELATED, score=min(each.score, WITHOUT))
        for each in judged
    ]


def _gives(text: str, place: Span) -> bool:
    return any(expressions_in(text, place.start, place.end, ExpressionKind.AMOUNT))
