"""What of a question only tells the agreement, and is left out where the passage is sought."""

from __future__ import annotations

import pytest

from retriever.engine import Engine


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Vem har ansvar för lärarnas arbetsmiljö i Bergby kommun?", ("ansvar", "arbetsmiljö")),
        ("Hur säger man upp avtalet med Plogens AB?", ("säger", "upp")),
        ("Var står det hur en tvist med simlaget löses?", ("tvist", "löses")),
    ],
)
def test_a_name_and_a_word_that_one_agreement_opens_with_are_left_out(
    engine: Engine, text: str, left: tuple[str, ...]
) -> None:
    bare = engine.bare(engine.understand(text))
    assert bare is not None
    assert all(word in bare for word in left)
    assert not any(name in bare.casefold() for name in ("bergby", "plogen", "simlag"))


def test_a_question_without_such_words_is_left_as_it_is(engine: Engine) -> None:
    assert engine.bare(engine.understand("Hur löses en tvist om avtalet?")) is None


def test_a_question_of_nothing_else_is_left_as_it_is(engine: Engine) -> None:
    assert engine.bare(engine.understand("Simlaget?")) is None


def test_a_part_of_a_hyphened_word_stays(engine: Engine) -> None:
    bare = engine.bare(engine.understand("Vad kostar ett AB-kontrakt med Alviks kommun?"))
    assert bare is not None
    assert "AB-kontrakt" in bare
