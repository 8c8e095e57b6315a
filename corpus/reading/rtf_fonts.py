"""Which characters the bytes of an RTF file mean, font by font."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from corpus.reading.encoding import decode

# Windows' character sets (\fcharset) as Python's encodings.
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOL_CHARSET = 2
_SYMBOL = "symbol"
_PRIVATE = 0xF000  # where fonts of signs keep their characters; `canonical` knows those that mean a letter
_CODE_PAGES = {10000: "mac-roman", 65001: "utf-8"}


@dataclass(slots=True)
class Fonts:
    """The file's code page and its fonts' own."""

    page: str = "cp1252"
    default: int | None = None
    own: dict[int, str] = field(default_factory=dict)

    def set_page(self, number: int) -> None:
        """Take the code page that the header names; one that nobody knows changes nothing."""
        self.page = _page(number) or self.page

    def set_charset(self, font: int, number: int) -> None:
        """Take a font's character set. 1 is "the file's own"."""
        if number == _SYMBOL_CHARSET:
            self.own[font] = _SYMBOL
        elif number in _CHARSETS:
            self.own[font] = _CHARSETS[number]

    def set_own_page(self, font: int, number: int) -> None:
        """Take the code page that a font names for itself."""
        if page := _page(number):
            self.own[font] = page

    def text(self, data: bytes, font: int | None) -> str:
        """The bytes as characters of the font. Never fails: what is no character becomes U+FFFD."""
        page = self._of(font)
        if page == _SYMBOL:
            return "".join(chr(_PRIVATE + byte) if byte > 0x20 else chr(byte) for byte in data)
        return data.decode(page, errors="replace")

    def raw(self, data: bytes, font: int | None) -> str:
        """Bytes that stand unescaped in the file: UTF-8 where they are that, as some programs write."""
        return decode(data) if self._of(font) == "cp1252" else self.text(data, font)

    def _of(self, font: int | None) -> str:
        number = self.default if font is None else font
        return self.page if number is None else self.own.get(number, self.page)


def _page(number: int) -> str | None:
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
