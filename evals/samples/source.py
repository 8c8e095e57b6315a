"""The sources of the binary samples: a small Markdown subset read into blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a source is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level` is 1-based for headings, else 0; `rows` are set for tables only."""

    kind: BlockKind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse_source(text: str) -> tuple[Block, ...]:
    """Blocks in reading order: `#` headings, `- ` bullets, `| a | b |` tables, and paragraphs."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block(BlockKind.TABLE, "", rows=tuple(rows)))
            rows = []
        if line.strip():
            blocks.append(_block(line.strip()))
    return tuple(blocks)


def _block(line: str) -> Block:
    if line.startswith("#"):
        marks, _, words = line.partition(" ")
        return Block(BlockKind.HEADING, words.strip(), level=len(marks))
    if line.startswith("- "):
        return Block(BlockKind.BULLET, line[2:].strip())
    return Block(BlockKind.PARAGRAPH, line)
