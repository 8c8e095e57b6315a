"""Documents as bytes between two processes: JSON, since a pickle from the child could run code."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from collections.abc import Iterator
from typing import Any

from corpus.types import Document, FileFormat, Heading, Page, ReadError, ReadStatus, Span

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 16


def to_bytes(outcome: Document | ReadError) -> bytes:
    """The outcome of reading one file, without its path: the asking side knows that."""
    if isinstance(outcome, ReadError):
        return _dump({"status": outcome.status.value, "reason": outcome.reason})
    return _dump(
        {
            "format": outcome.format.value,
            "text": outcome.text,
            "pages": [[page.number, page.start, page.end, page.ocr] for page in outcome.pages],
            "headings": [[at.start, at.end, at.level] for at in outcome.headings],
            "furniture": [[span.start, span.end] for span in outcome.furniture],
            "title": outcome.title,
            "warnings": list(outcome.warnings),
            "ocr": [[span.start, span.end] for span in outcome.ocr],
        }
    )


def from_bytes(data: bytes, relative: str) -> Document | ReadError:
    """The outcome that `to_bytes` wrote. Raises `ValueError` for bytes that say anything else."""
    try:
        found: dict[str, Any] = json.loads(data.decode("utf-8"))
        if "status" in found:
            return ReadError(ReadStatus(found["status"]), str(found["reason"]))
        text = _text(found["text"])
        document = Document(
            path=relative,
            format=FileFormat(found["format"]),
            text=text,
            pages=tuple(Page(number, start, end, bool(ocr)) for number, start, end, ocr in found["pages"]),
            headings=tuple(Heading(start, end, level) for start, end, level in found["headings"]),
            furniture=tuple(Span(start, end) for start, end in found["furniture"]),
            title=None if found["title"] is None else _text(found["title"]),
            warnings=tuple(map(_text, found["warnings"])),
            ocr=tuple(Span(start, end) for start, end in found["ocr"]),
        )
        for start, end in _ranges(document):
            if not 0 <= start <= end <= len(text):
                raise ValueError(f"span {start}..{end} outside 0..{len(text)}")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"the child's answer is no document: {error}") from error
    return document


def send(descriptor: int, data: bytes) -> None:
    """Write one frame: eight bytes of length, then the data."""
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int, deadline: float | None, most: int) -> bytes:
    """Read one frame of at most `most` bytes.

    Raises `TimeoutError` past the deadline (`time.monotonic()` seconds), `EOFError` where the stream ends
    first, `OverflowError` for a longer frame.
    """
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, deadline))
    if length > most:
        raise OverflowError(f"frame of {length} bytes, limit {most}")
    return _exactly(descriptor, length, deadline)


def _exactly(descriptor: int, length: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < length:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
        chunk = os.read(descriptor, min(_CHUNK, length - len(data)))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _ranges(document: Document) -> Iterator[tuple[int, int]]:
    for page in document.pages:
        yield page.start, page.end
    for heading in document.headings:
        yield heading.start, heading.end
    for span in (*document.furniture, *document.ocr):
        yield span.start, span.end


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(f"{type(found).__name__} instead of a text")
    return found


def _dump(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
