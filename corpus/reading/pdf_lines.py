"""The lines of PDF pages, as a PDF library gives them."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = " | "
"""What stands between the cells of a table's row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that wide gaps or drawn lines set apart. `left` and `right` are points from the page's left edge.

    `place` names the cell of a ruled table that it stands in: table, upper and left edge of that cell.
    """

    text: str
    left: float
    right: float
    place: tuple[int, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `top` and `bottom` are distances from the page's upper edge as parts of its height
    (0..1, `top` < `bottom`) and `size` is its font's size in points, all None where the library gives no
    positions. `bold`: its first and last characters are.

    `cells` are the parts between wide gaps, one where there is no such gap, none where positions are unknown.
    `hidden`: what of it nobody sees, which is not in `text`. `is_row`: it is a row of a table, with " | " between its cells. `angle`: how its first character is turned, in degrees."""

    text: str
    top: float | None = None
    bottom: float | None = None
    size: float | None = None
    bold: bool = False
    cells: tuple[Cell, ...] = ()
    is_row: bool = False
    hidden: str = ""
    angle: int = 0


@dataclass(frozen=True, slots=True)
class PdfText:
    """What one library found. `pages` holds each page's lines, an empty tuple for a page without text.

    `outline` holds the bookmarks as (0-based page, 1-based level, title).
    """

    pages: tuple[tuple[Line, ...], ...]
    title: str | None = None
    outline: tuple[tuple[int, int, str], ...] = ()

    @property
    def has_text(self) -> bool:
        """True when some page holds a letter or a digit."""
        return any(any(map(str.isalnum, line.text)) for page in self.pages for line in page)
