"""Names in OpenDocument trees."""

from __future__ import annotations

from corpus.reading.zipped import Element

_BASE = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _BASE + "office:1.0}"
TEXT = _BASE + "text:1.0}"
TABLE = _BASE + "table:1.0}"
DRAW = _BASE + "drawing:1.0}"
STYLE = _BASE + "style:1.0}"
SVG = _BASE + "svg-compatible:1.0}"
FO = _BASE + "xsl-fo-compatible:1.0}"
MANIFEST = _BASE + "manifest:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def number_of(element: Element, name: str, otherwise: int, most: int) -> int:
    """The attribute as a whole number from 0 to `most`, or `otherwise` where it is none."""
    written = element.get(name, "")
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        return otherwise
    return min(int(written), most)
