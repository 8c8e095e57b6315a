"""An ODT document's paragraphs, lists and tables as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.reading.extract import Block, may_head
from corpus.reading.odt_inline import Inline, read_inline
from corpus.reading.odt_names import OFFICE, TABLE, TEXT, number_of
from corpus.reading.odt_numbering import Counts, Numbering
from corpus.reading.odt_styles import Styles
from corpus.reading.zipped import Element

_UNSEEN = frozenset((
    TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "forms", TEXT + "sequence-decls",
    TEXT + "variable-decls", TEXT + "user-field-decls", TEXT + "index-entry-template",
))  # fmt: skip
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
# A cell with more paragraphs than this is layout, not a cell of a table: it is read as blocks.
_MOST_CELL_PARAGRAPHS = 3
_MOST_REPEATED = 64
_DEEPEST_HEADING = 9
_MOST_START = 32_767


@dataclass(slots=True)
class _Item:
    """A list item that is open: its list's counts, style and depth. Its first paragraph takes the number."""

    counts: Counts
    style: str
    level: int
    start: int | None = None
    header: bool = False
    taken: bool = False


@dataclass(slots=True)
class Flow:
    """One walk through a document. `hidden` gathers the words that the file hides, which are left out."""

    styles: Styles
    numbering: Numbering
    hidden: list[str] = field(default_factory=list)
    _outline: Counts = field(default_factory=lambda: Counts("Outline"), init=False)
    _bullets: Counts | None = field(default=None, init=False)  # the list of the bullet just before

    def blocks(self, container: Element, item: _Item | None = None) -> Iterator[Block]:
        """The container's blocks in order, each table row as one line.

        A note follows the paragraph that refers to it, as "[1] …"; so does a text box.
        """
        for part in container:
            tag = part.tag
            if tag in _UNSEEN:
                continue
            if tag in _PARAGRAPHS:
                yield from self._paragraph(part, item)
            elif tag == TEXT + "list":
                yield from self._list(part, item)
            elif tag == TABLE + "table":
                self._bullets = None
                yield from self._table(part)
            elif tag == TEXT + "section" and part.get(TEXT + "display") == "none":
                self._hide(part)
            elif tag.startswith(TEXT) and tag.endswith(("-of-content", "-index")):
                for block in self.blocks(part):  # a generated table of contents or index
                    yield replace(block, level=0, tight=True, furniture=True)
            else:
                yield from self.blocks(part, item)

    def _paragraph(self, paragraph: Element, item: _Item | None) -> Iterator[Block]:
        inline = self._inline(paragraph)
        text = inline.text
        if text.strip():
            level = self._heading_level(paragraph)
            mark, bullets = self._mark(paragraph, item)
            tight = bullets is not None and bullets is self._bullets
            self._bullets = bullets
            if level:
                text = " ".join(text.split())
            block = Block(f"{mark} {text}" if mark else text, level, tight)
            yield replace(block, bold=self.styles.is_bold(paragraph)) if may_head(block) else block
        yield from self._followers(inline)

    def _inline(self, paragraph: Element) -> Inline:
        inline = Inline()
        covered = any(
            mark.get(TEXT + "is-hidden") == "true" for mark in paragraph.iter(TEXT + "hidden-paragraph")
        )
        if covered or self.styles.is_hidden("paragraph", paragraph.get(TEXT + "style-name", "")):
            self._hide(paragraph)
        else:
            read_inline(paragraph, inline, self.styles)
            self.hidden += filter(None, inline.hidden)
        return inline

    def _hide(self, element: Element) -> None:
        if words := " ".join("".join(element.itertext()).split()):
            self.hidden.append(words)

    def _heading_level(self, paragraph: Element) -> int:
        if paragraph.tag == TEXT + "h":
            return max(1, number_of(paragraph, TEXT + "outline-level", 1, _DEEPEST_HEADING))
        return 1 if self.styles.is_title(paragraph) else 0

    def _mark(self, paragraph: Element, item: _Item | None) -> tuple[str, Counts | None]:
        """The paragraph's number or bullet, and for a bullet its list."""
        if item is None:
            return self._outline_number(paragraph), None
        if item.header or item.taken or paragraph.get(TEXT + "is-list-header") == "true":
            return "", None
        item.taken = True
        style = item.style or self.styles.list_of(paragraph) or ""
        if paragraph.tag == TEXT + "h" and not self.numbering.knows(style):
            return self._outline_number(paragraph), None
        mark = self.numbering.next(item.counts, style, item.level, item.start)
        is_bullet = bool(mark) and not any(map(str.isalnum, mark))
        return mark, item.counts if is_bullet else None

    def _outline_number(self, paragraph: Element) -> str:
        if paragraph.tag != TEXT + "h" or paragraph.get(TEXT + "is-list-header") == "true":
            return ""
        if self.styles.outline is None or self.styles.list_of(paragraph) == "":
            return ""
        start = None
        if paragraph.get(TEXT + "restart-numbering") == "true":
            start = number_of(paragraph, TEXT + "start-value", 1, _MOST_START)
        level = self._heading_level(paragraph)
        return self.numbering.next(self._outline, "Outline", level, start)

    def _list(self, element: Element, outer: _Item | None) -> Iterator[Block]:
        style = element.get(TEXT + "style-name", outer.style if outer else "")
        counts = outer.counts if outer else self.numbering.opened(element, style)
        level = outer.level + 1 if outer else 1
        for part in element:
            if part.tag in (TEXT + "list-item", TEXT + "list-header"):
                start = number_of(part, TEXT + "start-value", -1, _MOST_START)
                named = part.get(TEXT + "style-override", style)
                header = part.tag == TEXT + "list-header"
                item = _Item(counts, named, level, None if start < 0 else start, header)
                yield from self.blocks(part, item)

    def _followers(self, inline: Inline) -> Iterator[Block]:
        """The text boxes and notes of a paragraph."""
        for box in inline.boxes:
            yield from self.blocks(box)
        for mark, note in inline.notes:
            words = " ".join(block.text for block in self.blocks(note))
            if words:
                yield Block(f"{mark} {words}")

    def _table(self, table: Element) -> Iterator[Block]:
        first = True
        for row in _rows(table):
            cells = list(_cells(row))
            written = [cell for cell in cells if cell is not None]
            if len(cells) == 1 or any(map(self._is_layout, written)):
                for cell in written:
                    yield from self.blocks(cell)
                first = True
                continue
            notes: list[tuple[str, Element]] = []
            texts = ["" if cell is None else self._cell(cell, notes) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield Block(" | ".join(texts), tight=not first)
                first = False
            yield from self._followers(Inline(notes=notes))

    def _cell(self, cell: Element, notes: list[tuple[str, Element]]) -> str:
        """The cell's paragraphs on one line."""
        words = []
        for paragraph, item in self._cell_paragraphs(cell, None):
            inline = self._inline(paragraph)
            notes += inline.notes
            text = " ".join(inline.text.split())
            if text:
                mark = self._mark(paragraph, item)[0]
                words.append(f"{mark} {text}" if mark else text)
            words += [block.text for box in inline.boxes for block in self.blocks(box)]
        return " ".join(words)

    def _is_layout(self, cell: Element) -> bool:
        paragraphs = list(_paragraphs(cell))
        return (
            len(paragraphs) > _MOST_CELL_PARAGRAPHS
            or cell.find(f".//{TABLE}table") is not None
            or any(map(self._heading_level, paragraphs))
        )

    def _cell_paragraphs(
        self, container: Element, item: _Item | None
    ) -> Iterator[tuple[Element, _Item | None]]:
        for part in container:
            if part.tag in _PARAGRAPHS:
                yield part, item
            elif part.tag == TEXT + "list":
                style = part.get(TEXT + "style-name", item.style if item else "")
                counts = item.counts if item else self.numbering.opened(part, style)
                for inner in part:
                    yield from self._cell_paragraphs(
                        inner, _Item(counts, style, item.level + 1 if item else 1)
                    )
            elif part.tag not in _UNSEEN:
                yield from self._cell_paragraphs(part, item)


def _rows(table: Element) -> Iterator[Element]:
    """The table's rows, through the groups that hold them; header rows first, as they stand."""
    for part in table:
        if part.tag == TABLE + "table-row":
            yield part
        elif part.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(part)


def _cells(row: Element) -> Iterator[Element | None]:
    """The row's cells. What a cell to the left covers is no cell; what one above covers is an empty one."""
    covered = 0
    for cell in row:
        repeated = number_of(cell, TABLE + "number-columns-repeated", 1, _MOST_REPEATED)
        if cell.tag == TABLE + "table-cell":
            covered = number_of(cell, TABLE + "number-columns-spanned", 1, _MOST_REPEATED) - 1
            yield from [cell] * repeated
        elif cell.tag == TABLE + "covered-table-cell":
            left = min(covered, repeated)
            covered -= left
            yield from [None] * (repeated - left)


def _paragraphs(container: Element) -> Iterator[Element]:
    for part in container:
        if part.tag in _PARAGRAPHS:
            yield part
        elif part.tag not in _UNSEEN:
            yield from _paragraphs(part)
