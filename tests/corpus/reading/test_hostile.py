"""Walks a folder of broken, fuzzed and locked files, when there is one."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from corpus.sandbox import Reader
from corpus.types import ReadError, ReadStatus

FOLDER = os.environ.get("AVTAL_HOSTILE", "")


@pytest.mark.skipif(
    not FOLDER, reason="AVTAL_HOSTILE names no folder of hostile files: this walk is left out"
)
def test_every_hostile_file_ends_in_a_document_or_a_read_error() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    start = time.monotonic()
    with Reader() as reader:
        for path in sorted(path for path in Path(FOLDER).rglob("*") if path.is_file()):
            try:
                document = reader.read(path, str(path.relative_to(FOLDER)))
                status = ReadStatus.INDEXED_WITH_WARNINGS if document.warnings else ReadStatus.INDEXED
            except ReadError as error:
                status = error.status
                assert error.reason
                assert "läsaren klarade inte" not in error.reason, f"{path}: {error.reason}"
            counts[path.suffix, status.value] += 1
    print(f"\n{counts.total()} files in {time.monotonic() - start:.1f} s")
    for (suffix, name), count in sorted(counts.items()):
        print(f"{suffix:6} {name:22} {count:5}")
    assert counts.total() > 0
