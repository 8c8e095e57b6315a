"""Lines of canonical text as blocks: which line begins a paragraph, which is a list item, which flows on."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Word's symbol fonts leave bullets behind as private-use characters.
_BULLET = re.compile(r"[\s\u00a0]*(?:[•·▪‣◦○●*-][\s\u00a0]+|[\ue000-\uf8ff][\s\u00a0]*)")
_NUMBERED = re.compile(r"[\s\u00a0]*(?:§\s*\d|\d+(?:\.\d+)*[.)]?[\s\u00a0]|[a-zåäö]\)[\s\u00a0])")
# Markdown's own signs are left out when shown: "## " before a heading, "*" or "**" around words.
_HASHES = re.compile(r"\s{0,3}#{1,6}\s+")
_BOLD = re.compile(r"(?<![^\W_])(?<!\*)(\*{1,2})(?=[^\s*])[^\n*]*[^\s*]\1(?![^\W_]|\*)")
_WRAPPED_LINE = 55
"""A line at least this long was probably wrapped by the source's page width, not ended by its author."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to show; one that `flows` goes on from the line before."""

    start: int
    end: int
    flows: bool


@dataclass(slots=True)
class Block:
    """A paragraph or a list item, while its lines are gathered."""

    item: bool
    lines: list[Line]


def blocks_of(text: str, start: int, end: int) -> list[Block]:
    """The paragraphs and list items of text[start:end]; blank lines part them."""
    blocks: list[Block] = []
    block: Block | None = None
    before = ""
    at = start
    while at < end:
        found = text.find("\n", at)
        stop = end if found < 0 or found > end else found
        line = text[at:stop]
        bullet = _BULLET.match(line)
        if not line.strip():
            block = None
        elif bullet:
            block = Block(True, [Line(at + bullet.end(), stop, False)])
            blocks.append(block)
        else:
            small = line.lstrip()[:1].islower()
            flows = (
                block is not None and not _NUMBERED.match(line) and (len(before) >= _WRAPPED_LINE or small)
            )
            if block is None:
                block = Block(False, [])
                blocks.append(block)
            block.lines.append(Line(at + lead_of(line), stop, flows))
        before = line.rstrip()
        at = stop + 1
    return blocks


def lead_of(line: str) -> int:
    """Characters at the beginning of a line that are not shown: blanks, or a Markdown heading's signs."""
    hashes = _HASHES.match(line)
    return hashes.end() if hashes else len(line) - len(line.lstrip())


def unshown(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The (start, end) of signs of emphasis in text[start:end], which are not shown."""
    spans: list[tuple[int, int]] = []
    for found in _BOLD.finditer(text[start:end]):
        size = len(found[1])
        spans += [
            (start + found.start(), start + found.start() + size),
            (start + found.end() - size, start + found.end()),
        ]
    return spans
