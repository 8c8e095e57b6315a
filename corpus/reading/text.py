"""Plain text: kept as written."""

from __future__ import annotations

from corpus.reading.canonical import canonical
from corpus.reading.encoding import decode, has_bom, mojibake_warning
from corpus.reading.extract import Extract
from corpus.types import ReadError, ReadStatus

# Real text has tabs, line ends and now and then a form feed; above this share it is something else.
_MOST_CONTROL = 0.05
_TEXT_CONTROL = b"\t\n\r\x0b\x0c\x1a\x1b"


def read_text(data: bytes) -> Extract:
    """The characters of a plain text file. Raises `ReadError` (REFUSED) for binary content."""
    text = canonical(decode_text(data))
    warning = mojibake_warning(text)
    return Extract(text, warnings=(warning,) if warning else ())


def decode_text(data: bytes) -> str:
    """The bytes as characters. Raises `ReadError` (REFUSED) where the bytes are not text."""
    check_is_text(data)
    return decode(data)


def check_is_text(data: bytes) -> None:
    """Raises `ReadError` (REFUSED) where the bytes are not text."""
    if not has_bom(data):
        if b"\x00" in data:
            raise ReadError(
                ReadStatus.REFUSED,
                f"innehållet är binärt (nolltecken vid byte {data.index(0)}), inte text; "
                "spara om filen som text i UTF-8",
            )
        control = sum(data.count(code) for code in range(0x20) if code not in _TEXT_CONTROL)
        if control > _MOST_CONTROL * len(data):
            raise ReadError(
                ReadStatus.REFUSED,
                f"innehållet är binärt ({control} styrtecken av {len(data)} byte), inte text; "
                "spara om filen som text i UTF-8",
            )
