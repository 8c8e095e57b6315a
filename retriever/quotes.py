"""Which words of a passage are quoted: the sentence that says it, a list with its introduction."""

from __future__ import annotations

from corpus.lines import BULLET
from corpus.types import Agreement, Section, Span
from retriever.citation import section_at
from retriever.engine import Engine
from retriever.matching import match_terms
from retriever.question import Question


def best_sentence(engine: Engine, question: Question, row: int) -> Span:
    """The passage's sentence that speaks most of the subject; the first after the heading where none does."""
    passage = engine.index.passages[row]
    agreement = engine.agreement(passage)
    section = agreement.sections[passage.section]
    sentences = engine.sentences(passage)
    rarity = engine.index.words.rarity
    coverage = [
        match_terms(question.terms, engine.words(passage.agreement_id, s), rarity).coverage for s in sentences
    ]
    body = [i for i, s in enumerate(sentences) if s.start >= section.body] or list(range(len(sentences)))
    best = max(body, key=lambda i: (coverage[i], -i))
    return whole_list(agreement, sentences[best])


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
