"""The public keys of an issuer of tokens (a JWK set, RFC 7517): from a file, or fetched and kept for a while."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from jwt import PyJWK, PyJWTError

from corpus.types import AvtalError
from indexer.disk import in_swedish

logger = logging.getLogger("avtal")

KEPT_SECONDS = 3600.0
LEAST_BETWEEN = 60.0
"""Seconds between two fetches: a token with an invented key id must not make this service call the issuer each time."""
TIMEOUT = 5.0
MOST_BYTES = 1_000_000
ASYMMETRIC = frozenset({"RSA", "EC", "OKP"})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checks signatures, and the only algorithm that it is for, where the issuer says one."""

    key: Any
    algorithm: str | None


class KeySet(Protocol):
    """Public keys by their id."""

    def key(self, key_id: str) -> PublicKey | None:
        """The key of that id, None where the issuer has none. Raises AvtalError where the set cannot be had."""
        ...


class FileKeys:
    """A set in a file, read anew when it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._keys: Mapping[str, PublicKey] = {}
        self._read()

    def key(self, key_id: str) -> PublicKey | None:
        """The key of that id."""
        self._read()
        return self._keys.get(key_id)

    def _read(self) -> None:
        try:
            told = self._path.stat()
            seen = (told.st_mtime_ns, told.st_size)
            if seen != self._seen:
                self._keys = keys_in(self._path.read_bytes(), str(self._path))
                self._seen = seen
        except OSError as error:
            raise AvtalError(
                f"filen {self._path} med utfärdarens nycklar kan inte läsas ({in_swedish(error)}); rätta AVTAL_OIDC_KEYS"
            ) from error


class FetchedKeys:
    """A set at an https address: fetched when first needed, then hourly, and sooner, though seldom, for an unknown id.

    While the issuer cannot be reached, the keys that were fetched last go on holding.
    """

    def __init__(
        self,
        url: str,
        fetch: Callable[[str], bytes] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._fetch, self._clock = url, fetch or _fetched, clock
        self._lock = threading.Lock()
        self._keys: Mapping[str, PublicKey] = {}
        self._tried: float | None = None
        self._fetched_at: float | None = None

    def key(self, key_id: str) -> PublicKey | None:
        """The key of that id. Raises AvtalError where no set could ever be fetched."""
        with self._lock:
            now = self._clock()
            old = self._fetched_at is None or now - self._fetched_at >= KEPT_SECONDS
            rested = self._tried is None or now - self._tried >= LEAST_BETWEEN
            if rested and (old or key_id not in self._keys):
                self._renew(now)
            if self._fetched_at is None:
                raise AvtalError(
                    f"utfärdarens nycklar kunde inte hämtas från {self._url}; försök igen om en stund"
                )
            return self._keys.get(key_id)

    def _renew(self, now: float) -> None:
        self._tried = now
        try:
            self._keys = keys_in(self._fetch(self._url), self._url)
            self._fetched_at = now
        except (OSError, http.client.HTTPException, ValueError, AvtalError) as error:
            logger.error("utfärdarens nycklar kunde inte hämtas från %s: %s", self._url, error)


def keys_in(data: bytes, where: str) -> dict[str, PublicKey]:
    """The keys of a set by id that check signatures; secret ones, and those for encryption, are none of them.

    Raises AvtalError for what is no set, or holds no such key.
    """
    try:
        rows = json.loads(data)["keys"]
        wanted = [row for row in rows if row.get("kty") in ASYMMETRIC and row.get("use", "sig") == "sig"]
        found = {
            row["kid"]: PublicKey(PyJWK.from_dict(row).key, row.get("alg"))
            for row in wanted
            if isinstance(row.get("kid"), str)
        }
    except (ValueError, KeyError, TypeError, AttributeError, PyJWTError) as error:
        raise AvtalError(f"{where} är ingen samling publika nycklar (JWK Set): {error}") from error
    if not found:
        raise AvtalError(f"{where} har ingen publik signeringsnyckel med kid")
    return found


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _fetched(url: str) -> bytes:
    """The body at the address, in one step: no redirect leads elsewhere, and no proxy is asked."""
    try:
        with build_opener(ProxyHandler({}), _NoRedirects).open(url, timeout=TIMEOUT) as response:
            data: bytes = response.read(MOST_BYTES + 1)
    except URLError as error:
        raise OSError(str(error)) from error
    if len(data) > MOST_BYTES:
        raise ValueError(f"mer än {MOST_BYTES} byte")
    return data
