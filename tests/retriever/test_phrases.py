"""Phrases by their first word: those that the atoms may say, in order, each once."""

from __future__ import annotations

from retriever.concepts import Phrase
from retriever.phrases import Phrases


def test_only_phrases_whose_first_word_may_be_said_are_found_in_order() -> None:
    every = [Phrase.of(text) for text in ("praktik", "verksamhetsförlagd utbildning", "utbildning")]
    phrases = Phrases.of(every)
    stems = {phrase.text: phrase.words[0][0] for phrase in every}
    assert list(phrases.beginning_in(frozenset([stems["utbildning"], stems["praktik"]]))) == [
        every[0],
        every[2],
    ]
    assert list(phrases.beginning_in(frozenset([stems["verksamhetsförlagd utbildning"]]))) == [every[1]]
    assert list(phrases.beginning_in(frozenset(["snö"]))) == []


def test_a_compound_is_found_once_by_any_of_its_parts() -> None:
    phrase = Phrase.of("kompetensförsörjning")
    assert len(phrase.words[0]) > 1
    assert list(Phrases.of([phrase]).beginning_in(frozenset(phrase.words[0]))) == [phrase]
