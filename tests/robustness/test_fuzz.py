"""Broken files to each format's reader; a million of each, led by coverage, by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.robustness import fuzz


@pytest.mark.parametrize("format", fuzz.FORMATS)
def test_a_broken_file_is_read_or_refused(format: str, tmp_path: Path) -> None:
    tally = fuzz.run(format, 6, 3, tmp_path)
    assert tally.wrong == []
    assert tally.states.total() == 6


def test_what_is_wrong_is_kept(tmp_path: Path) -> None:
    tally = fuzz.run("docx", 8, 3, tmp_path, strict=True)
    assert tally.wrong
    assert (tmp_path / tally.wrong[0].partition(":")[0]).exists()
