"""The file operations that write an index, each through one door, so that a double can stop, fail or forget them."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Step(StrEnum):
    """What a file operation does."""

    MAKE_FOLDER = "make_folder"
    WRITE = "write"
    SYNC = "sync"
    SYNC_FOLDER = "sync_folder"
    RENAME = "rename"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on `path`; `to` is where a rename leads. A write to a folder writes some files in it."""

    step: Step
    path: Path
    to: Path | None = None


Disk = Callable[[Operation, Callable[[], None]], None]
"""Given an operation and the function that does it. The real disk just does it."""


def real_disk(_: Operation, do: Callable[[], None]) -> None:
    """Does the operation."""
    do()


def sync(path: Path) -> None:
    """Return when the file's or folder's content is on the disk itself. Raises OSError where it cannot be."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_SAID = {
    errno.EEXIST: "en fil har redan det namnet",
    errno.EISDIR: "en mapp ligger där en fil behövs",
    errno.ENOTDIR: "en fil ligger där en mapp behövs",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "diskutrymmet för användaren är slut",
    errno.EFBIG: "filen blev större än vad som är tillåtet",
    errno.EIO: "disken gav ett läs- eller skrivfel",
    errno.EACCES: "programmet har inte rätt att använda den",
    errno.EPERM: "programmet har inte rätt att använda den",
    errno.EROFS: "disken är skrivskyddad",
}


def in_swedish(error: OSError) -> str:
    """Why the operation failed, in a few words."""
    return _SAID.get(error.errno or 0, error.strerror or type(error).__name__)


def make_folder(folder: Path, disk: Disk) -> None:
    """Make the folder and those above it, where they are missing, and sync where it stands."""
    if folder.is_dir():
        return
    disk(Operation(Step.MAKE_FOLDER, folder), lambda: folder.mkdir(parents=True, exist_ok=True))
    sync_folder(folder.parent, disk)


def write(path: Path, data: bytes, disk: Disk) -> None:
    """Write a file, not yet synced."""

    def do() -> None:
        path.write_bytes(data)

    disk(Operation(Step.WRITE, path), do)


def sync_file(path: Path, disk: Disk) -> None:
    """Return when the file's bytes are on the disk."""
    disk(Operation(Step.SYNC, path), lambda: sync(path))


def sync_folder(folder: Path, disk: Disk) -> None:
    """Return when what the folder holds, by name, is on the disk."""
    disk(Operation(Step.SYNC_FOLDER, folder), lambda: sync(folder))


def rename(path: Path, to: Path, disk: Disk) -> None:
    """Give a file or folder another name, replacing a file there, in one step."""

    def do() -> None:
        path.replace(to)

    disk(Operation(Step.RENAME, path, to), do)


def remove(folder: Path, disk: Disk) -> None:
    """Remove a folder and all in it."""
    disk(Operation(Step.REMOVE, folder), lambda: shutil.rmtree(folder))
