"""A sentence's words are those of its passage, and those that reading it alone gives."""

from __future__ import annotations

import pytest

from corpus.types import SectionRole, Span
from indexer.swedish.words import Run, words_of
from indexer.types import Passage
from retriever.runs import words_inside

TEXT = "Avtalet kan sägas upp av parterna. Upp till tio MDU:s studenter tas emot i e-tjänsten."


def inside(start: int, end: int) -> Run:
    passage = Passage("a:0", "a", 0, 0, len(TEXT), SectionRole.CONTENT, "", TEXT)
    return words_inside(TEXT, passage, Span(start, end), Run(words_of(TEXT)))


@pytest.mark.parametrize(("start", "end"), [(0, 34), (35, len(TEXT)), (0, len(TEXT)), (0, 17), (35, 55)])
def test_words_are_those_of_the_span_read_alone(start: int, end: int) -> None:
    assert list(inside(start, end)) == words_of(TEXT, start, end)


def test_a_span_that_cuts_a_word_is_read_alone() -> None:
    assert [word.word for word in inside(0, 3)] == ["avt"]


def test_a_verb_is_not_joined_with_a_particle_of_the_next_sentence() -> None:
    text = "Vem kan sägas. Upp till tio får plats."
    passage = Passage("a:0", "a", 0, 0, len(text), SectionRole.CONTENT, "", text)
    whole = Run(words_of(text))
    assert any(word.joined for word in whole)
    assert not any(word.joined for word in words_inside(text, passage, Span(0, 14), whole))
