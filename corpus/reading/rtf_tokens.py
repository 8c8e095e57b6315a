"""An RTF file as a stream of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# A control word with its number and the one space that ends it, a hex byte, a control symbol, a brace, a run
# of text. Line ends between them mean nothing.
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)


class Kind(StrEnum):
    """What a token is."""

    OPEN = "open"
    CLOSE = "close"
    WORD = "word"
    SYMBOL = "symbol"
    HEX = "hex"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is a control word's or symbol's name, `number` its parameter, `data` the bytes of text or a hex byte."""

    kind: Kind
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token(Kind.OPEN), Token(Kind.CLOSE)


def tokens_of(data: bytes) -> Iterator[Token]:
    """The tokens in order. The raw bytes after a `\\bin` are skipped."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        word, number, hexed, symbol, brace, text = found.groups()
        if text is not None:
            yield Token(Kind.TEXT, data=text)
        elif word is not None:
            value = int(number) if number else None
            if word == b"bin":
                at += max(0, value or 0)
            else:
                yield Token(Kind.WORD, word.decode("ascii"), value)
        elif hexed is not None:
            yield Token(Kind.HEX, data=bytes.fromhex(hexed.decode("ascii")))
        elif brace is not None:
            yield _OPEN if brace == b"{" else _CLOSE
        elif symbol is not None:
            yield Token(Kind.SYMBOL, symbol.decode("latin-1"))
