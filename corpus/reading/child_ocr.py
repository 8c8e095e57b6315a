"""How the limited child that reads a file has its scanned pages read: by the helper, since it starts no program itself.

The child sends a picture as a frame; the helper runs Tesseract on it and sends back the lines, or why there are none.
"""

from __future__ import annotations

import json
import resource
import struct
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from corpus.reading.hocr import ReadLine, Word
from corpus.reading.tesseract import (
    PAGE_SECONDS,
    OcrFailedError,
    OcrMissingError,
    Picture,
    recognise_here,
)
from corpus.reading.wire import receive, send

PICTURE = b"P"
"""The first byte of a frame that holds a picture."""
MOST_PICTURE = 32 << 20
_MOST_LINES = 32 << 20
_SIZES = struct.Struct("!III")
_LEAST_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Asker:
    """The child's side. `asks` and `replies` are descriptors; each picture renews `seconds` of processor time."""

    asks: int
    replies: int
    seconds: int

    def recognise(self, picture: Picture) -> tuple[ReadLine, ...]:
        """The picture's lines, from the helper. Raises OcrMissingError, OcrFailedError."""
        sizes = _SIZES.pack(picture.width, picture.height, picture.dpi)
        send(self.asks, PICTURE + sizes + picture.grey)
        reply = json.loads(receive(self.replies, None, _MOST_LINES))
        self._renew()
        if "missing" in reply:
            raise OcrMissingError(reply["missing"])
        if "failed" in reply:
            raise OcrFailedError(reply["failed"])
        return tuple(_line(line) for line in reply["lines"])

    def _renew(self) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            soft = spent + self.seconds
            if hard != resource.RLIM_INFINITY:
                soft = min(soft, hard)
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def reply_to(asked: bytes, until: float) -> bytes:
    """The helper's answer to a frame without its first byte. `until` (`time.monotonic()` seconds) ends all reading."""
    left = until - time.monotonic()
    try:
        if left < _LEAST_SECONDS:
            raise OcrFailedError("tiden för textigenkänning av en fil är slut; dela upp filen")
        width, height, dpi = _SIZES.unpack_from(asked)
        picture = Picture(width, height, asked[_SIZES.size :], dpi)
        lines = recognise_here(picture, min(PAGE_SECONDS, left))
        found: dict[str, object] = {"lines": [asdict(line) for line in lines]}
    except OcrMissingError as error:
        found = {"missing": str(error)}
    except OcrFailedError as error:
        found = {"failed": str(error)}
    except (ValueError, struct.error):
        found = {"failed": "sidans bild har fel storlek"}
    return json.dumps(found).encode("ascii")


def _line(found: dict[str, Any]) -> ReadLine:
    words = tuple(Word(word["text"], tuple(word["box"]), word["sure"]) for word in found["words"])
    return ReadLine(words, found["base"], found["height"], found["angle"])
