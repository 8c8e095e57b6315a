"""Which words of a passage are quoted: the sentence that says it, a list with its introduction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.lines import BULLET
from corpus.types import Agreement, Section, Span
from retriever.citation import section_at
from retriever.engine import Engine
from retriever.matching import match_terms
from retriever.question import Question

MEANING = 0.5
"""A sentence's nearness in meaning counts this much of its share of the subject's words."""


FRAGMENT = 0.2
"""Taken off a line that is no sentence: names above the dotted lines, a title."""


def _is_fragment(words: str) -> bool:
    """True for a line without a full stop that is neither a list's item nor its introduction."""
    return not words.rstrip(' )"”*').endswith((".", "!", "?", ":", ";", ",")) and BULLET.match(words) is None


def best_sentence(engine: Engine, question: Question, row: int, query: NDArray[np.float32]) -> Span:
    """The passage's sentence that says most of the subject, in its words and by its vector; never a heading alone.

    `query` is the question's vector, float32 (dimension,).
    """
    passage = engine.index.passages[row]
    agreement = engine.agreement(passage)
    section = agreement.sections[passage.section]
    sentences = engine.sentences(passage)
    rarity = engine.index.words.rarity
    coverage = [
        match_terms(question.terms, words, rarity).coverage for _, words in engine.read_sentences(passage)
    ]
    body = [i for i, s in enumerate(sentences) if s.start >= section.body] or list(range(len(sentences)))
    nearness = _nearness(engine, row, sentences, query)
    broken = [FRAGMENT * _is_fragment(agreement.text[s.start : s.end]) for s in sentences]
    best = max(body, key=lambda i: (coverage[i] + MEANING * nearness[i] - broken[i], -i))
    return whole_list(agreement, sentences[best])


def _nearness(
    engine: Engine, row: int, sentences: Sequence[Span], query: NDArray[np.float32]
) -> Sequence[float]:
    """Each sentence's cosine with the question; zeros where the encoder gives sentences no vectors."""
    vectors = engine.index.sentences
    if not len(vectors):
        return [0.0] * len(sentences)
    known = dict(zip(vectors.spans(row), vectors.of(row).cosines(query).tolist(), strict=True))
    return [known.get(span, 0.0) for span in sentences]


def whole_list(agreement: Agreement, span: Span) -> Span:
    """A sentence that ends with a colon, together with the list it introduces; any other as it is."""
    text = agreement.text
    if not text[span.start : span.end].rstrip().endswith(":"):
        return span
    section: Section = section_at(agreement, span.start)
    end = span.end
    position = end
    while position < section.end:
        newline = text.find("\n", position, section.end)
        line_end = section.end if newline < 0 else newline
        line = text[position:line_end]
        if line.strip():
            if not BULLET.match(text, position, line_end):
                break
            end = position + len(line.rstrip())
        position = line_end + 1
    whole = Span(span.start, end)
    return span if any(f.overlaps(whole) for f in agreement.furniture) else whole


def sentence_at(engine: Engine, agreement: Agreement, offset: int) -> Span | None:
    """The sentence that holds the character at `offset`; None in page furniture."""
    row = engine.row_at(agreement.agreement_id, offset)
    if row is None:
        return None
    return next((s for s in engine.sentences(engine.index.passages[row]) if s.start <= offset < s.end), None)
