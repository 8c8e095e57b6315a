"""A Word document's paragraphs and tables as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.reading.canonical import plain_glyphs, without_invisible
from corpus.reading.docx_inline import Inline, Notes, alternative, read_inline, words_of
from corpus.reading.docx_names import MC, W, child, is_invisible, switched_on
from corpus.reading.docx_numbering import Numbering
from corpus.reading.docx_styles import Styles
from corpus.reading.extract import Block, may_head
from corpus.reading.zipped import Element

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
    hidden: list[str] = field(default_factory=list)
    _carried: str = field(default="", init=False)  # text of paragraphs whose end mark was deleted
    _bullets: str = field(default="", init=False)  # the bullet list that the block before belongs to
    _on_colour: int = field(default=0, init=False)  # inside tables and boxes, which may be shaded

    def set_ground(self) -> None:
        """Say that the pages have a colour, so that white letters may show."""
        self._on_colour += 1

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
                self._on_colour += 1
                yield from self._table(part)
                self._on_colour -= 1

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = child(paragraph, "pPr")
        inline = Inline()
        covered = self.styles.is_hidden(properties)
        if covered:
            self.hidden.append(words_of(paragraph))
        else:
            self._read(paragraph, inline)
        text = self._carried + _visible(inline.text)
        self._carried = ""
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = text
        elif text.strip():
            block = self._block(properties, text.strip())
            yield replace(block, bold=self._is_bold(paragraph, properties)) if may_head(block) else block
        elif not covered and not switched_on(child(mark, "vanish")):
            self._mark(properties)  # an empty paragraph in a list takes its number
        yield from self._followers(inline)

    def _read(self, paragraph: Element, into: Inline) -> None:
        """The paragraph's characters into `into`, and those that do not show into `hidden`."""
        ground = self._on_colour or child(child(paragraph, "pPr"), "shd") is not None

        def is_hidden(properties: Element | None) -> bool:
            return self.styles.hides_run(properties) or is_invisible(properties, bool(ground))

        read_inline(paragraph, into, self.notes, is_hidden)
        self.hidden += into.hidden

    def _is_bold(self, paragraph: Element, properties: Element | None) -> bool:
        """True where every run with words is bold."""
        runs = [run for run in paragraph.iter(W + "r") if words_of(run).strip()]
        return bool(runs) and all(self.styles.is_bold(child(run, "rPr"), properties) for run in runs)

    def _mark(self, properties: Element | None) -> str:
        """The number or bullet that the paragraph takes, "" for none."""
        listed = self.styles.numbering(properties)
        return self.numbering.next(*listed) if listed else ""

    def _block(self, properties: Element | None, text: str) -> Block:
        level = self.styles.level(properties)
        listed = self.styles.numbering(properties)
        mark = self._mark(properties)
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
        self._on_colour += 1
        for box in inline.boxes:
            yield from self.blocks(box)
        self._on_colour -= 1
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
            self._read(paragraph, inline)
            into.notes += inline.notes
            text = " ".join(_visible(inline.text).split())
            mark = self._mark(properties)
            if text:
                words.append(f"{mark} {text}" if mark else text)
            elif any(map(str.isalnum, mark)):
                words.append(mark)  # a column of nothing but row numbers
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
