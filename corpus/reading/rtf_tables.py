"""The tables at the head of an RTF file: its fonts, its colours and its styles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.reading.rtf_flow import Style
from corpus.reading.rtf_fonts import Fonts

_WHITE = {"red": 255, "green": 255, "blue": 255}
_BODY_LEVEL = 9  # outline levels from here on are running text


@dataclass(slots=True)
class Tables:
    """The fonts, which colours are white, and the paragraph styles, by number, as they are defined."""

    fonts: Fonts = field(default_factory=Fonts)
    styles: dict[int, Style] = field(default_factory=dict)
    white: list[bool] = field(default_factory=list)
    _colour: dict[str, int] = field(default_factory=dict)  # of the entry that is open; none for "automatic"
    _number: int | None = 0  # of the style that is open; None for one that is no paragraph style
    _style: Style = field(default_factory=Style)

    def define(self, table: str, font: int | None, word: str, number: int) -> int | None:
        """Take a word inside the font table or the style sheet. The font that is being defined, if any."""
        if table == "fonttbl":
            if word == "f":
                return number
            if font is not None and word == "fcharset":
                self.fonts.set_charset(font, number)
            elif font is not None and word == "cpg":
                self.fonts.set_own_page(font, number)
        elif table == "colortbl":
            self._colour[word] = number
        elif word in ("cs", "ds", "ts"):
            self._number = None
        elif word == "s":
            self._number = number
        elif word == "outlinelevel":
            self._style = Style(level=outline_level(number))
        return font

    def close_colour(self) -> None:
        """End an entry of the colour table."""
        self.white.append({name: self._colour.get(name) for name in _WHITE} == _WHITE)
        self._colour = {}

    def is_white(self, colour: int) -> bool:
        """True where the colour of that number is white."""
        return 0 <= colour < len(self.white) and self.white[colour]

    def open_style(self) -> None:
        """Begin a style; one without a number is number 0."""
        self._number, self._style = 0, Style()

    def close_style(self, name: str) -> None:
        """End the style. Its name ends at a semicolon."""
        if self._number is not None:
            self.styles[self._number] = replace(self._style, name=name.split(";")[0].strip())


def outline_level(number: int) -> int:
    """The heading level 1..9 of an outline level, which counts from 0; 0 for running text."""
    return number + 1 if 0 <= number < _BODY_LEVEL else 0
