"""A page of a PDF as a picture with words boxed, drawn by a limited child process and kept for a while."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.types import AvtalError

_ROOT = Path(__file__).parents[2]
SECONDS = 20
"""Wall clock for one page on a busy machine; a usual page takes about half a second, most of it starting Python."""
MOST_BYTES = 8 << 20
_KEPT = 64
"""Pictures in memory: a page of text is about 100 kB."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """What to draw: page `number` (1-based) of the file, with `quotes` boxed where the page has them."""

    path: Path
    number: int
    quotes: tuple[str, ...]


class PictureError(AvtalError):
    """A page that could not be drawn: one Swedish sentence on why."""


@lru_cache(maxsize=_KEPT)
def draw(picture: PagePicture) -> bytes:
    """The page as PNG bytes. Raises PictureError where the file is broken, slow or too large for the child's limits.

    Files are named by their SHA-256, so that a picture of a path never goes out of date.
    """
    request = {"path": str(picture.path.absolute()), "number": picture.number, "quotes": picture.quotes}
    command = [sys.executable, "-B", "-m", "api.rendering.page_child"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            cwd=_ROOT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureError(
            f"sidan {picture.number} tog mer än {SECONDS} sekunder att rita; öppna källfilen i stället"
        ) from error
    if done.returncode or not 0 < len(done.stdout) <= MOST_BYTES:
        raise PictureError(
            f"sidan {picture.number} kunde inte ritas (kod {done.returncode}); öppna källfilen i stället"
        )
    return done.stdout
