"""The guard at the door: who is asking, whether they may come in, and the view that they are answered from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from api.access.api_keys import KeyRing
from api.access.hosts import Hosts
from api.access.identity import NOT_VALID, NOTHING_SHOWN, Identity, Scope, UnknownReaderError
from api.access.key_sets import FetchedKeys, FileKeys, KeySet
from api.access.oidc import Tokens
from api.access.proxy import Proxy
from api.access.sessions import SECONDS, Sessions
from api.access.unsafe import refuse_unsafe
from api.access.views import View, Views
from api.settings import Access, Settings
from retriever.engine import Engine

SIGN_IN = "/logga-in"
SIGN_OUT = "/logga-ut"
_FOR_ALL = frozenset(
    {
        "/healthz", "/readyz", "/openapi.json", "/tillganglighet", "/opensearch.xml", "/avtalssok.js", "/sokruta",
        "/sokruta.css", SIGN_IN, SIGN_OUT,
    }
)  # fmt: skip
"""What answers without the index, and so without knowing the reader. Any other address is closed until it is listed."""
_FOR_ALL_BELOW = "/page/"
_OWN_GATES = ("/admin", "/api/admin")
"""What begins so has a gate of its own (`api.admin.gate`): let through with the identity noted, if there is one."""
_METRICS = "/metrics"
_TO_READ = (Scope.READ, Scope.READ_ALL)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class NotAllowedError(Exception):
    """Someone is known, but not for this."""


class StrangeHostError(Exception):
    """The service was asked by a name that is not its own."""


class Guard:
    """Knows readers in the one way that the settings choose. With access off it lets everyone read everything."""

    def __init__(self, settings: Settings) -> None:
        """Raises AvtalError where the settings are unsafe together, or the keys that they name cannot be used."""
        refuse_unsafe(settings)
        self.access = settings.access
        self.sessions = Sessions()
        self._settings = settings
        self._hosts = Hosts(settings)
        self._views = Views(settings.views)
        keys = settings.keys if self.access is Access.KEYS else None
        self._ring = KeyRing(keys) if keys is not None else None
        self._tokens = _tokens(settings) if self.access is Access.OIDC else None
        self._proxy = _proxy(settings) if self.access is Access.PROXY else None

    @property
    def on(self) -> bool:
        """True where readers are told apart."""
        return self.access is not Access.OFF

    def admit(self, request: Request) -> None:
        """Note who is asking as `request.state.identity`, None where access is off or the address is for all.

        Raises UnknownReaderError (401), NotAllowedError (403), StrangeHostError (421), or AvtalError where it cannot be
        found out (503).
        """
        request.state.identity = None
        path = request.scope["path"]
        if self.is_for_all(path):
            return
        if self._hosts.is_strange(request):
            raise StrangeHostError
        if not self.on:
            return
        if any(path == gate or path.startswith(f"{gate}/") for gate in _OWN_GATES):
            with suppress(UnknownReaderError):
                request.state.identity = self.identify(request)
            return
        identity = self.identify(request)
        if not identity.may(*((Scope.METRICS,) if path == _METRICS else _TO_READ)):
            raise NotAllowedError
        request.state.identity = identity

    @staticmethod
    def is_for_all(path: str) -> bool:
        """True for what answers without the index, and so without knowing the reader."""
        return path in _FOR_ALL or path.startswith(_FOR_ALL_BELOW)

    def identify(self, request: Request) -> Identity:
        """Who is asking. Raises UnknownReaderError where nothing proves it."""
        if self._proxy is not None:
            return self._proxy.identity(request)
        shown = _bearer(request)
        if self._tokens is not None and shown is not None:
            return self._tokens.identity(shown)
        if self._ring is not None and shown is not None:
            return self._ring.by_key(shown).identity()
        if self._ring is not None:
            return self._by_session(self._ring, request)
        raise UnknownReaderError(NOTHING_SHOWN)

    def _by_session(self, ring: KeyRing, request: Request) -> Identity:
        word = request.cookies.get(self.cookie)
        if not word:
            raise UnknownReaderError(NOTHING_SHOWN)
        key_id = self.sessions.key_of(word)
        if key_id is None or (request.method not in _SAFE and not self.is_own(request)):
            raise UnknownReaderError(NOT_VALID)
        identity = ring.by_id(key_id).identity()
        request.state.signed_in = identity.name
        return identity

    def challenge(self, told: str) -> str:
        """What a 401 says of how to be known (RFC 6750)."""
        if self.access is Access.PROXY:
            return 'Proxy realm="avtalssok"'
        return 'Bearer realm="avtalssok"' + (', error="invalid_token"' if told == NOT_VALID else "")

    def view(self, identity: Identity | None, whole: Engine) -> View:
        """The view that the reader is answered from; nothing for nobody."""
        readable = identity.readable(whole.index.agreements) if identity is not None else frozenset()
        return self._views.of(whole, readable)

    def sign_in(self, shown: str, response: Response) -> None:
        """Begin a session for the holder of the key that was shown. Raises UnknownReaderError for one that does not hold."""
        if self._ring is None:
            raise UnknownReaderError(NOTHING_SHOWN)
        word = self.sessions.begin(self._ring.by_key(shown.strip()).key_id)
        response.set_cookie(
            self.cookie,
            word,
            max_age=SECONDS,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def sign_out(self, request: Request, response: Response) -> None:
        """End the request's session, if there is one."""
        self.sessions.end(request.cookies.get(self.cookie, ""))
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="strict")

    def is_own(self, request: Request) -> bool:
        """True where the request was made by a page of this service: what a browser says of it, in either header."""
        told = request.headers.get("sec-fetch-site")
        if told is not None:
            return told == "same-origin"
        own = urlsplit(self._settings.public_url or str(request.base_url))
        return request.headers.get("origin") == f"{own.scheme}://{own.netloc}"

    def label(self, request: Request, response: Response) -> None:
        """Keep what is one reader's own out of caches that others share."""
        path = request.scope["path"]
        if not self.on or (self.is_for_all(path) and path not in (SIGN_IN, SIGN_OUT)):
            return
        response.headers.setdefault("Cache-Control", "private, no-cache")
        shown = ("Authorization", "Cookie") if self._proxy is None else self._proxy.headers
        told = [word.strip() for word in response.headers.get("Vary", "").split(",") if word.strip()]
        response.headers["Vary"] = ", ".join(dict.fromkeys([*told, *shown]))

    @property
    def _secure(self) -> bool:
        return self._settings.public_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """The session's cookie. Its first letters let a browser take it from this very host by https alone."""
        return "__Host-avtal" if self._secure else "avtal"


def _bearer(request: Request) -> str | None:
    """What the Authorization header shows. Raises UnknownReaderError for two such headers, or one of another kind."""
    values = request.headers.getlist("authorization")
    if not values:
        return None
    kind, _, shown = values[0].partition(" ")
    if len(values) > 1 or kind.casefold() != "bearer" or not shown.strip():
        raise UnknownReaderError(NOT_VALID)
    return shown.strip()


def _tokens(settings: Settings) -> Tokens:
    where = settings.oidc_keys
    keys: KeySet = FetchedKeys(where) if "://" in where else FileKeys(Path(where))
    return Tokens(
        keys,
        settings.oidc_issuer,
        settings.oidc_audience,
        settings.oidc_algorithms,
        settings.oidc_groups,
        settings.admin_group,
    )


def _proxy(settings: Settings) -> Proxy:
    return Proxy(
        [Proxy.network(address) for address in settings.proxy_addresses],
        settings.proxy_secret.get_secret_value(),
        settings.proxy_user,
        settings.proxy_groups,
        settings.proxy_separator,
        settings.admin_group,
    )
