"""The audit log: who did what with the service, as a file of lines that each hold the hash of the line before."""

from __future__ import annotations

import fcntl
import getpass
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.types import AvtalError
from indexer.disk import in_swedish

FIRST = "0" * 64
"""What the first line holds in the place of a former line's hash."""
NOBODY = "okänd"
"""The actor of a request that says nothing about who sent it."""
_KEYS = ("number", "time", "action", "actor", "target", "detail", "previous")
_STEP = 1 << 16


class AuditBrokenError(AvtalError):
    """The audit log is not as it was written."""


class AuditUnwritableError(AvtalError):
    """The audit log took no line: what was to be recorded is not."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A log whose lines all hold: how many, and the last one's hash (64 zeros for an empty log)."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class AuditLog:
    """Appends to the log at `path`; with None nothing is kept. Threads and processes may share a file.

    `now` gives the time of an entry, with a zone.
    """

    path: Path | None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def record(self, action: str, actor: str, target: str, detail: Mapping[str, str]) -> None:
        """Append one entry and return when it is on the disk.

        A line that a power cut left half written is cut off first, which the log itself then tells.
        Raises AuditUnwritableError where the file takes no line.
        """
        if self.path is None:
            return
        entry = {"action": action, "actor": actor, "target": target, "detail": dict(detail)}
        try:
            self._append(self.path, entry)
        except OSError as error:
            raise AuditUnwritableError(
                f"granskningsloggen {self.path} kunde inte skrivas ({in_swedish(error)}), så {action} för {target} är inte "
                "bokförd; rätta det eller ändra AVTAL_AUDIT"
            ) from error

    def _append(self, path: Path, entry: Mapping[str, Any]) -> None:
        """Under the file's own lock, from reading the last line until the new one is synced."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last, torn = _end(file.fileno())
            made = self._line(last, entry)
            if torn:
                os.ftruncate(handle, os.fstat(handle).st_size - len(torn))
                cut = {"bytes": str(len(torn)), "sha256": hashlib.sha256(torn).hexdigest()}
                told = {"action": "audit.torn", "actor": NOBODY, "target": path.name, "detail": cut}
                first = self._line(last, told)
                made = first + self._line(first, entry)
            _write(handle, made)
            os.fsync(handle)

    def _line(self, former: bytes, entry: Mapping[str, Any]) -> bytes:
        """The line that follows `former`. Raises AuditBrokenError where `former` is none of the log's."""
        before: dict[str, Any] | None = _read(former) if former else {"number": 0, "hash": FIRST}
        if before is None:
            raise AuditBrokenError(
                f"granskningsloggen {self.path} slutar med en rad som inte är dess egen; kör avtal audit verify och spara "
                "undan filen"
            )
        body = {
            "number": before["number"] + 1,
            "time": self.now().isoformat(timespec="milliseconds"),
            **entry,
            "previous": before["hash"],
        }
        return _dumped({**body, "hash": _hash(body)}) + b"\n"


def verify(path: Path, head: str | None = None) -> Verified:
    """What the whole log says, where every line follows from the one before and `head`, if given, is one's hash.

    Raises AuditBrokenError naming the first line that does not hold, or the missing `head`. A whole chain proves
    that nothing was changed *inside* it. That nothing was cut from its end, and that it was not written anew from
    some line on, only a head kept out of the writer's reach can prove.
    """
    previous, number, seen = FIRST, 0, head in (None, FIRST)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                previous = _follows(path, number, previous, line)
                seen = seen or previous == head
    except OSError as error:
        raise AuditBrokenError(
            f"granskningsloggen {path} kan inte läsas: {in_swedish(error)}; ange filen i AVTAL_AUDIT"
        ) from error
    if not seen:
        raise AuditBrokenError(
            f"granskningsloggen {path} har {number} hela rader men ingen med kontrollsumman {head}; slutet är avkortat eller "
            "loggen omskriven, jämför med en säkerhetskopia"
        )
    return Verified(number, previous)


def operator() -> str:
    """Who runs the command: the account's name, or its number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _follows(path: Path, number: int, previous: str, line: bytes) -> str:
    """The hash of the line. Raises AuditBrokenError where it is not the line that follows `previous`."""
    entry = _read(line)
    if entry is None:
        wrong = "är avhuggen" if not line.endswith(b"\n") else "har ändrats"
    elif entry["previous"] != previous or entry["number"] != number:
        wrong = "följer inte på den före: en rad har tagits bort, lagts till eller bytt plats"
    else:
        return str(entry["hash"])
    raise AuditBrokenError(f"rad {number} i granskningsloggen {path} {wrong}; jämför med en säkerhetskopia")


def _read(line: bytes) -> dict[str, Any] | None:
    """The entry of a line exactly as `_dumped` writes it and with its own hash, else None."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
        same = isinstance(entry, dict) and set(entry) == {*_KEYS, "hash"} and _dumped(entry) + b"\n" == line
        return entry if same and entry["hash"] == _hash({key: entry[key] for key in _KEYS}) else None
    except (ValueError, RecursionError):
        return None


def _hash(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dumped(body)).hexdigest()


def _dumped(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _end(handle: int) -> tuple[bytes, bytes]:
    """The file's last whole line, and what stands after it. Either may be empty."""
    at, data = os.fstat(handle).st_size, b""
    while at > 0 and data.count(b"\n") < 2:
        step = min(_STEP, at)
        at -= step
        data = os.pread(handle, step, at) + data
    whole, newline, torn = data.rpartition(b"\n")
    return whole[whole.rfind(b"\n") + 1 :] + newline, torn


def _write(handle: int, data: bytes) -> None:
    """Write all of it. Raises OSError, after which the half line stands and the next entry cuts it off."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
