"""Answers from several threads at once are those given one at a time; at full size by `make robustness`."""

from __future__ import annotations

from pathlib import Path

from tests.robustness import together
from tests.robustness.server import index_of

ASKED = (
    "vilka avtal omfattar kompetensförsörjning?",
    "Vad är hyran?",
    "vilka avtal saknar uppsägningstid?",
    "När upphör hyresavtalet?",
    "Får bolaget hålla häst?",
)


def test_answers_from_threads_are_those_given_one_at_a_time(folder: Path, tmp_path: Path) -> None:
    assert together.examine(index_of(folder, tmp_path), ASKED, 3, 2) == 0
