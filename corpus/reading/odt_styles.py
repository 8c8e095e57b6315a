"""What an ODT file's styles say about its paragraphs and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.reading.odt_names import FO, OFFICE, STYLE, TEXT
from corpus.reading.zipped import Element

_TITLE = re.compile(r"(?:title|titel|rubrik|dokumenttitel|avtalsrubrik)", re.IGNORECASE)
_DEEPEST_PARENT = 20
_OUTLINE = "Outline"
_BOLD = 600


class Styles:
    """The styles of one document: those of its content before those of its style sheet."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self.lists: dict[str, Element] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                key = style.get(STYLE + "family", ""), style.get(STYLE + "name", "")
                self._styles.setdefault(key, style)
            for style in root.iter(TEXT + "list-style"):
                self.lists.setdefault(style.get(STYLE + "name", ""), style)
            for style in root.iter(TEXT + "outline-style"):
                self.lists.setdefault(_OUTLINE, style)

    @property
    def outline(self) -> Element | None:
        """The numbering of headings that stand in no list."""
        return self.lists.get(_OUTLINE)

    def is_title(self, paragraph: Element) -> bool:
        """True where the style is the document title's."""
        names = (
            style.get(STYLE + "display-name", style.get(STYLE + "name", ""))
            for style in self._chain("paragraph", paragraph.get(TEXT + "style-name", ""))
        )
        return any(_TITLE.fullmatch(name) for name in names)

    def list_of(self, paragraph: Element) -> str | None:
        """The list style that the paragraph's style names, "" where it names that there is none, None for silence."""
        for style in self._chain("paragraph", paragraph.get(TEXT + "style-name", "")):
            named = style.get(STYLE + "list-style-name")
            if named is not None:
                return named
        return None

    def is_hidden(self, family: str, name: str) -> bool:
        """True where the style hides the text it is set on."""
        for style in self._chain(family, name):
            for properties in style.iter(STYLE + "text-properties"):
                shown = properties.get(TEXT + "display")
                if shown is not None:
                    return shown == "none"
        return False

    def is_bold(self, paragraph: Element) -> bool:
        """True where all of the paragraph's own words are bold."""
        words: list[bool] = []
        self._weigh(
            paragraph, self._bold("paragraph", paragraph.get(TEXT + "style-name", "")) or False, words
        )
        return bool(words) and all(words)

    def _weigh(self, element: Element, bold: bool, into: list[bool]) -> None:
        """Whether each piece of text inside the element is bold. Depth is bounded by the archive's limit."""
        if element.text and element.text.strip():
            into.append(bold)
        for part in element:
            if part.tag.startswith(TEXT) and part.tag != TEXT + "note":
                own = self._bold("text", part.get(TEXT + "style-name", ""))
                self._weigh(part, bold if own is None else own, into)
            if part.tail and part.tail.strip():
                into.append(bold)

    def _bold(self, family: str, name: str) -> bool | None:
        """What the style says of its text's weight, None where it is silent."""
        for style in self._chain(family, name):
            for properties in style.iter(STYLE + "text-properties"):
                weight = properties.get(FO + "font-weight")
                if weight is not None:
                    return weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD)
        return None

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """The style and what it inherits from, nearest first."""
        for _ in range(_DEEPEST_PARENT):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(STYLE + "parent-style-name", "")


def master_pages(root: Element | None, kind: str) -> Iterator[Element]:
    """The page headers or footers (`kind`) of the style sheet, also those of first and left pages."""
    if root is None:
        return
    for master in root.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
        for part in master:
            if part.tag in (f"{STYLE}{kind}", f"{STYLE}{kind}-first", f"{STYLE}{kind}-left"):
                yield part
