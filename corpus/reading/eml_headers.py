"""The header lines of an e-mail message as a reader sees them."""

from __future__ import annotations

import binascii
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from corpus.reading.canonical import canonical, without_invisible
from corpus.reading.encoding import decode

_NAMING = frozenset((
    "from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "content-type", "return-path",
))  # fmt: skip
_FOLDED = re.compile(r"\r?\n(?=[ \t])")
_LONGEST_NAME = 120


def is_message(message: Message) -> bool:
    """True where at least one header is one that messages have."""
    return any(name.lower() in _NAMING for name in message.keys())  # noqa: SIM118 - iterating it gives parts


def header(message: Message, name: str) -> str:
    """The first header of that name on one line, its encoded words decoded; "" where there is none."""
    for found, value in message.raw_items():
        if found.lower() == name:
            return decoded(str(value))
    return ""


def decoded(raw: str) -> str:
    """A header's value on one line: RFC 2047 words as characters, and so bytes that were never encoded."""
    if not raw.isascii():
        raw = decode(raw.encode("utf-8", "surrogateescape"))
    unfolded = _FOLDED.sub("", raw)
    try:
        pieces = decode_header(unfolded)
    except (HeaderParseError, binascii.Error, ValueError):
        pieces = [(unfolded, None)]
    text = "".join(_piece(chunk, charset) for chunk, charset in pieces)
    return " ".join(without_invisible(canonical(text)).split())


def _piece(chunk: bytes | str, charset: str | None) -> str:
    if isinstance(chunk, str):
        return chunk
    # What stands between encoded words comes back in the one encoding that `decode_header` uses for it.
    return chunk.decode("raw-unicode-escape", "replace") if charset is None else decode(chunk, charset)


def file_name(part: Message, number: int) -> str:
    """The attachment's name without folders, on one line; "namnlös bilaga 2" where it has none."""
    try:
        stated = part.get_filename()
    except (ValueError, LookupError, TypeError):
        stated = None
    name = re.split(r"[\\/]", decoded(stated or ""))[-1].strip()
    if not any(map(str.isalnum, name)):
        return f"namnlös bilaga {number}"
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= _LONGEST_NAME else f"{stem[:_LONGEST_NAME]}…{dot}{suffix[:10]}"
