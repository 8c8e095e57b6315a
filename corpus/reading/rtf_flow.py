"""From RTF's control words to blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.reading.canonical import plain_glyphs, without_invisible
from corpus.reading.extract import Block, may_head

_HEADING = re.compile(r"(?:heading|rubrik)\s*([1-9])(?!\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel|rubrik|dokumenttitel|avtalsrubrik)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll|innehållsförteckning)\s*(?:\d|heading|rubrik)?", re.IGNORECASE)
_DEEPEST_HEADING = 9
# A cell with more paragraphs than this is layout, not a cell of a table: it is read as blocks.
_MOST_CELL_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name and, where it is a heading, its level 1..9."""

    name: str = ""
    level: int = 0

    @property
    def heading(self) -> int:
        """The level that the style gives its paragraphs, 0 for running text."""
        if found := _HEADING.match(self.name):
            return int(found[1])
        return self.level or (1 if _TITLE.fullmatch(self.name) else 0)

    @property
    def is_contents(self) -> bool:
        """True for the lines of a generated table of contents."""
        return bool(_CONTENTS.fullmatch(self.name))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's properties. `level`: its own outline level 1.., 0 for running text, None where it says nothing.

    `tables`: how many tables, one in another, it stands in.
    """

    style: int = 0
    level: int | None = None
    tables: int = 0


@dataclass(slots=True)
class Flow:
    """Gathers the text of one destination: the body, a note, a text box, a page header.

    `properties` are those of the open paragraph, to be set before it is closed.
    """

    styles: dict[int, Style]
    done: list[Block] = field(default_factory=list)
    properties: Paragraph = field(default_factory=Paragraph)
    _text: list[str] = field(default_factory=list)
    _mark: str = ""
    _after: list[Block] = field(default_factory=list)  # notes and boxes of the paragraph that is open
    _cell: list[Block] = field(default_factory=list)
    _row: list[list[Block]] = field(default_factory=list)
    _inner: list[Block] = field(default_factory=list)  # the open cell of a table inside a cell
    _inner_row: list[list[Block]] = field(default_factory=list)
    _follows_row: bool = False
    _was_bullet: bool = False
    _plain: bool = False  # whether the open paragraph has words that are not bold

    def add(self, text: str, bold: bool = False) -> None:
        """Add characters to the open paragraph."""
        self._text.append(text)
        self._plain = self._plain or (not bold and bool(text.strip()))

    def mark(self, text: str) -> None:
        """Set the number or bullet that the open paragraph is printed with."""
        self._mark = text

    def after(self, blocks: list[Block]) -> None:
        """Put blocks after the open paragraph."""
        self._after += blocks

    def end_paragraph(self) -> None:
        """Close the open paragraph."""
        blocks = list(self._paragraph())
        if self.properties.tables > 1:
            self._inner += blocks
        elif self.properties.tables:
            self._cell += blocks
        elif blocks:
            self._end_rows()
            self.done += blocks

    def end_cell(self) -> None:
        """Close the open cell."""
        self._row.append([*self._cell, *self._paragraph()])
        self._cell = []

    def end_inner_cell(self) -> None:
        """Close the open cell of a table inside a cell."""
        self._inner_row.append([*self._inner, *self._paragraph()])
        self._inner = []

    def end_inner_row(self) -> None:
        """Close a row of a table inside a cell: it becomes a line of that cell."""
        self._cell += _as_row(self._inner_row)
        self._inner_row = []

    def end_row(self, merged: list[bool]) -> None:
        """Close the row. `merged` tells of each cell whether the one to its left has swallowed it."""
        cells = [
            cell for at, cell in enumerate(self._row) if not (at < len(merged) and merged[at] and not cell)
        ]
        rows, self._row, self._cell = list(_as_row(cells)), [], []
        for block in rows:
            in_table = " | " in block.text and not block.level
            self.done.append(replace(block, tight=in_table and self._follows_row and block is rows[0]))
            self._follows_row = in_table
        self._was_bullet = False

    def blocks(self) -> list[Block]:
        """Everything gathered; what is still open is closed."""
        self.end_paragraph()
        self._end_rows()
        return self.done

    def _end_rows(self) -> None:
        """Close cells that no \\row closed before other text came."""
        if self._inner or self._inner_row:
            self._inner_row.append(self._inner)
            self._inner = []
            self.end_inner_row()
        if self._cell:
            self._row.append(self._cell)
        if self._row:
            self.end_row([])
        self._follows_row = False

    def _paragraph(self) -> Iterator[Block]:
        lines = plain_glyphs(without_invisible(_paired("".join(self._text)))).split("\n")
        text = "\n".join(line.strip(" \t") for line in lines).strip("\n")
        mark = " ".join(plain_glyphs(self._mark).split())
        bold = not self._plain
        self._text, self._mark, self._plain = [], "", False
        if text:
            block = self._block(mark, text)
            yield replace(block, bold=bold and may_head(block))
        yield from self._after
        self._after = []

    def _block(self, mark: str, text: str) -> Block:
        style = self.styles.get(self.properties.style, Style())
        level = style.heading if self.properties.level is None else self.properties.level
        bullet = bool(mark) and not any(map(str.isalnum, mark))
        if bullet and mark not in ("-", "–", "—", "*"):
            mark = "•"
        tight = style.is_contents or (bullet and self._was_bullet)
        self._was_bullet = bullet
        if level:
            text = " ".join(text.split())
        level = 0 if style.is_contents or level > _DEEPEST_HEADING else level
        return Block(f"{mark} {text}" if mark else text, level, tight, style.is_contents)


def _as_row(cells: list[list[Block]]) -> Iterator[Block]:
    """The cells as one line, or as blocks where they are layout rather than a table's row."""
    layout = any(
        len(cell) > _MOST_CELL_PARAGRAPHS or any(block.level or " | " in block.text for block in cell)
        for cell in cells
    )
    if layout or len(cells) == 1:
        for cell in cells:
            yield from cell
        return
    texts = [" ".join(" ".join(block.text.split()) for block in cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if texts:
        yield Block(" | ".join(texts))


def _paired(text: str) -> str:
    """The text with its surrogate pairs, which RTF writes as two characters, made one each."""
    return (
        text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if not text.isascii()
        else text
    )
