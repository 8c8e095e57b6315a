"""Raised and lowered signs ("1" of a footnote, the 2 of m²) put back into the line that they stand in.

pdfium ends a line where the baseline moves, and so before and after each such sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.reading.pdf_lines import Line

# Two parts of one printed line share so much of the lower one's height, and follow each other so closely,
# in parts of the larger font's height.
_BESIDE = 0.4
_OVERLAPS = -0.3
_CLOSE = 0.6
_SPACED = 0.15
# A raised sign is smaller than the text, and stands higher by this part of the text's height.
_SMALLER = 0.85
_RAISED = 0.12
_MARK = re.compile(r"\d{1,3}")
_NOTED = re.compile(r"(?:[^\W\d_]{3,}|[.,;:!?)”\"’])$")


def whole_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with the parts of one printed line joined. A footnote's raised number becomes "[1]", as in Word files."""
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on(whole[-1], line):
            whole[-1] = _together(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _goes_on(above: Line, line: Line) -> bool:
    """True where the line stands right after the other one on the same height."""
    if not (above.cells and line.cells and above.size and line.size):
        return False
    if above.top is None or above.bottom is None or line.top is None or line.bottom is None:
        return False
    shared = min(above.bottom, line.bottom) - max(above.top, line.top)
    if shared < _BESIDE * min(above.bottom - above.top, line.bottom - line.top):
        return False
    gap = (line.cells[0].left - above.cells[-1].right) / max(above.size, line.size)
    return _OVERLAPS <= gap <= _CLOSE and above.cells[-1].place == line.cells[0].place


def _together(above: Line, line: Line) -> Line:
    before, after = above.cells[-1], line.cells[0]
    first, second = above.text.rstrip(), line.text.lstrip()
    large = max(above.size or 0.0, line.size or 0.0)
    spaced = (after.left - before.right) > _SPACED * large
    if _is_raised(line, above) and _MARK.fullmatch(second.strip()) and _NOTED.search(first):
        second, spaced = f"[{second.strip()}]", False
    elif _is_raised(above, line) and _MARK.fullmatch(first.strip()) and len(above.cells) == 1:
        first, spaced = f"[{first.strip()}]", True
    gap = " " if spaced else ""
    body = line if (above.size or 0.0) <= _SMALLER * (line.size or 0.0) else above
    one = replace(before, text=_tail(above, first) + gap + _head(line, second), right=after.right)
    return replace(
        body, text=first + gap + second, bold=above.bold and line.bold,
        cells=(*above.cells[:-1], one, *line.cells[1:]),
    )  # fmt: skip


def _tail(line: Line, text: str) -> str:
    """The text of the line's last cell, which is all of `text` where there is one cell."""
    return text if len(line.cells) == 1 else line.cells[-1].text


def _head(line: Line, text: str) -> str:
    return text if len(line.cells) == 1 else line.cells[0].text


def _is_raised(sign: Line, line: Line) -> bool:
    """True for a small sign that stands higher than the text beside it."""
    if not (
        sign.size
        and line.size
        and sign.bottom is not None
        and line.bottom is not None
        and line.top is not None
    ):
        return False
    return sign.size <= _SMALLER * line.size and line.bottom - sign.bottom >= _RAISED * (
        line.bottom - line.top
    )
