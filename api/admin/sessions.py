"""Who is signed in to the registrator's pages: random sessions in the server's memory, gone when it restarts."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

IDLE_SECONDS = 8 * 3600
MOST_SESSIONS = 200
WRONG_KEY_SECONDS = 1.0
"""A wrong key is answered after so long, one at a time."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `token` is its cookie, `csrf` stands in each of its forms. `name` is empty for who showed the
    key, else of the identity that it was begun for and ends with."""

    token: str
    csrf: str
    used: float
    name: str = ""

    def wrote(self, csrf: str) -> bool:
        """True for the token of this session's forms."""
        return hmac.compare_digest(self.csrf.encode(), csrf.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions, by cookie. `clock` gives seconds that only grow."""

    clock: Callable[[], float] = time.monotonic
    _held: dict[str, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, name: str = "") -> Session:
        """A new session; the one longest unused makes way where there are very many."""
        made = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), self.clock(), name)
        with self._lock:
            while len(self._held) >= MOST_SESSIONS:
                del self._held[min(self._held.values(), key=lambda each: each.used).token]
            self._held[made.token] = made
        return made

    def of(self, token: str) -> Session | None:
        """The session of a cookie, its time begun anew; None where there is none or it was idle for too long."""
        with self._lock:
            held = self._held.pop(token, None)
            if held is None or self.clock() - held.used > IDLE_SECONDS:
                return None
            self._held[token] = replace(held, used=self.clock())
            return self._held[token]

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            self._held.pop(token, None)
