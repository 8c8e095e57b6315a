"""What a generation says of itself: its manifest, the pointer that names it, and the check of every file."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from corpus.types import AvtalError
from indexer.disk import in_swedish
from indexer.types import EncoderInfo

FORMAT_VERSION = 3
DEFAULT_FOLDER = Path(".avtal")
POINTER = "current"
MANIFEST = "manifest.json"
MANIFEST_SHA = "manifest.sha256"


class IndexDamagedError(AvtalError):
    """A file of the index is missing or is not the file that was written."""


class IndexMissingError(AvtalError):
    """There is no index in the folder."""


class Dates(BaseModel):
    """When an agreement came into the index, and when its text or card last changed there; UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    added: datetime
    changed: datetime


class Manifest(BaseModel):
    """What a generation holds. `files` maps each file's name to its SHA-256; `sources` a source's path to its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int
    generation: str
    encoder: EncoderInfo
    chunker_version: str
    parser_version: str
    corpus_fingerprint: str
    agreements: int
    passages: int
    source_folder: str
    """Where the files were read from, for re-checking a citation against the file as it is now."""
    files: dict[str, str]
    sources: dict[str, str]
    read_from: dict[str, str]
    """Agreement id -> path of the file it was read from."""
    dates: dict[str, Dates] = {}
    """Agreement id -> when it came and changed; a generation by an older program has none."""

    @model_validator(mode="after")
    def _has_each_source(self) -> Manifest:
        if not set(self.read_from.values()) <= set(self.sources):
            raise ValueError("an agreement was read from a file that is no source")
        return self


def current_generation(root: Path) -> str | None:
    """Name of the generation that the pointer names, None without an index."""
    return read_pointer(root)[0] if (root / POINTER).is_file() else None


def current_manifest(root: Path) -> Manifest:
    """The current generation's manifest, checked against the pointer; the files that it lists are not."""
    name, sha256 = read_pointer(root)
    return _read_manifest(root / "generations" / name, sha256)


def kept_manifests(root: Path) -> list[Manifest]:
    """The manifests of the generations on the disk, oldest first, without those that are damaged or of another format."""
    found: list[Manifest] = []
    for folder in sorted((root / "generations").glob("[0-9]*")):
        with suppress(AvtalError, OSError):
            sha256 = (folder / MANIFEST_SHA).read_text(encoding="utf-8").strip()
            found.append(_read_manifest(folder, sha256))
    return found


def read_pointer(root: Path) -> tuple[str, str]:
    """The generation that the pointer names and its manifest's SHA-256.

    Raises IndexMissingError where there is no pointer, IndexDamagedError where it names no generation.
    """
    pointer = root / POINTER
    if not pointer.is_file():
        raise IndexMissingError(
            f"det finns inget index i {root}; bygg ett med avtal index MAPP --to {root}, eller ange rätt mapp med --index"
        )
    words = _read(pointer).decode("utf-8", errors="replace").split()
    if len(words) != 2:
        raise IndexDamagedError(
            f"filen {pointer} är skadad: den pekar inte ut någon generation; kör avtal rollback eller avtal index"
        )
    folder = root / "generations" / words[0]
    if not folder.is_dir():
        raise IndexDamagedError(
            f"filen {pointer} pekar ut mappen {folder}, som inte finns; kör avtal rollback eller avtal index"
        )
    return words[0], words[1]


def verified_manifest(folder: Path, sha256: str, pointer: Path) -> Manifest:
    """The manifest, when it and every file it lists are what was written."""
    beside = folder / MANIFEST_SHA
    if (
        beside.is_file()
        and (folder / MANIFEST).is_file()
        and _read(beside).decode("utf-8", errors="replace").strip()
        == _checked_sha256(folder / MANIFEST)
        != sha256
    ):
        raise IndexDamagedError(
            f"filen {pointer} är skadad: kontrollsumman i den är fel; kör avtal rollback eller avtal index"
        )
    manifest = _read_manifest(folder, sha256)
    for file, wanted in sorted(manifest.files.items()):
        _verify(folder / file, wanted)
    return manifest


def sha256_of_file(path: Path) -> str:
    """Hex SHA-256 of the file's bytes. Raises OSError where they cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked_sha256(path: Path) -> str:
    try:
        return sha256_of_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> IndexDamagedError:
    return IndexDamagedError(
        f"indexfilen {path} kan inte läsas: {in_swedish(error)}; kör avtal rollback eller bygg om med avtal index"
    )


def _read_manifest(folder: Path, sha256: str) -> Manifest:
    _verify(folder / MANIFEST, sha256)
    try:
        manifest = Manifest.model_validate_json(_read(folder / MANIFEST))
    except ValidationError as error:
        raise IndexDamagedError(
            f"{folder / MANIFEST} är skriven av en annan version ({error.error_count()} fel); kör avtal index"
        ) from error
    if manifest.format_version != FORMAT_VERSION:
        raise IndexDamagedError(
            f"indexet i {folder} har format {manifest.format_version} men programmet läser {FORMAT_VERSION}; bygg om det med avtal index"
        )
    return manifest


def _verify(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise IndexDamagedError(f"indexfilen {path} saknas; kör avtal rollback eller bygg om med avtal index")
    seen = _checked_sha256(path)
    if seen != sha256:
        raise IndexDamagedError(
            f"indexfilen {path} är skadad: kontrollsumman är {seen} men ska vara {sha256}; kör avtal rollback eller avtal index"
        )
