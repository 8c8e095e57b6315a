"""A sample as plain text, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evals.samples.source import Block, BlockKind, Style


def txt_bytes(blocks: Sequence[Block], style: Style) -> bytes:
    """UTF-8 text, one line a paragraph; in the bold style nothing but the line itself marks a heading."""
    lines = [_text_lines(blocks[0])]
    for before, block in pairwise(blocks):
        tight = (style is Style.BOLD and before.kind is BlockKind.HEADING) or _both_bullets(before, block)
        lines.append(_text_lines(block) if tight else f"\n{_text_lines(block)}")
    return ("\n".join(lines) + "\n").encode()


def md_bytes(blocks: Sequence[Block]) -> bytes:
    """UTF-8 Markdown with `#` headings."""
    lines = [_markdown_lines(blocks[0])]
    for before, block in pairwise(blocks):
        text = _markdown_lines(block)
        lines.append(text if _both_bullets(before, block) else f"\n{text}")
    return ("\n".join(lines) + "\n").encode()


def _both_bullets(before: Block, block: Block) -> bool:
    return before.kind is BlockKind.BULLET and block.kind is BlockKind.BULLET


def _text_lines(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        widths = [max(map(len, column)) for column in zip(*block.rows, strict=True)]
        padded = (
            "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in block.rows
        )
        return "\n".join(line.rstrip() for line in padded)
    return f"- {block.text}" if block.kind is BlockKind.BULLET else block.text


def _markdown_lines(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} {block.text}"
    if block.kind is BlockKind.TABLE:
        first, *rest = (f"| {' | '.join(row)} |" for row in block.rows)
        rule = f"| {' | '.join('---' for _ in block.rows[0])} |"
        return "\n".join([first, rule, *rest])
    return _text_lines(block)
