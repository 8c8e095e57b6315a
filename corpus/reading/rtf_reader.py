"""The state that RTF's control words are read in: groups, destinations, fonts and tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.reading.extract import Block
from corpus.reading.numerals import numeral
from corpus.reading.rtf_flow import Flow, Paragraph
from corpus.reading.rtf_tables import Tables, outline_level
from corpus.reading.rtf_tokens import Kind, Token
from corpus.reading.rtf_words import (
    BOXES,
    FOOTERS,
    HEADERS,
    MARKS,
    SIGNS,
    SILENT,
    SKIPPED,
    SYMBOLS,
    TRANSPARENT,
)
from corpus.types import ReadError, ReadStatus

MOST_DEPTH = 10_000
_MOST_FALLBACK = 100
_TINY = 4  # half points
_SIZE = 24
_LETTERS_GROUND = frozenset(("highlight", "cb", "chcbpat", "chshdng"))
_PARAGRAPHS_GROUND = frozenset(("cbpat", "shading"))
"""Words that give what is behind the letters a colour, so that white ones may show."""


_PLAIN = Paragraph()


class _Into(StrEnum):
    """Where a group's characters go."""

    FLOW = "flow"
    BUFFER = "buffer"
    NOWHERE = "nowhere"
    SKIPPED = "skipped"  # as nowhere, and no group inside goes anywhere else


@dataclass(slots=True)
class _Group:
    """One open group. `name` is the destination that it opened, "" where it opened none."""

    into: _Into
    flow: Flow
    buffer: list[str] = field(default_factory=list)
    table: str = ""  # "fonttbl", "colortbl" or "stylesheet", inside those
    name: str = ""
    starred: bool = False
    paragraph: Paragraph = _PLAIN
    font: int | None = None
    hidden: bool = False
    size: int = _SIZE  # in half points
    colour: int = 0
    ground: bool = False  # whether the letters have one of their own, and the paragraph
    paragraphs_ground: bool = False
    bold: bool = False
    struck: bool = False
    fallback: int = 1  # how many characters stand in for a Unicode character, for programs that know none

    def inner(self) -> _Group:
        """The group that a brace inside this one opens."""
        return replace(self, name="", starred=False)


class Reader:
    """Takes an RTF file's tokens one by one. Then `body`, `headers` and `footers` hold its text.

    `hidden` holds the words that the file hides, `title` what it says is its title.
    """

    def __init__(self) -> None:
        self._tables = Tables()
        self.body = Flow(self._tables.styles)
        self.headers: list[Block] = []
        self.footers: list[Block] = []
        self.hidden: list[str] = []
        self.title = ""
        self.ended = False
        self._groups = [_Group(_Into.FLOW, self.body)]
        self._notes = {"footnote": 0, "endnote": 0}
        self._bytes = bytearray()  # hex bytes: several may make one character
        self._skip = 0  # stand-ins still to pass over
        self._hiding = False
        self._coloured = False  # whether the pages have a colour
        self._merged: list[bool] = []
        self._merges = False

    def take(self, token: Token) -> None:
        """Read one token. Raises `ReadError` (REFUSED) for bottomless nesting."""
        if token.kind is Kind.HEX and not self._passed_over():
            self._bytes += token.data
        elif token.kind is not Kind.HEX:
            self._flush_bytes()
        if token.kind is Kind.OPEN:
            self._open()
        elif token.kind is Kind.CLOSE:
            self._close_group()
        elif token.kind is Kind.TEXT:
            self._text(token.data)
        elif token.kind is Kind.SYMBOL:
            self._symbol(token.word)
        elif token.kind is Kind.WORD:
            self._word(token.word, token.number)

    def close(self) -> int:
        """Close what is still open. How many groups that was."""
        self._flush_bytes()
        unclosed = len(self._groups) - 1
        while len(self._groups) > 1:
            self._close_group()
        return unclosed

    def _passed_over(self) -> bool:
        if self._skip:
            self._skip -= 1
            return True
        return False

    def _flush_bytes(self) -> None:
        if self._bytes:
            self._write(self._tables.fonts.text(bytes(self._bytes), self._groups[-1].font))
            self._bytes.clear()

    def _open(self) -> None:
        self._skip = 0
        if len(self._groups) > MOST_DEPTH:
            raise ReadError(
                ReadStatus.REFUSED,
                f"RTF-koden är nästlad djupare än {MOST_DEPTH} nivåer; filen är trasig eller skadlig",
            )
        self._groups.append(self._groups[-1].inner())
        if self._groups[-2].name == "stylesheet":
            self._tables.open_style()
            self._groups[-1].buffer = []

    def _close_group(self) -> None:
        self._skip = 0
        if len(self._groups) == 1:
            return
        group = self._groups.pop()
        outer = self._groups[-1]
        group.flow.properties = group.paragraph  # those of a last paragraph that nothing closes
        if group.name:
            self._finish(group, outer)
        elif outer.name == "stylesheet":
            self._tables.close_style("".join(group.buffer))
        self.ended = len(self._groups) == 1

    def _finish(self, group: _Group, outer: _Group) -> None:
        """Hand over what a destination gathered, when its group closes."""
        if group.name in MARKS:
            if outer.into is _Into.FLOW:
                outer.flow.mark("".join(group.buffer))
        elif group.name == "title":
            self.title = "".join(group.buffer)
        elif group.name in HEADERS:
            self.headers += group.flow.blocks()
        elif group.name in FOOTERS:
            self.footers += group.flow.blocks()
        elif group.name in BOXES:
            outer.flow.after(group.flow.blocks())
        elif group.name in self._notes and outer.into is _Into.FLOW:
            words = " ".join(block.text for block in group.flow.blocks())
            if words:
                self._notes[group.name] += 1
                style = "decimal" if group.name == "footnote" else "lowerRoman"
                mark = f"[{numeral(self._notes[group.name], style)}]"
                outer.flow.add(mark)
                outer.flow.after([Block(f"{mark} {words}")])

    def _text(self, data: bytes) -> None:
        passed = min(self._skip, len(data))
        self._skip -= passed
        rest = data[passed:]
        if rest:
            self._write(self._tables.fonts.raw(rest, self._groups[-1].font))

    def _write(self, text: str) -> None:
        group = self._groups[-1]
        if group.into is _Into.BUFFER:
            group.buffer.append(text)
        elif group.table == "colortbl":
            for _ in range(text.count(";")):
                self._tables.close_colour()
        elif group.into is _Into.FLOW and not group.struck:
            hidden = self._hides(group)
            if not hidden:
                group.flow.add(text, group.bold)
            elif self._hiding and self.hidden:
                self.hidden[-1] += text
            else:
                self.hidden.append(text)
            self._hiding = hidden

    def _hides(self, group: _Group) -> bool:
        """True for letters that nobody sees: marked so, of two points or less, or white on the white page."""
        if group.hidden or group.size <= _TINY:
            return True
        grounds = (group.ground, group.paragraphs_ground, group.paragraph.tables, self._coloured)
        return self._tables.is_white(group.colour) and not any(grounds)

    def _symbol(self, sign: str) -> None:
        if sign == "*":
            self._groups[-1].starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif not self._passed_over() and sign in SYMBOLS:
            self._write(SYMBOLS[sign])

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        starred, group.starred = group.starred, False
        if self._passed_over() or (group.into is _Into.SKIPPED and word != "ud"):
            return
        if self._opens(group, word, starred):
            return
        if word == "u" and number is not None:
            self._write(chr(number % 0x10000))
            self._skip = group.fallback
        elif word == "uc":
            group.fallback = min(max(number or 0, 0), _MOST_FALLBACK)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif group.table:
            group.font = self._tables.define(group.table, group.font, word, number or 0)
        elif not self._layout(group, word, number):
            self._format(group, word, number)

    def _opens(self, group: _Group, word: str, starred: bool) -> bool:
        """True where the word makes the group a destination."""
        if word in MARKS or word == "title":
            group.into, group.buffer, group.name = _Into.BUFFER, [], word
        elif word in HEADERS or word in FOOTERS or word in BOXES or word == "footnote":
            group.into, group.flow, group.name = _Into.FLOW, Flow(self._tables.styles), word
            group.paragraph = Paragraph()
        elif word == "ftnalt" and group.name == "footnote":
            group.name = "endnote"
        elif word in ("fonttbl", "colortbl"):
            group.into, group.table = _Into.NOWHERE, word
        elif word == "stylesheet":
            group.into, group.table, group.name = _Into.BUFFER, word, word
        elif word in SILENT:
            group.into = _Into.NOWHERE
            self._coloured |= word == "background"
        elif word == "ud":
            group.into = self._before_upr().into
        elif word in SKIPPED or (starred and word not in TRANSPARENT and not group.table):
            group.into = _Into.SKIPPED
        else:
            return False
        return True

    def _before_upr(self) -> _Group:
        """The group around the two versions that `\\upr` holds."""
        return self._groups[-3] if len(self._groups) > 3 else self._groups[0]

    def _layout(self, group: _Group, word: str, number: int | None) -> bool:
        """True where the word belongs to paragraphs or tables."""
        flow = group.flow
        if word in ("par", "sect", "cell", "row", "nestcell", "nestrow"):
            if group.into is _Into.FLOW:
                self._end(flow, group, word)
        elif word == "pard":
            group.paragraph, group.paragraphs_ground = Paragraph(), False
        elif word == "s":
            group.paragraph = replace(group.paragraph, style=number or 0)
        elif word == "outlinelevel":
            group.paragraph = replace(group.paragraph, level=outline_level(number or 0))
        elif word == "intbl":
            group.paragraph = replace(group.paragraph, tables=max(1, group.paragraph.tables))
        elif word == "itap":
            group.paragraph = replace(group.paragraph, tables=max(0, number or 0))
        elif word == "trowd":
            self._merged, self._merges = [], False
        elif word == "clmrg":
            self._merges = True
        elif word == "cellx":
            self._merged.append(self._merges)
            self._merges = False
        else:
            return False
        return True

    def _end(self, flow: Flow, group: _Group, word: str) -> None:
        flow.properties = group.paragraph
        if word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row(self._merged)
        elif word == "nestcell":
            flow.end_inner_cell()
        elif word == "nestrow":
            flow.end_inner_row()
        elif not group.struck:  # a struck paragraph mark joins the paragraph with the next
            flow.end_paragraph()

    def _format(self, group: _Group, word: str, number: int | None) -> None:
        """A word of the file's or the characters' own properties."""
        if word == "v":
            group.hidden = number != 0
        elif word == "b":
            group.bold = number != 0
        elif word in ("deleted", "mvf"):
            group.struck = number != 0
        elif word == "plain":
            group.font, group.hidden, group.bold, group.struck = None, False, False, False
            group.size, group.colour, group.ground = _SIZE, 0, False
        elif word == "f":
            group.font = number
        elif word == "fs":
            group.size = _SIZE if number is None else number
        elif word == "cf":
            group.colour = number or 0
        elif word in _LETTERS_GROUND:
            group.ground = bool(number)
        elif word in _PARAGRAPHS_GROUND:
            group.paragraphs_ground = bool(number)
        elif word == "viewbksp":
            self._coloured = number == 1
        elif word == "deff":
            self._tables.fonts.default = number
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._tables.fonts.set_page({"mac": 10000, "pc": 437, "pca": 850}.get(word, number or 0))
