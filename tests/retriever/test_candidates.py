"""Which passages might speak of a question's terms: no passage speaks of them more than the word index allows."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.types import Span
from retriever.candidates import Held, most_said
from retriever.concepts import Phrase
from retriever.engine import Engine
from retriever.matching import strengths_of


@pytest.mark.parametrize(
    "asked",
    [
        "Vilka avtal omfattar kompetensförsörjning?",
        "Vilka avtal hänskjuter tvister till skiljedom?",
        "Vilka avtal handlar om verksamhetsförlagd utbildning?",
        "Vilka avtal går att säga upp med sex månaders varsel?",
        "Vilka avtal nämner Agenda 2030?",
        "Vilka avtal har en klausul om force majeure?",
    ],
)
def test_no_passage_speaks_of_a_term_more_than_its_words_allow(samples: Engine, asked: str) -> None:
    terms = samples.understand(asked).terms
    most = most_said(samples.index.words, terms)
    for row, passage in enumerate(samples.index.passages):
        words = samples.words(passage.agreement_id, Span(passage.start, passage.end))
        said = strengths_of(terms, words, samples.index.words.rarity)
        assert np.all(most[:, row] >= said), (passage.text, said)


def test_a_passage_with_one_word_of_a_phrase_might_not_say_it(samples: Engine) -> None:
    """Each passage that held the last word of a phrase was read: 2,374 of 11,117 for kompetensförsörjning, where 349 spoke of it."""
    held = Held(samples.index.words)
    phrase = Phrase.of("utbildning av personal")
    with_last = held.atom(phrase.words[-1][0])
    assert 0 < held.phrase(phrase).sum() < with_last.sum()
    assert not held.phrase(Phrase.of("obefintlighet personal")).any()
