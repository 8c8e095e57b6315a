"""What a part reads beside its code travels with it when it is installed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
NOT_SERVED = ("samples", "training", "results", "truth", "unseen")
"""Folders that answering needs nothing of."""


@pytest.mark.parametrize("part", ["corpus", "indexer", "retriever", "api"])
def test_each_data_file_is_declared(part: str) -> None:
    folder = ROOT / part
    held = {path for pattern in DECLARED[part] for path in folder.glob(pattern)}
    data = {
        path
        for path in folder.rglob("*.*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and not set(NOT_SERVED) & set(path.relative_to(folder).parts)
    }
    assert data
    assert sorted(str(path) for path in data - held) == []
