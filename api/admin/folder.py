"""The folder of agreements, to change: files come in from the inbox, and what leaves goes to the wastebasket."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from api.admin.manifest_edit import ManifestEditor, Values
from api.errors import NotFoundError
from corpus.folder import INBOX, WASTEBASKET, files_in
from corpus.manifest import is_manifest
from corpus.types import AvtalError
from indexer.disk import in_swedish

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a shared disk without hard links answers; the folder's lock then keeps the other commands away."""
_CARD = "kort.toml"
"""Beside what was thrown away: what the manifest said of it."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A file in the wastebasket: `name` finds it there, `path` is where it lay, `when` a local time to the second."""

    name: str
    path: str
    when: datetime


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """The folder at `root`, whose index is at `index`. Every change is made under a lock that other processes take too."""

    root: Path
    index: Path

    @property
    def inbox(self) -> Path:
        """Where files wait. On the same disk as the folder, so that taking one in is one step."""
        return self.root / INBOX

    @property
    def manifests(self) -> ManifestEditor:
        """What the manifests say, to change."""
        return ManifestEditor(self.root, self.index)

    def paths(self) -> list[str]:
        """The agreements' files, relative, sorted. Empty for a folder without any; raises AvtalError where there is none."""
        try:
            found = [path for path in files_in(self.root, self.index) if not is_manifest(path)]
        except AvtalError:
            if self.root.is_dir():
                return []
            raise
        return [path.relative_to(self.root).as_posix() for path in found]

    def place(self, relative: str) -> Path:
        """Where a file of the folder lies. Raises NotFoundError for what is no file of it, a link out of it included."""
        path = self.root / relative
        inside = path.resolve().is_relative_to(self.root.resolve())
        aside = {INBOX, WASTEBASKET, "..", "/"} & set(PurePosixPath(relative).parts)
        if not inside or aside or not path.is_file() or is_manifest(path):
            raise NotFoundError(f"filen {relative} finns inte i mappen; se listan över avtal")
        return path

    def add(self, staged: Path, relative: str) -> None:
        """Take a staged file in. Raises AvtalError where there is a file of that name."""
        with self._changing():
            self._put(staged, relative)

    def replace(self, staged: Path, relative: str, agreement_id: str) -> str:
        """Put a staged file in another's place, which goes to the wastebasket; returns the new path.

        The agreement keeps its id, and the manifest's word on it, also where the file's format is another.
        """
        old = PurePosixPath(relative)
        new = str(old.with_suffix(staged.suffix.lower()))
        with self._changing():
            self.place(relative)
            if new != relative and (self.root / new).exists():
                raise AvtalError(
                    f"det finns redan en fil som heter {new}; ta bort den eller ersätt den i stället"
                )
            self._throw(relative)
            self._put(staged, new)
            if new != relative:
                self.manifests.rename(relative, new, agreement_id)
        return new

    def remove(self, relative: str, for_good: bool = False) -> None:
        """Move a file to the wastebasket, or delete it, and take it out of the manifest."""
        with self._changing():
            path = self.place(relative)
            said = self.manifests.drop(relative)
            if for_good:
                path.unlink()
            else:
                self._throw(relative, said)

    def thrown(self) -> list[Thrown]:
        """What lies in the wastebasket, the latest first."""
        found = []
        for path in sorted((self.root / WASTEBASKET).glob("*/*"), reverse=True):
            files = [file for file in path.rglob("*") if file.is_file()] if path.name == "fil" else []
            for file in files:
                when = datetime.strptime(path.parent.name[:17], "%Y-%m-%dT%H%M%S").replace(tzinfo=UTC)
                found.append(Thrown(path.parent.name, file.relative_to(path).as_posix(), when.astimezone()))
        return found

    def restore(self, name: str) -> str:
        """Put a thrown file back where it lay; returns its path. Raises AvtalError where another has its name now."""
        with self._changing():
            thrown = self._thrown(name)
            place = self.root / WASTEBASKET / name
            self._put(place / "fil" / thrown.path, thrown.path)
            card = place / _CARD
            if card.is_file():
                self.manifests.restore(thrown.path, card.read_text(encoding="utf-8"))
            shutil.rmtree(place)
        return thrown.path

    def erase(self, name: str) -> str:
        """Delete a thrown file; returns where it lay. Nothing of it is left in the folder."""
        with self._changing():
            thrown = self._thrown(name)
            shutil.rmtree(self.root / WASTEBASKET / name)
        return thrown.path

    def _thrown(self, name: str) -> Thrown:
        thrown = next((each for each in self.thrown() if each.name == name), None)
        if thrown is None:
            raise NotFoundError(f"det finns inget {name} i papperskorgen")
        return thrown

    def correct(self, relative: str, values: Values) -> None:
        """Set what the manifest says of a file; no values: the text says it. Raises InvalidFieldsError by field."""
        with self._changing():
            self.place(relative)
            self.manifests.write(relative, values)

    def _put(self, staged: Path, relative: str) -> None:
        """Move the file in and sync it. Nobody's file is overwritten."""
        to = self.root / relative
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            if not to.parent.resolve().is_relative_to(self.root.resolve()):
                raise AvtalError(f"mappen för {relative} leder ut ur {self.root}; välj en annan mapp")
            self._move(staged, to)
            _sync(to)
        except FileExistsError as error:
            raise AvtalError(
                f"det finns redan en fil som heter {relative}; ersätt den eller välj en annan mapp"
            ) from error
        except OSError as error:
            raise self._trouble(error) from error

    @staticmethod
    def _move(staged: Path, to: Path) -> None:
        """Move to a name that nobody has. Raises FileExistsError; a link refuses it in one step, where there are links."""
        try:
            os.link(staged, to)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if to.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(to)) from error
            staged.rename(to)
        else:
            staged.unlink()

    def _throw(self, relative: str, said: str = "") -> None:
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%f")
        to = self.root / WASTEBASKET / stamp / "fil" / relative
        try:
            to.parent.mkdir(parents=True)
            if said:
                (self.root / WASTEBASKET / stamp / _CARD).write_text(said, encoding="utf-8")
            (self.root / relative).rename(to)
            _sync(to)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> AvtalError:
        return AvtalError(
            f"mappen {self.root} kunde inte ändras ({in_swedish(error)}); kontrollera rättigheter och disk och försök igen"
        )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            self.inbox.mkdir(parents=True, exist_ok=True)
            held = (self.inbox / "lock").open("w")
        except OSError as error:
            raise self._trouble(error) from error
        with held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _sync(path: Path) -> None:
    for each in (path, path.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
