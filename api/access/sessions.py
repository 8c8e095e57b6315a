"""Sessions of a browser that a key was typed into: a random word in a cookie, kept here as its hash."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

SECONDS = 8 * 3600
"""A working day; the key may expire or be revoked before that."""
MOST = 10_000
"""Sessions kept: the oldest is ended beyond that. They live in memory, and a restart ends them all."""


class Sessions:
    """Which key a session began with. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def begin(self, key_id: str) -> str:
        """A new session's word, 256 random bits, for the cookie."""
        word = secrets.token_urlsafe(32)
        with self._lock:
            self._kept[_hash(word)] = (key_id, self._clock() + SECONDS)
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return word

    def key_of(self, word: str) -> str | None:
        """The id of the key that the session began with; None for one that is over or never was."""
        with self._lock:
            key_id, until = self._kept.get(_hash(word), (None, 0.0))
            return key_id if self._clock() < until else None

    def end(self, word: str) -> None:
        """End the session, if there is one."""
        with self._lock:
            self._kept.pop(_hash(word), None)


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
