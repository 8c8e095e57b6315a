"""API keys: 256 random bits shown once, kept as their hash in a file that only the service's own account can read."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from api.access.identity import NOT_VALID, Identity, Scope, UnknownReaderError
from corpus.types import AvtalError
from indexer.disk import in_swedish

PREFIX = "avtal"
"""What a key begins with, so that one that has strayed into a repository or a log can be found."""
MOST_DAYS = 3650
_NO_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without the key: `digest` is the hex SHA-256 of what its holder shows. Times have a zone.

    256 random bits cannot be guessed, so a slow or keyed hash would protect nothing more (docs/decisions/access.md).
    """

    key_id: str
    name: str
    groups: tuple[str, ...]
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime
    digest: str
    revoked: datetime | None = None

    def state(self, now: datetime) -> str:
        """What a person is told of it."""
        if self.revoked is not None:
            return f"återkallad {self.revoked.date().isoformat()}"
        return "utgången" if self.expires <= now else "gäller"

    def identity(self) -> Identity:
        """Who shows it."""
        return Identity.of(self.name, self.groups, self.scopes, self.expires)


KEYS = TypeAdapter(list[ApiKey])


class KeyRing:
    """The keys of a file, read anew when it has changed: a revoked key is refused at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] | None = None
        self._keys: dict[str, ApiKey] = {}
        self._read()

    def by_key(self, shown: str) -> ApiKey:
        """The valid key that was shown. Raises UnknownReaderError for any other, AvtalError where the file cannot be used."""
        self._read()
        prefix, _, rest = shown.partition("_")
        key_id, _, _ = rest.partition("_")
        known = self._keys.get(key_id) if prefix == PREFIX else None
        same = hmac.compare_digest(_digest(shown), known.digest if known is not None else _NO_DIGEST)
        return self._valid(known if same else None)

    def by_id(self, key_id: str) -> ApiKey:
        """The valid key of a session that began with it. Raises as `by_key` does."""
        self._read()
        return self._valid(self._keys.get(key_id))

    def _valid(self, key: ApiKey | None) -> ApiKey:
        if key is None or key.revoked is not None or key.expires <= datetime.now(UTC):
            raise UnknownReaderError(NOT_VALID)
        return key

    def _read(self) -> None:
        """Read the file where it is another than last time. One that cannot be used leaves no key valid."""
        seen = _stamp(self._path)
        if seen == self._seen:
            return
        self._keys, self._seen = {}, None
        self._keys = {key.key_id: key for key in read_keys(self._path)}
        self._seen = seen


def read_keys(path: Path) -> list[ApiKey]:
    """The keys of a file, in the order of their making. Raises AvtalError for one that others can read, or is damaged."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read()
    except OSError as error:
        raise _unusable(path, in_swedish(error)) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise AvtalError(
            f"nyckelfilen {path} kan läsas av andra än sin ägare (rättigheter {stat.S_IMODE(mode):o}); kör chmod 600 {path}"
        )
    try:
        return KEYS.validate_json(data)
    except ValidationError as error:
        raise AvtalError(
            f"nyckelfilen {path} är skadad ({error.error_count()} fel); hämta den ur en säkerhetskopia"
        ) from error


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        told = path.stat()
    except OSError as error:
        raise _unusable(path, in_swedish(error)) from error
    return told.st_mtime_ns, told.st_size, told.st_ino, told.st_mode


def _unusable(path: Path, why: str) -> AvtalError:
    return AvtalError(f"nyckelfilen {path} kan inte läsas ({why}); skapa en nyckel med avtal key create")


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()


def create_key(
    path: Path, name: str, groups: Sequence[str], scopes: Sequence[Scope], days: int
) -> tuple[ApiKey, str]:
    """Add a key to the file, which is made where there is none; returns it and what its holder shall show.

    The second is kept nowhere. Raises AvtalError for a name or a time that cannot be used, or the disk.
    """
    if not name.strip() or any(ord(letter) < 32 for letter in name):
        raise AvtalError(f"nyckelns namn är {name!r}; skriv vem eller vad den är till")
    if not 1 <= days <= MOST_DAYS:
        raise AvtalError(f"en nyckel gäller 1 till {MOST_DAYS} dagar, inte {days}")
    with _writing(path) as keys:
        taken = {key.key_id for key in keys}
        key_id = next(made for made in iter(lambda: secrets.token_hex(4), "") if made not in taken)
        shown = f"{PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"
        now = datetime.now(UTC).replace(microsecond=0)
        groups = tuple(sorted(Identity.of(name, groups, ()).groups))
        chosen = tuple(scope for scope in Scope if scope in scopes)
        until = now + timedelta(days=days)
        made = ApiKey(key_id, name.strip(), groups, chosen, now, until, _digest(shown))
        keys.append(made)
    return made, shown


def revoke_key(path: Path, key_id: str) -> ApiKey:
    """Revoke a key for good; returns it. Raises AvtalError where there is none of that id, or it is revoked already."""
    with _writing(path) as keys:
        at = next((place for place, key in enumerate(keys) if key.key_id == key_id), None)
        if at is None:
            raise AvtalError(f"det finns ingen nyckel {key_id} i {path}; se avtal key list")
        if keys[at].revoked is not None:
            raise AvtalError(f"nyckeln {key_id} är redan återkallad")
        keys[at] = replace(keys[at], revoked=datetime.now(UTC).replace(microsecond=0))
    return keys[at]


@contextmanager
def _writing(path: Path) -> Iterator[list[ApiKey]]:
    """The file's keys to change, written whole in its place at the end of the block; others wait meanwhile."""
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f".{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            keys = read_keys(path) if path.exists() else []
            yield keys
            draft.unlink(missing_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(KEYS.dump_json(keys, indent=1))
                file.flush()
                os.fsync(file.fileno())
                if path.exists():  # made by root for the service's account, it stays that account's
                    os.fchown(file.fileno(), path.stat().st_uid, path.stat().st_gid)
            draft.replace(path)
    except OSError as error:
        raise AvtalError(f"nyckelfilen {path} kan inte skrivas: {in_swedish(error)}") from error
