"""A sample as RTF."""

from __future__ import annotations

from collections.abc import Sequence

from evals.samples.source import Block, BlockKind, Style

_HEAD = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss Arial;}}\deflang1053\fs22"
_HALF_POINTS = {1: 34, 2: 26, 3: 22}
_BODY_HALF_POINTS = 22
_TWIPS = 9000
"""The width of a table."""


def rtf_bytes(blocks: Sequence[Block], style: Style) -> bytes:
    """ASCII RTF with bold headings, larger than the body except in the bold style."""
    body = "\n".join(_markup(block, style) for block in blocks)
    return f"{_HEAD}\n{body}\n}}\n".encode("ascii")


def _markup(block: Block, style: Style) -> str:
    if block.kind is BlockKind.HEADING:
        size = _BODY_HALF_POINTS if style is Style.BOLD else _HALF_POINTS[block.level]
        return rf"\pard\sb240\sa120{{\b\fs{size} {_escaped(block.text)}}}\par"
    if block.kind is BlockKind.BULLET:
        return rf"\pard\li360\fi-360\bullet\tab {_escaped(block.text)}\par"
    if block.kind is BlockKind.TABLE:
        return "\n".join(map(_row, block.rows))
    return rf"\pard\sa120 {_escaped(block.text)}\par"


def _row(cells: Sequence[str]) -> str:
    edges = "".join(rf"\cellx{_TWIPS * number // len(cells)}" for number in range(1, len(cells) + 1))
    inside = "".join(rf"\pard\intbl {_escaped(cell)}\cell" for cell in cells)
    return rf"\trowd{edges}{inside}\row"


def _escaped(text: str) -> str:
    return "".join(_escape(sign) for sign in text)


def _escape(sign: str) -> str:
    if sign in "\\{}":
        return f"\\{sign}"
    if sign.isascii():
        return sign
    units = sign.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(rf"\u{code}?" for code in codes)
