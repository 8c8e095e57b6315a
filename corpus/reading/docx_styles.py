"""What a DOCX file's styles say about its paragraphs."""

from __future__ import annotations

import re

from corpus.reading.docx_names import W, child, switched_on, value
from corpus.reading.zipped import Element

# Word stores built-in names in English whatever its language; other programs and templates do not.
_HEADING = re.compile(r"(?:heading|rubrik|överskrift|überschrift)\s*([1-9])(?!\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel|rubrik|dokumenttitel|avtalsrubrik)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll|innehållsförteckning)\s*(?:\d|heading|rubrik)?", re.IGNORECASE)
_DEEPEST_BASE = 20
_BODY_LEVEL = 9


class Styles:
    """The paragraph styles of one document, by style id, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._characters: dict[str, Element] = {}
        self._default = ""
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId", "")
            if style.get(W + "type", "paragraph") == "paragraph":
                self._styles.setdefault(name, style)
                if style.get(W + "default") in ("1", "true", "on"):
                    self._default = name
            elif style.get(W + "type") == "character":
                self._characters.setdefault(name, style)

    def level(self, properties: Element | None) -> int:
        """The paragraph's heading level 1..9, or 0 for running text."""
        if (own := _outline(child(properties, "outlineLvl"))) is not None:
            return own
        for style, name in self._chain(properties):
            if found := _HEADING.match(name):
                return int(found[1])
            if (stated := _outline(child(child(style, "pPr"), "outlineLvl"))) is not None:
                return stated
            if _TITLE.fullmatch(name):
                return 1
        return 0

    def is_contents(self, properties: Element | None) -> bool:
        """True for a line of a generated table of contents."""
        return any(_CONTENTS.fullmatch(name) for _, name in self._chain(properties))

    def is_hidden(self, properties: Element | None) -> bool:
        """True where the style hides the paragraph's text."""
        return any(switched_on(child(child(style, "rPr"), "vanish")) for style, _ in self._chain(properties))

    def hides_run(self, properties: Element | None) -> bool:
        """True where a run's properties, or its character style, hide its text."""
        return bool(self._run_states(properties, "vanish"))

    def is_bold(self, run: Element | None, paragraph: Element | None) -> bool:
        """True where the run's properties, its character style, or else the paragraph's style make its text bold."""
        own = self._run_states(run, "b")
        if own is not None:
            return own
        stated = (child(child(style, "rPr"), "b") for style, _ in self._chain(paragraph))
        return switched_on(next((found for found in stated if found is not None), None))

    def _run_states(self, properties: Element | None, name: str) -> bool | None:
        """What a run's properties, or else its character style, say of that switch; None where they say nothing."""
        own = child(properties, name)
        if own is not None:
            return switched_on(own)
        style_id = value(child(properties, "rStyle"))
        for _ in range(_DEEPEST_BASE):
            style = self._characters.get(style_id)
            if style is None:
                return None
            if (stated := child(child(style, "rPr"), name)) is not None:
                return switched_on(stated)
            style_id = value(child(style, "basedOn"))
        return None

    def numbering(self, properties: Element | None) -> tuple[str, int | None, str] | None:
        """The paragraph's list, its level (0..8) and the style that names the list, or None.

        By its own properties or its style's. The level is None where nothing states it; the style is "" where the
        paragraph itself names the list.
        """
        num_id, at = _num_pr(properties)
        named = ""
        for style, _ in self._chain(properties):
            if num_id is not None and at is not None:
                break
            inherited_id, inherited_at = _num_pr(child(style, "pPr"))
            if num_id is None and inherited_id is not None:
                num_id, named = inherited_id, style.get(W + "styleId", "")
            if at is None:
                at = inherited_at
        return None if num_id in (None, "0", "") else (str(num_id), at, named)

    def _chain(self, properties: Element | None) -> list[tuple[Element, str]]:
        """The paragraph's style and what it is based on, nearest first, with names."""
        chain: list[tuple[Element, str]] = []
        name = value(child(properties, "pStyle")) or self._default
        while name in self._styles and len(chain) < _DEEPEST_BASE:
            style = self._styles[name]
            chain.append((style, value(child(style, "name")) or name))
            name = value(child(style, "basedOn"))
        return chain


def _outline(element: Element | None) -> int | None:
    text = value(element)
    if not re.fullmatch(r"\d", text, re.ASCII):
        return None
    level = int(text)
    return 0 if level >= _BODY_LEVEL else level + 1


def _num_pr(properties: Element | None) -> tuple[str | None, int | None]:
    num_pr = child(properties, "numPr")
    num_id, at = child(num_pr, "numId"), value(child(num_pr, "ilvl"))
    return (
        value(num_id) if num_id is not None else None,
        int(at) if re.fullmatch(r"[0-8]", at, re.ASCII) else None,
    )
