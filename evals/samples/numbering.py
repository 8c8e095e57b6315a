"""Word's automatic numbers, for headings whose printed numbers Word would count the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from evals.samples.source import Block, BlockKind

_NUMBERED = re.compile(r"(?P<sign>§ )?(?P<number>\d+(?:\.\d+)?)(?P<dot>\.)? (?P<words>\S.*)")
_LIST_ID = 77


def automatic_numbers(blocks: Sequence[Block]) -> tuple[str, dict[int, str]] | None:
    """The top level's pattern ("§ %1") and each numbered heading's words by block index.

    None where some heading has no number, or where the printed numbers are not 1, 2, 2.1, 2.2, 3 …
    """
    patterns: set[str] = set()
    words: dict[int, str] = {}
    counts = [0, 0]
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.level == 1:
            continue
        match = _NUMBERED.fullmatch(block.text)
        counts = [counts[0] + 1, 0] if block.level == 2 else [counts[0], counts[1] + 1]
        expected = ".".join(map(str, counts[: block.level - 1]))
        if not match or match["number"] != expected:
            return None
        if block.level == 2:
            patterns.add(f"{match['sign'] or ''}%1{match['dot'] or ''}")
        elif match["sign"] or match["dot"]:
            return None
        words[index] = match["words"]
    return (patterns.pop(), words) if len(patterns) == 1 else None


def add_numbering(document: Any, pattern: str) -> None:
    """Define the list that `pattern` describes in a python-docx document."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate((pattern, "%1.%2"))
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LIST_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    first = next(child for child in numbering if child.tag.endswith("}num"))
    first.addprevious(abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{_LIST_ID}"><w:abstractNumId w:val="{_LIST_ID}"/></w:num>')
    )


def number_paragraph(paragraph: Any, level: int) -> None:
    """Let Word count the paragraph at `level`, 0 for the top."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = _LIST_ID
