"""Names and small steps in WordprocessingML trees."""

from __future__ import annotations

from corpus.reading.zipped import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TINY = 4  # half points
_OFF = ("0", "false", "off")


def child(element: Element | None, name: str) -> Element | None:
    """The first child with that name in the w: namespace, or None."""
    return None if element is None else element.find(W + name)


def value(element: Element | None) -> str:
    """The element's w:val, or ""."""
    return "" if element is None else element.get(W + "val", "")


def switched_on(element: Element | None) -> bool:
    """True for an on/off element that is there and not set to off."""
    return element is not None and value(element) not in _OFF


def is_invisible(properties: Element | None, on_colour: bool) -> bool:
    """True for a run that nobody can see: white letters on the white page, or letters of two points or less.

    `on_colour`: the ground may have a colour, so that white letters show.
    """
    white = value(child(properties, "color")).upper() == "FFFFFF"
    bare = child(properties, "shd") is None and child(properties, "highlight") is None
    size = value(child(properties, "sz"))
    tiny = size.isascii() and size.isdigit() and int(size[:4]) <= _TINY
    return tiny or (white and bare and not on_colour)


def to_transitional(root: Element) -> None:
    """Rename, in place, the elements of the strict variant of the format to the usual names."""
    if not root.tag.startswith(STRICT):
        return
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(STRICT):
            element.tag = W + element.tag[len(STRICT) :]
        for name in [name for name in element.attrib if name.startswith(STRICT)]:
            element.attrib[W + name[len(STRICT) :]] = element.attrib.pop(name)
