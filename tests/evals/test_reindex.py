"""`--encoder`: the same agreements in an index of another encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import AvtalError
from evals.reindex import reindex
from indexer.store import open_index
from retriever.answer import ask
from retriever.engine import open_engine
from retriever.types import Filters


def test_the_agreements_are_the_same_and_the_vectors_are_not(built: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    reindex(built, "avtal-sv", tmp_path, lambda done, total: told.append((done, total)))
    before, after = open_index(built), open_index(tmp_path)
    assert after.agreements == before.agreements
    assert (before.manifest.encoder.name, after.manifest.encoder.name) == ("ord-64", "avtal-sv")
    assert after.vectors.rows == len(after.passages) == told[-1][0] == told[-1][1]
    answer = ask(open_engine(tmp_path), "Vad är hyran?", Filters(), 3)
    assert (answer.short_answer or "").startswith("12 500 kronor")


def test_an_encoder_that_is_none_is_refused(built: Path, tmp_path: Path) -> None:
    with pytest.raises(AvtalError, match="'finns-inte' är varken"):
        reindex(built, "finns-inte", tmp_path)
