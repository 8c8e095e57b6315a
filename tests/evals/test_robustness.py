"""Bad files among the good change nothing in the index of the good; at full size by `python -m evals.robustness`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.robustness.bad_files import compare, examine
from indexer.store import open_index
from indexer.types import Encoder


def test_bad_files_change_nothing_in_the_index_of_the_good(tmp_path: Path, encoder: Encoder) -> None:
    outcome = examine(tmp_path, encoder, good=45, bad=30)
    assert outcome.differences == ()
    assert outcome.statuses == {"indexed": 45, "refused": 30}
    assert outcome.passages >= 45 * 3


def test_a_difference_is_named(tmp_path: Path, encoder: Encoder) -> None:
    examine(tmp_path, encoder, good=4, bad=1)
    index = open_index(tmp_path / "index-goda")
    moved = [replace(index.passages[0], start=1), *index.passages[1:]]
    assert compare(index, replace(index, passages=moved)) == ("styckena",)
