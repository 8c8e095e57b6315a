"""Who may come to the registrator's desk: the key, or an identity with the scope admin, at the sign-in form, then a cookie;
either of them itself for programs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import Request, Response

from api.access.identity import Identity, Scope
from api.admin.key import opens
from api.admin.sessions import IDLE_SECONDS, WRONG_KEY_SECONDS, Session, Sessions
from api.errors import NotAdmittedError
from corpus.types import AvtalError

COOKIE = "avtal-registrator"
PATH = "/admin"
MOST_TRYING = 5
"""Wrong keys that wait for their answer at a time; the next one is told to come back."""


class TooManyTriesError(AvtalError):
    """Very many wrong keys at the same time."""


@dataclass(slots=True)
class Gate:
    """Lets the holder of the key in. A wrong key is answered after a second, one at a time; the right one at once."""

    key_hash: str
    sessions: Sessions
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _trying: int = 0

    async def sign_in(self, key: str) -> Session:
        """A new session. Raises NotAdmittedError for a wrong key, TooManyTriesError for very many of them."""
        if opens(key, self.key_hash):
            return self.sessions.begin()
        if self._trying >= MOST_TRYING:
            raise TooManyTriesError("många fel nycklar prövas just nu; försök igen om en minut")
        self._trying += 1
        try:
            async with self._turn:
                await asyncio.sleep(WRONG_KEY_SECONDS)
        finally:
            self._trying -= 1
        raise NotAdmittedError("nyckeln är fel; kontrollera att hela är med")

    def session(self, request: Request) -> Session | None:
        """The session of the request's cookie; none where it was begun for another than who asks now."""
        found = self.sessions.of(request.cookies.get(COOKIE, ""))
        return found if found is None or found.name in ("", administrator(request)) else None

    def keep(self, session: Session, response: Response, https: bool) -> None:
        """Give the browser its cookie: not for scripts, not for other sites."""
        response.set_cookie(
            COOKIE,
            session.token,
            max_age=IDLE_SECONDS,
            path=PATH,
            secure=https,
            httponly=True,
            samesite="strict",
        )

    def admit(self, request: Request, key: str) -> None:
        """Raises NotAdmittedError for any other key, from any other identity: for programs, which show it each time."""
        if not administrator(request) and not opens(key, self.key_hash):
            raise NotAdmittedError("nyckeln saknas eller är fel; skicka den som Authorization: Bearer")


def administrator(request: Request) -> str:
    """The name of the identity that asks and may run the service, empty where there is none."""
    identity: Identity | None = request.state.identity
    return identity.name if identity is not None and identity.may(Scope.ADMIN) else ""


def is_own(request: Request, base: str) -> bool:
    """True where the request says that it was sent from one of this server's own pages, at the address `base`."""
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc in (urlsplit(base).netloc, request.headers.get("host", ""))
