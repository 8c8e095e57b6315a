"""A sentence's words, taken from those of its passage: neither read twice nor kept twice."""

from __future__ import annotations

from corpus.types import Span
from indexer.swedish.words import Run, words_of
from indexer.types import Passage


def words_inside(text: str, passage: Passage, span: Span, whole: Run) -> Run:
    """The words of a span of the passage in the agreement's text; `whole` are the passage's.

    Read anew where no white space parts the span from what stands around it: a word may be cut there.
    """
    if not _parted(text, span.start - 1, passage.start - 1) or not _parted(text, span.end, passage.end):
        return Run(words_of(text, span.start, span.end))
    return Run(word for word in whole if span.start <= word.start and word.end <= span.end)


def _parted(text: str, at: int, edge: int) -> bool:
    return at == edge or text[at].isspace()
