"""A folder of files in, one report row a file out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.types import AvtalError, ReadStatus


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file found in the folder. `path` is relative, with `/`; `sha256` is of its bytes.

    `problem` says, in Swedish, why the file cannot even be opened; the hash is then empty.
    """

    path: str
    sha256: str
    agreement_id: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """The ingestion report's row for one file. `reason` says why, in Swedish, where there is something to say."""

    path: str
    status: ReadStatus
    reason: str | None = None
    agreement_id: str | None = None
    characters: int = 0
    pages: int = 0
    sections: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()


def files_in(folder: Path, index: Path) -> Iterator[Path]:
    """Every file below `folder`, sorted by relative path. What lies in an index, `index` or another, is no source.

    Raises AvtalError for a folder that is missing, is no folder, or holds no file.
    """
    if not folder.exists():
        raise AvtalError(f"mappen {folder} finns inte; ange en mapp med avtal: avtal index MAPP")
    if not folder.is_dir():
        raise AvtalError(
            f"{folder} är en fil, inte en mapp; ange mappen som filen ligger i: avtal index {folder.parent}"
        )
    found = sorted(
        (path for path in folder.rglob("*") if not path.is_dir() and not _inside_index(path, folder, index)),
        key=lambda path: path.relative_to(folder).as_posix(),
    )
    if not found:
        raise AvtalError(f"mappen {folder} är tom; lägg avtalen där och kör avtal index {folder} igen")
    yield from found


def _inside_index(path: Path, folder: Path, index: Path) -> bool:
    inside = [parent for parent in path.parents if folder in parent.parents]
    return any(parent.resolve() == index.resolve() or _is_index(parent) for parent in inside)


def _is_index(folder: Path) -> bool:
    return (folder / "current").is_file() and any(folder.glob("generations/*/manifest.json"))


def identify(folder: Path, paths: list[Path]) -> list[SourceFile]:
    """The files with their content hash and agreement id.

    The id is the relative path without its extension; files that differ only there keep it.
    """
    relative = [path.relative_to(folder).as_posix() for path in paths]
    ids = _ids(relative)
    return [_source(path, name, ids[name]) for name, path in zip(relative, paths, strict=True)]


def _source(path: Path, name: str, agreement_id: str) -> SourceFile:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
        return SourceFile(shown, "", shown, "filnamnet är inte UTF-8; byt namn på filen")
    try:
        return SourceFile(name, _sha256(path), agreement_id)
    except OSError as error:
        return SourceFile(
            name,
            "",
            agreement_id,
            f"filen kan inte öppnas ({error.strerror}); kontrollera rättigheter och disk",
        )


def _ids(names: list[str]) -> dict[str, str]:
    """Name -> id: without the extension where that tells the files apart, else the whole name."""
    ids = {name: _without_extension(name) for name in names}
    while True:
        times = Counter(ids.values())
        shared = [name for name in names if times[ids[name]] > 1 and ids[name] != name]
        if not shared:
            return ids
        ids.update({name: name for name in shared})


def _without_extension(name: str) -> str:
    head, slash, last = name.rpartition("/")
    base, dot, _ = last.rpartition(".")
    return f"{head}{slash}{base if dot and base else last}"


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
