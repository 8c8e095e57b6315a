"""Files that have been sent in and wait in the inbox until somebody takes them in or throws them away."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from api.admin.names import clean_folder, clean_name
from api.admin.reading import Reading, read_file
from api.errors import NotFoundError, TooLargeError
from api.faults import told
from corpus.sandbox import Reader
from corpus.types import AvtalError, ReadStatus
from indexer.disk import in_swedish
from indexer.types import Encoder

logger = logging.getLogger("avtal")

KEPT_DAYS = 30
"""A file that nobody has decided on is thrown away then."""
MOST_WAITING = 200
_RECORD = "utkast.json"


class Draft(BaseModel):
    """A file in the inbox. `reading` is None until it has been read; `replaces` is an agreement's id, or empty."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    name: str
    folder: str
    replaces: str
    size: int
    sha256: str
    sent: datetime
    reading: Reading | None = None

    @property
    def path(self) -> str:
        """Where it will lie in the folder."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked of a file that is sent: its name, the folder that it shall lie in, and whom it replaces."""

    name: str
    folder: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts in `inbox`. They are read one at a time in a thread of their own, as `encoder` measures passages."""

    inbox: Path
    most_bytes: int
    encoder: Callable[[], Encoder]
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "inkorg"))
    _reader: Reader = field(default_factory=Reader)
    _pending: dict[str, Future[None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """Throw away what has waited too long, and read what was not read when the server stopped."""
        oldest = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
        for folder in self.inbox.glob("*/") if self.inbox.is_dir() else ():
            draft = self._load(folder)
            if draft is None or draft.sent < oldest:
                shutil.rmtree(folder)
            elif draft.reading is None:
                self._read_later(draft)

    def close(self) -> None:
        """Stop reading, and return when it has stopped. What was not read waits for the next start."""
        self._stopped.set()
        self._worker.shutdown(wait=False, cancel_futures=True)
        self._reader.stop()
        self._worker.shutdown(wait=True)

    def all(self) -> list[Draft]:
        """The drafts, the first sent first."""
        folders = self.inbox.glob("*/") if self.inbox.is_dir() else ()
        found = [draft for folder in folders if (draft := self._load(folder)) is not None]
        return sorted(found, key=lambda draft: (draft.sent, draft.name))

    def get(self, draft_id: str) -> Draft:
        """The draft. Raises NotFoundError where there is none of that id."""
        draft = self._load(self.inbox / draft_id) if draft_id.isalnum() else None
        if draft is None:
            raise NotFoundError("filen finns inte i inkorgen; den är redan införd eller borttagen")
        return draft

    def file_of(self, draft: Draft) -> Path:
        """The file itself."""
        return self.inbox / draft.draft_id / f"fil{Path(draft.name).suffix}"

    async def put(self, target: Target, content: AsyncIterator[bytes]) -> Draft:
        """Write the content to the inbox as it comes, and have it read.

        Raises TooLargeError, and AvtalError for a name that cannot be used, an empty file or the disk.
        """
        name, folder = clean_name(target.name), clean_folder(target.folder)
        if len(self.all()) >= MOST_WAITING:
            raise AvtalError(f"{MOST_WAITING} filer väntar redan i inkorgen; ta hand om dem först")
        draft_id = secrets.token_hex(8)
        place = self.inbox / draft_id
        try:
            place.mkdir(parents=True)
            size, sha256 = await self._write(place / f"fil{Path(name).suffix}", content)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise AvtalError(
                f"filen {name} kunde inte sparas ({in_swedish(error)}); kontrollera rättigheter och disk och försök igen"
            ) from error
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        draft = Draft(
            draft_id=draft_id,
            name=name,
            folder=folder,
            replaces=target.replaces,
            size=size,
            sha256=sha256,
            sent=datetime.now(UTC),
        )
        self._save(draft)
        self._read_later(draft)
        return draft

    def wait(self, draft_id: str, seconds: float) -> None:
        """Return when the draft has been read, or after so many seconds."""
        pending = self._pending.get(draft_id)
        if pending is not None:
            try:
                pending.result(timeout=seconds)
            except TimeoutError:
                return

    def drop(self, draft: Draft) -> None:
        """Delete the draft and its file."""
        shutil.rmtree(self.inbox / draft.draft_id, ignore_errors=True)

    async def _write(self, path: Path, content: AsyncIterator[bytes]) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as file:
            async for chunk in content:
                size += len(chunk)
                if size > self.most_bytes:
                    raise TooLargeError(
                        f"filen är större än {self.most_bytes // 1_000_000} MB; dela upp den eller spara om den med mindre bilder"
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return size, digest.hexdigest()

    def _read_later(self, draft: Draft) -> None:
        self._pending[draft.draft_id] = self._worker.submit(self._read, draft)

    def _read(self, draft: Draft) -> None:
        try:
            reading = read_file(self.file_of(draft), draft.path, self._reader, self.encoder())
        except AvtalError as error:
            logger.error("filen %s i inkorgen kunde inte läsas: %s", draft.draft_id, error)
            reading = Reading(status=ReadStatus.REFUSED, reason=str(error))
        except Exception as error:  # noqa: BLE001 - told in the log and of the file, that would wait for ever else
            logger.error("filen %s i inkorgen kunde inte läsas:\n%s", draft.draft_id, told(error))
            reading = Reading(
                status=ReadStatus.REFUSED,
                reason="ett oväntat fel avbröt läsningen; serverns logg säger vilket",
            )
        try:
            with self._lock:
                if not self._stopped.is_set() and (self.inbox / draft.draft_id).is_dir():
                    self._save(draft.model_copy(update={"reading": reading}))
        except OSError as error:
            logger.error(
                "att filen %s i inkorgen är läst kunde inte skrivas (%s); den läses igen när servern startas",
                draft.draft_id, in_swedish(error),
            )  # fmt: skip
        finally:
            self._pending.pop(draft.draft_id, None)

    def _save(self, draft: Draft) -> None:
        new = self.inbox / draft.draft_id / f"{_RECORD}.new"
        new.write_text(draft.model_dump_json(), encoding="utf-8")
        new.replace(new.with_name(_RECORD))

    def _load(self, folder: Path) -> Draft | None:
        try:
            return Draft.model_validate_json((folder / _RECORD).read_bytes())
        except FileNotFoundError:
            return None  # being written, or just decided on
        except ValidationError:
            logger.error("utkastet %s är skrivet av en annan version av programmet och visas inte", folder)
            return None
