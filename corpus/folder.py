"""A folder of files in: which they are, what their bytes are called, and which are nobody's agreement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.types import AvtalError

_LEFT_BY_PROGRAMS = (
    (re.compile(r"~\$.+|\.~lock\..+#|~WRL\d+\.tmp"), "en tillfällig fil som ordbehandlaren har lämnat"),
    (
        re.compile(r"(?i)\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|\._.+|\.directory"),
        "en fil som datorns filhanterare lägger dit",
    ),
    (
        re.compile(r"(?i).+\.(?:tmp|crdownload|part|partial|swp)"),
        "en tillfällig fil; den är inte färdigskriven",
    ),
)
"""Names that programs give to files of their own, and what such a file is. Other hidden files are read as any file."""


INBOX = ".avtal-inkorg"
"""The folder inside the agreements' own where a file waits until somebody has looked at it and taken it in."""
WASTEBASKET = ".avtal-papperskorg"
"""Where the files go that were removed or replaced by the service."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file found in the folder. `path` is relative, with `/`; `sha256` is of its bytes.

    `problem` says, in Swedish, why the file is not even opened; the hash is then empty. `given_id` is the agreement id
    that a manifest beside the files gives it.
    """

    path: str
    sha256: str
    problem: str | None = None
    given_id: str | None = None


def files_in(folder: Path, index: Path) -> Iterator[Path]:
    """Every file below `folder`, sorted by relative path. What lies in an index, `index` or another, is no source, nor
    what waits in an inbox or was thrown in a wastebasket.

    Raises AvtalError for a folder that is missing, is no folder, or holds no file.
    """
    if not folder.exists():
        raise AvtalError(f"mappen {folder} finns inte; ange en mapp med avtal: avtal index MAPP")
    if not folder.is_dir():
        raise AvtalError(
            f"{folder} är en fil, inte en mapp; ange mappen som filen ligger i: avtal index {folder.parent}"
        )
    found = sorted(
        (path for path in folder.rglob("*") if not path.is_dir() and not _set_aside(path, folder, index)),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    if not found:
        raise AvtalError(f"mappen {folder} är tom; lägg avtalen där och kör avtal index {folder} igen")
    yield from found


def _set_aside(path: Path, folder: Path, index: Path) -> bool:
    inside = [parent for parent in path.parents if folder in parent.parents]
    if any(parent.name in (INBOX, WASTEBASKET) for parent in inside):
        return True
    return any(parent.resolve() == index.resolve() or _is_index(parent) for parent in inside)


def _is_index(folder: Path) -> bool:
    return (folder / "current").is_file() and any(folder.glob("generations/*/manifest.json"))


def sources_of(folder: Path, paths: list[Path]) -> list[SourceFile]:
    """The files with the hash of their content, in the order given."""
    return [_source(path, path.relative_to(folder).as_posix()) for path in paths]


def _source(path: Path, name: str) -> SourceFile:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
        return SourceFile(shown, "", "filnamnet är inte UTF-8; byt namn på filen")
    for pattern, what in _LEFT_BY_PROGRAMS:
        if pattern.fullmatch(path.name):
            return SourceFile(name, "", f"det är {what}, inget avtal; filen öppnas inte")
    try:
        return SourceFile(name, _sha256(path))
    except OSError as error:
        return SourceFile(
            name, "", f"filen kan inte öppnas ({error.strerror}); kontrollera rättigheter och disk"
        )


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
