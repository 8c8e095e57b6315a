"""What a model wrote is read sentence by sentence, each with its own marks."""

from __future__ import annotations

import pytest

from retriever.phrasing.sentences import Sentence, sentences_of

HYRAN, LADAN = "Hyran är 3 kr", "Ladan är röd"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Hyran är 3 kr [1]. Ladan är röd [2].", [Sentence(HYRAN, (1,)), Sentence(LADAN, (2,))]),
        ("Hyran är 3 kr. [1] Ladan är röd. [2]", [Sentence(HYRAN, (1,)), Sentence(LADAN, (2,))]),
        (
            "- Hyran är 3 kr [1][3].\n2. Ladan är röd [2, 3].",
            [Sentence(HYRAN, (1, 3)), Sentence(LADAN, (2, 3))],
        ),
        ("Här är svaret. Hyran är 3 kr [1].", [Sentence("Här är svaret", ()), Sentence(HYRAN, (1,))]),
        ("Hyran är 3 kr [1]. Hör av dig!", [Sentence(HYRAN, (1,)), Sentence("Hör av dig!", ())]),
        ("Ladan hyrs t.o.m. Allhelgona [1].", [Sentence("Ladan hyrs t.o.m. Allhelgona", (1,))]),
        ("  \n[1]\n", []),
    ],
)
def test_a_mark_belongs_to_the_sentence_that_it_ends(written: str, found: list[Sentence]) -> None:
    assert sentences_of(written) == found
