"""The typed expressions of a text's sentences, kept from one question to the next: they follow from the text alone."""

from __future__ import annotations

from functools import lru_cache

from corpus.expressions import ExpressionKind, expressions_in
from corpus.types import Span

KEPT = 32_768
"""Sentences by kind of expression: 10 MB, most of them with nothing found."""


def expressed(text: str, span: Span, kind: ExpressionKind) -> tuple[Span, ...]:
    """Where the span of the text holds expressions of the kind, in order."""
    return _expressed(text, span.start, span.end, kind)


@lru_cache(maxsize=KEPT)
def _expressed(text: str, start: int, end: int, kind: ExpressionKind) -> tuple[Span, ...]:
    return tuple(Span(each.start, each.end) for each in expressions_in(text, start, end, kind))
