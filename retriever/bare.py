"""A question without what only tells which agreement is meant: names, and words that hardly another agreement holds."""

from __future__ import annotations

import re
from collections.abc import Callable

from retriever.party_names import named_at
from retriever.question import Question, Term

LEAST_LEFT = 8
"""Characters of a question that still asks for something."""


def bare(question: Question, tells: Callable[[Term], bool]) -> str | None:
    """The question without its parties, its names and the terms of which `tells` is true, as the encoder reads it.

    None where it has none of these, and where nothing else is left of it.
    """
    text = question.for_encoder
    spans = [span for party in question.parties if (span := named_at(party, text))]
    telling = [term.word for term in question.terms if term.named or tells(term)]
    spans += [
        m.span() for word in telling for m in re.finditer(rf"(?i)(?<![\w-]){re.escape(word)}(?![\w-])", text)
    ]
    if not spans:
        return None
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    left = " ".join(text.split())
    return left if len(left) >= LEAST_LEFT else None
