"""The lines that a signature block begins with."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus.closing import SIGNING_LINE

READ = "import sys; from corpus.closing import SIGNING_LINE; print(SIGNING_LINE.fullmatch(sys.argv[1]))"
LONG_ENOUGH = 60
"""Seconds for one line, start of the process included: what is read in one way takes less than one, the other minutes."""


@pytest.mark.parametrize(
    "line",
    [
        "Umeå den 2 maj 2020",
        "Umeå 2020-08-17 | Luleå och Piteå den 2 maj 2020",
        "Umeå den ______ 20__    Luleå den ______ 20__",
        "Umeå      Luleå     ",
        "Ort och datum: Umeå ........ 2024",
    ],
)
def test_a_line_of_places_and_days_is_where_they_sign(line: str) -> None:
    assert SIGNING_LINE.fullmatch(line)


@pytest.mark.parametrize("line", ["Umeå kommun", "Umeå den 2 maj 2020 beslutade nämnden", "Ort: Umeå"])
def test_a_line_that_says_more_is_not(line: str) -> None:
    assert not SIGNING_LINE.fullmatch(line)


def test_long_runs_of_spaces_are_read_in_one_way() -> None:
    """Found among a million broken files: two words with 74 and 94 spaces after them held the reader for minutes."""
    line = "Samhäll" + " " * 74 + "Äll" + " " * 94 + "tal!om avtalet"
    done = subprocess.run(
        [sys.executable, "-c", READ, line], capture_output=True, text=True, timeout=LONG_ENOUGH, check=True
    )
    assert done.stdout.strip() == "None"
