"""Canonical text: NFC, `\\n` line ends, no control characters."""

from __future__ import annotations

import re
import unicodedata

# Everything that str.splitlines() breaks at becomes the one line end, so that no two parts of the product
# can disagree on what a line is. Other control characters become a space and lone surrogates U+FFFD, one
# for one: offsets then differ from the source's own characters only where NFC or "\r\n" makes them.
_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_CHARACTER = {
    **{code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x09},
    **{ord(mark): "\n" for mark in _LINE_ENDS},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# Marks that show nothing and would split a word for the search: soft hyphen, zero-width space, word joiner,
# BOM inside the text, and the direction marks that make a reader see another order than the machine.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)

# What fonts draw as one sign but mean as letters, and the bullets of the Symbol and Wingdings fonts.
_GLYPHS = {
    **{0xFB00 + at: sign for at, sign in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0A8, 0xF076, 0xF0D8, 0xF06E, 0xF071, 0xF0FC), "•"),
    0xF02D: "–",
}


def canonical(text: str) -> str:
    """The text in NFC with `\\n` line ends, without BOM, NUL, other control characters or lone surrogates."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ODD.search(text):
        text = text.translate(_CHARACTER)
    return unicodedata.normalize("NFC", text)


def without_invisible(text: str) -> str:
    """The text without marks that show nothing. For extracted formats; plain text is kept as written."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def plain_glyphs(text: str) -> str:
    """The text with typographic ligatures as letters and symbol-font bullets as "•"."""
    return text if text.isascii() else text.translate(_GLYPHS)
