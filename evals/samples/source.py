"""The sources of the built samples: a small Markdown subset read into blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a source is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"


class Style(StrEnum):
    """How headings are set apart: by the format's own means, by capitals, or by bold type alone."""

    NUMBERED = "numbered"
    CAPITALS = "capitals"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level` is 1-based for headings, else 0; `rows` are set for tables only."""

    kind: BlockKind
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse_source(text: str) -> tuple[Block, ...]:
    """Blocks in reading order: `#` headings, `- ` bullets, `| a | b |` tables, and paragraphs.

    Raises ValueError for a table whose rows differ in length.
    """
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if not _is_rule(cells):
                rows.append(cells)
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        if line.strip():
            blocks.append(_block(line.strip()))
    return tuple(blocks)


def in_capitals(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks with every heading but the title in capitals."""
    return tuple(
        replace(block, text=block.text.upper())
        if block.kind is BlockKind.HEADING and block.level > 1
        else block
        for block in blocks
    )


def _is_rule(cells: tuple[str, ...]) -> bool:
    return all(cell and not cell.strip("-:") for cell in cells)


def _table(rows: list[tuple[str, ...]]) -> Block:
    if len({len(row) for row in rows}) != 1:
        raise ValueError(
            f"table {rows[0]}: want as many cells in every row, got {[len(row) for row in rows]}"
        )
    return Block(BlockKind.TABLE, "", rows=tuple(rows))


def _block(line: str) -> Block:
    if line.startswith("#"):
        marks, _, words = line.partition(" ")
        return Block(BlockKind.HEADING, words.strip(), level=len(marks))
    if line.startswith("- "):
        return Block(BlockKind.BULLET, line[2:].strip())
    return Block(BlockKind.PARAGRAPH, line)
