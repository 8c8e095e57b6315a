"""The characters of a Word paragraph, as a reader sees them when every tracked change is accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.reading.canonical import plain_glyphs
from corpus.reading.docx_names import MC, W, child, switched_on
from corpus.reading.numerals import numeral
from corpus.reading.zipped import Element

# Deleted and moved-away text, field codes, properties, and comments' anchors show nothing.
_UNSEEN = frozenset(
    W + name
    for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "rt")
)
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_TEXTS = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_CHECKED = {
    "F0FE": "☒",
    "F0FD": "☒",
    "F052": "☑",
    "F0A8": "☐",
    "F06F": "☐",
    "F071": "☐",
    "F02D": "–",
    "F0E0": "→",
}


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes in the order of their references. `texts`: a note's element by (kind, id)."""

    texts: dict[tuple[str, str], Element] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def refer(self, kind: str, name: str) -> tuple[str, Element] | None:
        """The next mark ("[1]", endnotes "[i]") and the note it refers to, or None for an unknown note."""
        note = self.texts.get((kind, name))
        if note is None:
            return None
        self.seen[kind] = self.seen.get(kind, 0) + 1
        return f"[{numeral(self.seen[kind], 'decimal' if kind == 'footnote' else 'lowerRoman')}]", note


@dataclass(slots=True)
class Inline:
    """What one paragraph holds: its characters, and the text boxes and notes that follow it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # a field's code is open (True) or its result (False)
    hidden: list[str] = field(default_factory=list)  # words that the file holds but does not show

    @property
    def text(self) -> str:
        return "".join(self.pieces)


IsHidden = Callable[[Element | None], bool]
"""True for the properties of a run that does not show."""


def read_inline(element: Element, into: Inline, notes: Notes, is_hidden: IsHidden) -> None:
    """Add the element's visible characters to `into`. Depth is bounded by the package's limit."""
    for part in element:
        tag = part.tag
        if tag in _UNSEEN:
            continue
        if tag == W + "txbxContent":
            into.boxes.append(part)
        elif tag == MC + "AlternateContent":
            if (chosen := alternative(part)) is not None:
                read_inline(chosen, into, notes, is_hidden)
        elif tag == W + "fldChar":
            _field(part, into)
        elif any(into.fields):
            read_inline(part, into, notes, is_hidden)  # a field's code: only its end is of interest
        elif tag in _TEXTS:
            into.pieces.append(part.text or "")
        elif tag in _SIGNS:
            into.pieces.append(_SIGNS[tag])
        elif tag == W + "sym":
            into.pieces.append(_symbol(part))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnote" if tag == W + "footnoteReference" else "endnote"
            if referred := notes.refer(kind, part.get(W + "id", "")):
                into.pieces.append(referred[0])
                into.notes.append(referred)
        elif tag == W + "r":
            if is_hidden(child(part, "rPr")):
                into.hidden.append(words_of(part))
            else:
                read_inline(part, into, notes, is_hidden)
        else:
            read_inline(part, into, notes, is_hidden)


def words_of(element: Element) -> str:
    """All characters of the element's text, shown or not."""
    return "".join(part.text or "" for part in element.iter() if part.tag in _TEXTS)


def alternative(element: Element) -> Element | None:
    """The one branch of an mc:AlternateContent to read: the first choice, else the fall-back."""
    chosen = element.find(MC + "Choice")
    return chosen if chosen is not None else element.find(MC + "Fallback")


def _field(part: Element, into: Inline) -> None:
    kind = part.get(W + "fldCharType")
    if kind == "begin":
        into.fields.append(True)
        if (box := part.find(f"{W}ffData/{W}checkBox")) is not None:
            state = child(box, "checked")
            state = state if state is not None else child(box, "default")
            into.pieces.append("☒" if switched_on(state) else "☐")
    elif into.fields and kind == "separate":
        into.fields[-1] = False
    elif into.fields and kind == "end":
        into.fields.pop()


def _symbol(part: Element) -> str:
    code = part.get(W + "char", "").upper()
    if code in _CHECKED:
        return _CHECKED[code]
    try:
        return plain_glyphs(chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""
