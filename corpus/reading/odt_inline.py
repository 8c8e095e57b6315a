"""The characters of an ODT paragraph, as a reader sees them when every tracked change is accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.reading.canonical import plain_glyphs, without_invisible
from corpus.reading.odt_names import DRAW, OFFICE, SVG, TEXT, number_of
from corpus.reading.odt_styles import Styles
from corpus.reading.zipped import Element

# Comments, the reading aid above a word, the alternative text of pictures, and what LibreOffice computes itself.
_UNSEEN = frozenset((
    OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "ruby-text", SVG + "title", SVG + "desc",
    TEXT + "tracked-changes", TEXT + "number", OFFICE + "event-listeners",
))  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n]+")
_KEPT = "\x01"  # a space that is written as an element, and so is not collapsed
_MOST_SPACES = 200


@dataclass(slots=True)
class Inline:
    """What one paragraph holds: its characters, the boxes and notes that follow it, and what it hides."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters with white space collapsed as OpenDocument says, lines clean at both ends."""
        collapsed = re.sub(" {2,}", " ", "".join(self.pieces))
        lines = collapsed.lstrip(" ").replace(_KEPT, " ").split("\n")
        return plain_glyphs(without_invisible("\n".join(line.strip(" \t") for line in lines)))


def read_inline(element: Element, into: Inline, styles: Styles) -> None:
    """Add the element's visible characters to `into`. Depth is bounded by the archive's limit."""
    _add(element.text, into)
    for part in element:
        _read(part, into, styles)
        _add(part.tail, into)


def _read(part: Element, into: Inline, styles: Styles) -> None:
    tag = part.tag
    if tag in _UNSEEN:
        return
    if tag == TEXT + "s":
        into.pieces.append(_KEPT * number_of(part, TEXT + "c", 1, _MOST_SPACES))
    elif tag == TEXT + "tab":
        into.pieces.append("\t")
    elif tag == TEXT + "line-break":
        into.pieces.append("\n")
    elif tag == TEXT + "note":
        _note(part, into)
    elif tag.startswith(DRAW):
        into.boxes.append(part)
    elif _is_hidden(part, styles):
        into.hidden.append(" ".join("".join(part.itertext()).split()))
    else:
        read_inline(part, into, styles)


def _note(part: Element, into: Inline) -> None:
    """A foot- or endnote: its mark here, its words after the paragraph."""
    body = part.find(TEXT + "note-body")
    if body is not None:
        citation = part.find(TEXT + "note-citation")
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        mark = f"[{label or '*'}]"
        into.pieces.append(mark)
        into.notes.append((mark, body))


def _is_hidden(part: Element, styles: Styles) -> bool:
    if part.tag == TEXT + "hidden-text":
        return part.get(TEXT + "is-hidden") != "false"
    return part.tag == TEXT + "span" and styles.is_hidden("text", part.get(TEXT + "style-name", ""))


def _add(text: str | None, into: Inline) -> None:
    if text:
        into.pieces.append(_SPACE.sub(" ", text.replace(_KEPT, " ")))
