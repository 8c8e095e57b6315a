"""Which words are quoted, and which figure of a sentence answers."""

from __future__ import annotations

import pytest

from corpus.types import Span
from retriever.answer import ask
from retriever.asks import Asks
from retriever.engine import Engine
from retriever.fact_kinds import CUES
from retriever.figure_signs import _is_changed
from retriever.quotes import _is_fragment


def test_a_section_that_is_pointed_to_is_quoted_whole_and_alone(engine: Engine) -> None:
    quotes = [citation.quote for citation in ask(engine, "§ 4 i hyresavtalet").citations]
    assert quotes == ["Avtalet kan sägas upp skriftligen av båda parter. Uppsägningstiden är nio månader."]


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("För Granboda kommun", True),
        ("Driftavtal", True),
        ("Hyran betalas i förskott.", False),
        ("- en punkt i en lista", False),
        ("Parterna ska:", False),
    ],
)
def test_a_line_without_a_stop_is_a_fragment(words: str, fragment: bool) -> None:
    assert _is_fragment(words) is fragment


def test_the_figure_that_is_replaced_by_another_is_told_apart() -> None:
    text = "Hyran sänks från 1 200 kr till 1 100 kr från och med juli."
    sentence = Span(0, len(text))
    old, new = text.index("1 200"), text.index("1 100")
    assert _is_changed("Vad är hyran?", text, sentence, Span(old, old + 8))
    assert not _is_changed("Vad är hyran?", text, sentence, Span(new, new + 8))


@pytest.mark.parametrize(("asked", "changed"), [("Vad är hyran?", True), ("Hur mycket höjs hyran?", False)])
def test_what_a_sum_is_raised_by_is_not_the_sum(asked: str, changed: bool) -> None:
    text = "Hyran höjs med 620 000 kronor per år."
    at = text.index("620")
    assert _is_changed(asked, text, Span(0, len(text)), Span(at, at + 15)) is changed


def test_tidigast_is_no_cue_for_a_period() -> None:
    cue = CUES[Asks.PERIOD]
    assert cue.search("tidigast om fem år") is None
    assert cue.search("en tid om fem år") is not None
