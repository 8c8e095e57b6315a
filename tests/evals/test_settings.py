"""`--set`: a number of the retriever changed by name for one run, and back again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.settings import SETTINGS, SettingError, changed, parse_settings
from retriever.answer import ask
from retriever.engine import Engine
from retriever.fusion import share_of_words
from retriever.types import Filters


def test_names_and_values_are_read() -> None:
    assert parse_settings(["word_share=0.25", "named_bonus=0,5"]) == {"word_share": 0.25, "named_bonus": 0.5}


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        SettingError, match=r"inställningen ordvikt finns inte; .*word_share.*least_confidence"
    ):
        parse_settings(["ordvikt=1"])


@pytest.mark.parametrize("value", ["mycket", "", "1.5", "-1", "nan"])
def test_a_value_that_is_none_is_refused_with_its_range(value: str) -> None:
    with pytest.raises(SettingError, match=r"ett tal från 0 till 1; nu gäller 0\.6"):
        parse_settings([f"word_share={value}"])


def test_the_value_holds_inside_and_not_after_even_when_the_run_fails() -> None:
    with changed({"word_share": 0.25}):
        assert share_of_words(1.0) == 0.25
    with pytest.raises(RuntimeError, match="avbrott"), changed({"word_share": 0.0}):
        raise RuntimeError("avbrott")
    assert share_of_words(1.0) == 0.6


def test_every_setting_is_a_number_within_its_own_range() -> None:
    assert all(setting.low <= setting.value <= setting.high for setting in SETTINGS.values())


def test_every_setting_is_documented() -> None:
    readme = (Path(__file__).parents[2] / "evals" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| .*\|$", readme.split("| `--set` |")[1].split("\n\n")[0], re.M) == list(
        SETTINGS
    )


def test_a_setting_changes_what_is_ranked(engine: Engine) -> None:
    def scores() -> list[float]:
        return [hit.score for hit in ask(engine, "Kommunen betalar för vattnet", Filters(), 5).hits]

    shipped = scores()
    with changed({"word_share": 0.0}):
        vectors_alone = scores()
    assert vectors_alone != shipped
    assert scores() == shipped
