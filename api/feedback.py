"""Feedback from the page as draft cases: one JSON line each, in a folder that the operator has named."""

from __future__ import annotations

import fcntl
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.types import AvtalError

DRAFTS = "utkast.jsonl"
LOCK = "utkast.lock"
PER_MINUTE = 30
"""Drafts that the server takes in a minute, from everybody together: it does not know who sends them."""
MOST_BYTES = 2_000_000
"""The drafts' file; some four thousand of them. A full one is to be reviewed, not to grow."""


class TooManyError(AvtalError):
    """More drafts in a minute than the server takes."""


class FullError(AvtalError):
    """The drafts' file has no room for another before some are reviewed."""


@dataclass(frozen=True, slots=True)
class DraftBox:
    """Where drafts are put. `clock` gives seconds that only grow."""

    folder: Path
    per_minute: int = PER_MINUTE
    most_bytes: int = MOST_BYTES
    clock: Callable[[], float] = time.monotonic
    _taken: deque[float] = field(default_factory=deque)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def put(self, draft: Mapping[str, object]) -> None:
        """Append the draft as one line. Raises TooManyError, FullError, or AvtalError where the folder cannot be written."""
        line = (json.dumps(draft, ensure_ascii=False) + "\n").encode()
        with self._one_at_a_time:
            self._count()
            try:
                self._append(line)
            except OSError as error:
                raise AvtalError(
                    f"återkopplingen kunde inte sparas ({error.strerror}); säg till den som sköter tjänsten"
                ) from error

    def _count(self) -> None:
        now = self.clock()
        while self._taken and now - self._taken[0] >= 60:
            self._taken.popleft()
        if len(self._taken) >= self.per_minute:
            raise TooManyError(
                f"servern tar emot {self.per_minute} omdömen i minuten; försök igen om en stund"
            )
        self._taken.append(now)

    def _append(self, line: bytes) -> None:
        """Under the lock that a review takes too: it rewrites the file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with (self.folder / DRAFTS).open("ab") as file:
                if file.tell() + len(line) > self.most_bytes:
                    raise FullError(
                        "det finns inte plats för fler omdömen; gå igenom dem som finns med avtal eval review"
                    )
                file.write(line)
