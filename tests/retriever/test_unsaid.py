"""A thing that the thesaurus knows by its names is asked for, and no text speaks of it by any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.asked import put
from retriever.engine import Engine
from retriever.types import Filters
from retriever.unsaid import is_unsaid

TEXTS = {
    "tandvard.md": """# Avtal mellan Alviks kommun och Tandläkarna AB

## 1 Uppdrag

Folktandvården undersöker alla som bor på äldreboendet en gång om året.
""",
    "spar.md": """# Avtal mellan Alviks kommun och Skidklubben

## 1 Spår

Klubben preparerar spåren i Alviks naturreservat hela vintern.
""",
}


@pytest.fixture(scope="module")
def two(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("Vilka avtal handlar om elsparkcyklar?", True),
        ("Vad säger avtalen om vindkraft?", True),
        ("Vilka avtal rör tandläkare?", False),  # by a kind: folktandvården
        ("Vilka avtal handlar om munhälsa?", False),  # by another name
        ("Vilka avtal handlar om krumelurer?", False),  # no word of the thesaurus: nothing is known of it
        ("Vilka avtal kan man hoppa av?", False),  # a verb and its particle are told in too many ways
        ("Which agreements cover wind power?", False),
    ],
)
def test_only_a_thing_whose_names_are_known_is_missed(two: Engine, question: str, unsaid: bool) -> None:
    assert is_unsaid(put(two, question, Filters(), 10)) is unsaid


def test_a_small_part_of_the_subject_is_not_the_subject(two: Engine) -> None:
    question = "Vilka avtal preparerar spåren i Alviks naturreservat hela vintern för vindkraft?"
    assert not is_unsaid(put(two, question, Filters(), 10))


def test_what_is_known_and_not_said_is_not_answered_by_what_lies_near(two: Engine) -> None:
    assert ask(two, "Vilka avtal handlar om elsparkcyklar?").abstained
    assert ask(two, "Vad säger avtalen om vindkraft?").abstained
    assert not ask(two, "Vilka avtal handlar om munhälsa?").abstained
