"""The binary samples: their sources are read right, and a rebuild changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.samples.source import Block, BlockKind, parse_source
from evals.samples.word import docx_bytes

_ROOT = Path(__file__).parents[2]
_SOURCES = _ROOT / "evals" / "samples" / "sources"
_SOURCE = "# Avtal\n\n## 1 Parter\n\nA och B.\n\n- punkt\n\n| a | b |\n| 1 | 2 |\n"


def test_a_source_becomes_blocks() -> None:
    assert parse_source(_SOURCE) == (
        Block(BlockKind.HEADING, "Avtal", level=1),
        Block(BlockKind.HEADING, "1 Parter", level=2),
        Block(BlockKind.PARAGRAPH, "A och B."),
        Block(BlockKind.BULLET, "punkt"),
        Block(BlockKind.TABLE, "", rows=(("a", "b"), ("1", "2"))),
    )


def test_a_docx_is_built_to_the_same_bytes() -> None:
    blocks = parse_source(_SOURCE)
    assert docx_bytes(blocks) == docx_bytes(blocks)


def test_the_shipped_files_are_their_sources(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="samples are only built where reportlab is installed")
    from evals.samples.__main__ import build_samples

    for built in build_samples(_SOURCES, tmp_path):
        shipped = _ROOT / "corpus" / "samples" / built.relative_to(tmp_path)
        assert built.read_bytes() == shipped.read_bytes()
