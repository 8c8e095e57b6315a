"""List numbers as they are printed."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 30


def numeral(number: int, style: str) -> str:
    """The number in a style of WordprocessingML's `numFmt` ("decimal", "lowerLetter", "upperRoman" …).

    Letters go a–z, then aa, bb … as Word does. What a style cannot print, and unknown styles, are decimal.
    """
    if style in ("lowerLetter", "upperLetter") and 0 < number <= _MOST_LETTERS:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and 0 < number <= _MOST_ROMAN:
        letters = ""
        for value, sign in _ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters.upper() if style == "upperRoman" else letters
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)
