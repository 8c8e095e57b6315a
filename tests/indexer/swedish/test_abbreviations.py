"""Abbreviations are learnt where a text spells them out, and nowhere else."""

from __future__ import annotations

import pytest

from indexer.swedish.abbreviations import abbreviations_in
from indexer.swedish.stems import stem


def stems(words: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words.split())


@pytest.mark.parametrize(
    ("text", "short", "spelled"),
    [
        (
            "Studenter gör verksamhetsförlagd utbildning (VFU) hos parten.",
            "vfu",
            "verksamhetsförlagd utbildning",
        ),
        ("Här råder arbetsintegrerat lärande (AIL).", "ail", "arbetsintegrerat lärande"),
        ("vid Kungliga tekniska högskolan (KTH)", "kth", "kungliga tekniska högskolan"),
        ("vid Malmö universitet (MU)", "mu", "malmö universitet"),
    ],
)
def test_the_words_before_the_bracket_spell_it_out(text: str, short: str, spelled: str) -> None:
    assert abbreviations_in([text]) == {short: stems(spelled)}


@pytest.mark.parametrize(
    "text",
    [
        "Hamnen ägs av staden (ABC).",
        "(VFU)",
        "VFU är utbildning.",
        "verksamhetsförlagd utbildning (vfu)",
        "verksamhetsförlagd utbildning (V)",
        "verksamhetsförlagd utbildning (VFUABCD)",
        "verksamhetsförlagd god utbildning (VFU)",
    ],
)
def test_what_the_words_before_do_not_spell_is_not_learnt(text: str) -> None:
    assert abbreviations_in([text]) == {}


def test_the_first_spelling_met_in_the_texts_counts() -> None:
    texts = ["vid Malmö universitet (MU)", "med musikens utövare (MU) och god lön (GL)"]
    assert abbreviations_in(texts) == {"mu": stems("malmö universitet"), "gl": stems("god lön")}


def test_the_shortest_spelling_is_taken() -> None:
    assert abbreviations_in(["alla goda lotsar vid god lots (GL)"]) == {"gl": stems("god lots")}


def test_no_texts_no_abbreviations() -> None:
    assert abbreviations_in([]) == {}
