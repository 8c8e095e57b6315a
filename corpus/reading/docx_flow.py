"""A Word document's paragraphs and tables as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.reading.canonical import plain_glyphs, without_invisible
from corpus.reading.docx_inline import Inline, Notes, alternative, read_inline
from corpus.reading.docx_names import MC, W, child
from corpus.reading.docx_numbering import Numbering
from corpus.reading.docx_package import Element
from corpus.reading.docx_styles import Styles
from corpus.reading.extract import Block

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")
)
# A cell with more paragraphs than this is layout, not a cell of a table: it is read as blocks.
_MOST_CELL_PARAGRAPHS = 3


@dataclass(slots=True)
class Flow:
    """One walk through a document. Lists count on from one container to the next."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    _carried: str = field(default="", init=False)  # text of paragraphs whose end mark was deleted
    _bullets: str = field(default="", init=False)  # the bullet list that the block before belongs to

    def blocks(self, container: Element) -> Iterator[Block]:
        """The container's blocks in order, each table row as one line.

        A footnote follows the paragraph that refers to it, as "[1] …"; a text box follows the paragraph
        that it hangs on.
        """
        for part in _contents(container):
            if part.tag == W + "p":
                yield from self._paragraph(part)
            else:
                self._bullets = ""
                yield from self._table(part)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = child(paragraph, "pPr")
        inline = Inline()
        if not self.styles.is_hidden(properties):
            read_inline(paragraph, inline, self.notes)
        text = self._carried + _visible(inline.text)
        self._carried = ""
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = text
            text = ""
        if text.strip():
            yield self._block(properties, text.strip())
        yield from self._followers(inline)

    def _block(self, properties: Element | None, text: str) -> Block:
        level = self.styles.level(properties)
        listed = self.styles.numbering(properties)
        mark = self.numbering.next(*listed) if listed else ""
        bullets = listed[0] if listed and mark and not any(map(str.isalnum, mark)) else ""
        tight = bool(bullets) and bullets == self._bullets
        self._bullets = bullets
        if level:
            text = " ".join(text.split())
        contents = self.styles.is_contents(properties)
        return Block(
            f"{mark} {text}" if mark else text, 0 if contents else level, tight or contents, contents
        )

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
        for row in _contents(table, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                continue
            cells = list(_contents(row, "tc"))
            if any(self._is_layout(cell) for cell in cells) or len(cells) == 1:
                for cell in cells:
                    yield from self.blocks(cell)
                first = True
                continue
            texts: list[str] = []
            notes: list[tuple[str, Element]] = []
            for cell in cells:
                inline = Inline()
                texts.append(self._cell(cell, inline))
                notes += inline.notes
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield Block(" | ".join(texts), tight=not first)
                first = False
            yield from self._followers(Inline(notes=notes))

    def _cell(self, cell: Element, into: Inline) -> str:
        """The cell's paragraphs on one line."""
        words: list[str] = []
        for paragraph in _contents(cell):
            inline = Inline()
            properties = child(paragraph, "pPr")
            read_inline(paragraph, inline, self.notes)
            into.notes += inline.notes
            text = " ".join(_visible(inline.text).split())
            if text:
                listed = self.styles.numbering(properties)
                mark = self.numbering.next(*listed) if listed else ""
                words.append(f"{mark} {text}" if mark else text)
            words += [block.text for box in inline.boxes for block in self.blocks(box)]
        return " ".join(words)

    def _is_layout(self, cell: Element) -> bool:
        parts = list(_contents(cell))
        return (
            len(parts) > _MOST_CELL_PARAGRAPHS
            or any(part.tag == W + "tbl" for part in parts)
            or any(self.styles.level(child(part, "pPr")) for part in parts)
        )


def _contents(container: Element, *names: str) -> Iterator[Element]:
    """The paragraphs and tables (or the named elements) in a container, through its transparent wrappers."""
    wanted = {W + name for name in names or ("p", "tbl")}
    for part in container:
        if part.tag in wanted:
            yield part
        elif part.tag in _WRAPPERS:
            yield from _contents(part, *names)
        elif part.tag == MC + "AlternateContent":
            chosen = alternative(part)
            if chosen is not None:
                yield from _contents(chosen, *names)


def _visible(text: str) -> str:
    """The text as shown, without white space around its line breaks. That at its ends may join to more."""
    first, *others = plain_glyphs(without_invisible(text)).split("\n")
    if not others:
        return first
    middle = [line.strip(" \t") for line in others[:-1]]
    return "\n".join([first.rstrip(" \t"), *middle, others[-1].lstrip(" \t")])
