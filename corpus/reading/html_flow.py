"""From an HTML tree to blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import CData, Tag
from bs4.element import NavigableString, PreformattedString

from corpus.reading.canonical import plain_glyphs, without_invisible
from corpus.reading.extract import Block, may_head
from corpus.reading.html_hidden import Hiding, Look, drops
from corpus.reading.html_marks import hides_words, is_bold, is_furniture
from corpus.reading.numerals import numeral

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
    "hr", "html", "legend", "li", "main", "menu", "nav", "noscript", "object", "ol", "optgroup",
    "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul", "button", "textarea",
))  # fmt: skip
_CELLS = ("td", "th")
# A row that holds these is layout, not a table of facts: it is read as blocks.
_NO_ROW = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"]
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAK = "\x0b"  # a line break inside a block, until its white space is collapsed
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_END = object()


class Flow:
    """One walk through a tree. `blocks()` gives the visible text in reading order."""

    def __init__(self, root: Tag) -> None:
        self._root = root
        self._hiding = Hiding.of(root)
        self.hidden: list[str] = []  # words of the content that the page hides
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._marker = ""
        self._level = 0
        self._furniture = 0
        self._tight = False
        self._pre = 0
        self._bold = 0  # how many open elements make the text bold
        self._plain = False  # whether the open block has words that are not
        self._numbers: dict[int, int] = {}  # the last number of each ordered list

    def blocks(self) -> Iterator[Block]:
        """The blocks of the page. The walk keeps its own stack, so depth is no danger."""
        stack: list[tuple[Tag, Iterator[object]]] = [(self._root, iter(self._root.contents))]
        framed: list[bool] = [False]
        heavy: list[bool] = [False]
        looks = [Look()]
        while stack:
            tag, children = stack[-1]
            child = next(children, _END)
            if child is _END:
                stack.pop()
                yield from self._leave(tag)
                if framed[-1] and self._row is None:
                    yield from self._flush()
                self._furniture -= framed.pop()
                self._bold -= heavy.pop()
                looks.pop()
            elif isinstance(child, Tag):
                declared = self._hiding.declared(child)
                if drops(child, declared):
                    if self._furniture == 0 and hides_words(child) and not is_furniture(child):
                        self.hidden.append(child.get_text(" "))
                    continue
                frame = self._furniture == 0 and is_furniture(child)
                if frame and self._row is None:
                    yield from self._flush()  # words before a link of the frame, in the same block, are not its
                yield from self._enter(child)
                self._furniture += frame
                framed.append(frame)
                heavy.append(is_bold(child))
                self._bold += heavy[-1]
                looks.append(looks[-1].within(declared))
                stack.append((child, iter(child.contents)))
            elif isinstance(child, NavigableString) and _is_text(child):
                text = str(child)
                if looks[-1].hidden and text.strip():
                    if self._furniture == 0:
                        self.hidden.append(text)
                    continue
                self._plain = self._plain or (not self._bold and bool(text.strip()))
                self._text.append(text.replace("\n", _BREAK) if self._pre else _SPACE.sub(" ", text))

    def _enter(self, tag: Tag) -> Iterator[Block]:
        name = tag.name
        if name == "br":
            self._text.append(_BREAK)
        elif self._row is not None:
            if name in _BLOCKS:
                self._text.append(" ")
        elif name in _BLOCKS or name in _HEADINGS:
            yield from self._flush()
            self._level = _HEADINGS.get(name, 0)
            if name == "li":
                self._marker, self._tight = self._item_marker(tag), _follows_item(tag)
            elif name == "tr" and tag.find(_NO_ROW) is None and tag.find(_CELLS) is not None:
                self._row, self._tight = [], _follows_row(tag)
            elif name in ("dd", "summary", "option"):
                self._tight = name != "summary"
            elif name in ("pre", "textarea"):
                self._pre += 1

    def _leave(self, tag: Tag) -> Iterator[Block]:
        name = tag.name
        if self._row is not None:
            if name in _CELLS:
                self._row.append(_collapsed(self._text, " "))
                self._text.clear()
            elif name == "tr":
                yield from self._flush_row(self._row)
            elif name in _BLOCKS:
                self._text.append(" ")
        elif name in _BLOCKS or name in _HEADINGS:
            yield from self._flush()
            self._level = 0
            if name in ("pre", "textarea"):
                self._pre -= 1
            elif name == "li":
                self._marker, self._tight = "", False

    def _item_marker(self, item: Tag) -> str:
        """The item's bullet or number as a browser shows it, with a space after."""
        parent = item.parent
        if parent is None or parent.name != "ol":
            return "• "
        before = self._numbers.get(id(parent), _number(parent.attrs.get("start"), 1) - 1)
        number = self._numbers[id(parent)] = _number(item.attrs.get("value"), before + 1)
        return numeral(number, _LIST_STYLES.get(str(parent.attrs.get("type", "1")), "decimal")) + ". "

    def _flush(self) -> Iterator[Block]:
        if self._pre:
            text = "".join(self._text).replace(_BREAK, "\n").rstrip()
        else:
            text = _collapsed(self._text, " " if self._level else "\n")
        self._text.clear()
        bold, self._plain = not self._plain, False
        if not text.strip():
            return
        marker = "" if self._level else self._marker
        if marker:
            self._marker = ""
        block = self._block(marker + text)
        yield replace(block, bold=bold and may_head(block))

    def _flush_row(self, row: list[str]) -> Iterator[Block]:
        loose = _collapsed(self._text, " ")  # text between the cells: wrong, but shown by browsers
        self._text.clear()
        self._row = None
        self._plain = False
        while row and not row[-1]:
            row.pop()
        yield self._block(" | ".join([*([loose] if loose else []), *row]))

    def _block(self, text: str) -> Block:
        block = Block(plain_glyphs(without_invisible(text)), self._level, self._tight, self._furniture > 0)
        self._tight = False
        return block


def _is_text(node: NavigableString) -> bool:
    """True for character data; comments, doctypes and processing instructions are not."""
    return isinstance(node, CData) or not isinstance(node, PreformattedString)


def _collapsed(pieces: list[str], line_break: str) -> str:
    lines = "".join(pieces).split(_BREAK)
    clean = [_SPACE.sub(" ", line).strip(" ") for line in lines]
    return re.sub(r"\n{3,}", "\n\n", line_break.join(clean)).strip("\n ")


def _follows_item(tag: Tag) -> bool:
    """True for all items but the first of an outermost list."""
    return tag.find_previous_sibling("li") is not None or tag.find_parent("li") is not None


def _follows_row(tag: Tag) -> bool:
    if tag.find_previous_sibling("tr") is not None:
        return True
    part = tag.parent
    return (
        part is not None
        and part.name in ("tbody", "tfoot")
        and part.find_previous_sibling(["thead", "tbody"]) is not None
    )


def _number(value: object, otherwise: int) -> int:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else otherwise
