"""Index generations on disk: written whole, named by a pointer, verified before a byte is used."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.folder import FileReport
from corpus.types import Agreement, AvtalError, sha256_of_text
from indexer import lexical, vectors
from indexer.lexical import LexicalIndex
from indexer.types import EncoderInfo, Passage
from indexer.vectors import VectorIndex
from indexer.version import chunker_version, parser_version

FORMAT_VERSION = 1
KEPT_GENERATIONS = 3
DEFAULT_FOLDER = Path(".avtal")
POINTER = "current"
MANIFEST = "manifest.json"
MANIFEST_SHA = "manifest.sha256"

_AGREEMENTS = TypeAdapter(list[Agreement])
_PASSAGES = TypeAdapter(list[Passage])
_REPORT = TypeAdapter(list[FileReport])


class IndexDamagedError(AvtalError):
    """A file of the index is missing or is not the file that was written."""


class IndexMissingError(AvtalError):
    """There is no index in the folder."""


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


@dataclass(frozen=True, slots=True)
class Index:
    """An open generation. Row i of `words` and `vectors` is `passages[i]`."""

    folder: Path
    manifest: Manifest
    agreements: Mapping[str, Agreement]
    passages: Sequence[Passage]
    words: LexicalIndex
    vectors: VectorIndex
    report: Sequence[FileReport]

    def __post_init__(self) -> None:
        counts = {len(self.passages), self.words.rows, self.vectors.rows, self.manifest.passages}
        if len(counts) != 1:
            raise IndexDamagedError(
                f"indexet i {self.folder} hänger inte ihop: {len(self.passages)} stycken, {self.words.rows} ordrader, "
                f"{self.vectors.rows} vektorer, {self.manifest.passages} i manifestet; bygg om det med avtal index"
            )

    @property
    def generation(self) -> str:
        """The generation's name."""
        return self.manifest.generation

    def source_of(self, agreement_id: str) -> Path:
        """The stored copy of the file that the agreement was read from."""
        path = self.manifest.read_from[agreement_id]
        return self.folder / source_name(path, self.manifest.sources[path])


def source_name(path: str, sha256: str) -> str:
    """Where a source is kept inside the generation: by content, with its own extension."""
    return f"sources/{sha256}{Path(path).suffix.lower()}"


def open_index(root: Path = DEFAULT_FOLDER) -> Index:
    """Open the current generation under `root`, after checking every file against the manifest.

    Raises AvtalError where there is no index, IndexDamagedError naming the file that is damaged or missing.
    """
    name, manifest_sha = _read_pointer(root)
    folder = root / "generations" / name
    manifest = _verified_manifest(folder, manifest_sha, root / POINTER)
    if manifest.chunker_version != chunker_version():
        raise AvtalError(
            f"indexet i {root} är byggt av en annan version av programmet; bygg om det med avtal index"
        )
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "texts").glob("*.txt")}
    agreements = _AGREEMENTS.validate_json((folder / "agreements.json").read_bytes())
    whole = {
        a.agreement_id: replace(a, document=replace(a.document, text=texts[a.document.text_sha256]))
        for a in agreements
    }
    passages = _PASSAGES.validate_json((folder / "passages.json").read_bytes())
    full = [replace(p, text=whole[p.agreement_id].text[p.start : p.end]) for p in passages]
    report = _REPORT.validate_json((folder / "report.json").read_bytes())
    return Index(folder, manifest, whole, full, LexicalIndex.load(folder), VectorIndex.load(folder), report)


def current_generation(root: Path) -> str | None:
    """Name of the generation that the pointer names, None without an index."""
    return _read_pointer(root)[0] if (root / POINTER).is_file() else None


def _read_pointer(root: Path) -> tuple[str, str]:
    pointer = root / POINTER
    if not pointer.is_file():
        raise IndexMissingError(
            f"det finns inget index i {root}; bygg ett med avtal index MAPP --to {root}, eller ange rätt mapp med --index"
        )
    words = pointer.read_text(encoding="utf-8", errors="replace").split()
    if len(words) != 2 or not (root / "generations" / words[0]).is_dir():
        raise IndexDamagedError(
            f"filen {pointer} är skadad: den pekar inte ut någon generation; kör avtal rollback eller avtal index"
        )
    return words[0], words[1]


def _verified_manifest(folder: Path, sha256: str, pointer: Path) -> Manifest:
    """The manifest, when it and every file it lists are what was written."""
    beside = folder / MANIFEST_SHA
    if (
        beside.is_file()
        and beside.read_text(encoding="utf-8", errors="replace").strip()
        == _sha256(folder / MANIFEST)
        != sha256
    ):
        raise IndexDamagedError(
            f"filen {pointer} är skadad: kontrollsumman i den är fel; kör avtal rollback eller avtal index"
        )
    manifest = _read_manifest(folder, sha256)
    for file, wanted in sorted(manifest.files.items()):
        _verify(folder / file, wanted)
    return manifest


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_manifest(folder: Path, sha256: str) -> Manifest:
    _verify(folder / MANIFEST, sha256)
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
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
    seen = _sha256(path)
    if seen != sha256:
        raise IndexDamagedError(
            f"indexfilen {path} är skadad: kontrollsumman är {seen} men ska vara {sha256}; kör avtal rollback eller avtal index"
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a new generation shall hold. `sources` maps a file's relative path to its place on disk."""

    encoder: EncoderInfo
    agreements: Sequence[Agreement]
    passages: Sequence[Passage]
    words: LexicalIndex
    vectors: VectorIndex
    report: Sequence[FileReport]
    source_folder: Path
    sources: Mapping[str, Path]
    hashes: Mapping[str, str]


def write_generation(
    root: Path, contents: Contents, before_publish: Callable[[], None] = lambda: None
) -> str:
    """Write a generation and make it the current one; returns its name.

    Everything is written and synced in a folder of its own, then the pointer is replaced by one rename: a crash
    anywhere leaves the former generation. `before_publish` is called just before that rename.
    """
    generations = root / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    for left in generations.glob(".new-*"):
        shutil.rmtree(left)
    fingerprint = _fingerprint(contents)
    existing = [
        int(path.name.split("-")[0]) for path in generations.iterdir() if path.name.split("-")[0].isdigit()
    ]
    name = f"{max(existing, default=0) + 1:06d}-{fingerprint[:12]}"
    draft = generations / f".new-{name}"
    (draft / "texts").mkdir(parents=True)
    (draft / "sources").mkdir()
    _write_contents(draft, contents)
    files = {
        p.relative_to(draft).as_posix(): _synced_sha256(p) for p in sorted(draft.rglob("*")) if p.is_file()
    }
    read_from = {row.agreement_id: row.path for row in contents.report if row.agreement_id is not None}
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        generation=name,
        encoder=contents.encoder,
        chunker_version=chunker_version(),
        parser_version=parser_version(),
        corpus_fingerprint=fingerprint,
        agreements=len(contents.agreements),
        passages=len(contents.passages),
        source_folder=str(contents.source_folder),
        files=files,
        sources={path: contents.hashes[path] for path in sorted(read_from.values())},
        read_from=dict(sorted(read_from.items())),
    )
    (draft / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    manifest_sha = _synced_sha256(draft / MANIFEST)
    (draft / MANIFEST_SHA).write_text(manifest_sha + "\n", encoding="utf-8")
    _synced_sha256(draft / MANIFEST_SHA)
    for folder in (draft / "texts", draft / "sources", draft):
        _sync_folder(folder)
    draft.rename(generations / name)
    _sync_folder(generations)
    before_publish()
    _point_to(root, name, manifest_sha)
    _prune(root, name)
    return name


def _write_contents(draft: Path, contents: Contents) -> None:
    for agreement in contents.agreements:
        (draft / "texts" / f"{agreement.document.text_sha256}.txt").write_text(
            agreement.text, encoding="utf-8", newline=""
        )
    bare = [replace(a, document=replace(a.document, text="")) for a in contents.agreements]
    (draft / "agreements.json").write_bytes(_AGREEMENTS.dump_json(bare))
    (draft / "passages.json").write_bytes(
        _PASSAGES.dump_json([replace(p, text="") for p in contents.passages])
    )
    (draft / "report.json").write_bytes(_REPORT.dump_json(list(contents.report)))
    contents.words.save(draft)
    contents.vectors.save(draft)
    kept = {row.path for row in contents.report if row.agreement_id is not None}
    for path in sorted(kept):
        _copy_source(
            contents.sources[path], draft / source_name(path, contents.hashes[path]), contents.hashes[path]
        )


def _copy_source(source: Path, to: Path, sha256: str) -> None:
    """Copy a source that is still the file that was read. Raises AvtalError where it is not."""
    try:
        shutil.copyfile(source, to)
    except OSError as error:
        raise AvtalError(
            f"filen {source} försvann medan indexet byggdes ({error.strerror}); kör avtal index igen"
        ) from error
    if _synced_sha256(to) != sha256:
        raise AvtalError(f"filen {source} ändrades medan indexet byggdes; kör avtal index igen")


def _fingerprint(contents: Contents) -> str:
    rows = sorted((a.agreement_id, a.document.text_sha256) for a in contents.agreements)
    return sha256_of_text(
        json.dumps([rows, contents.encoder.weights_sha256, chunker_version(), parser_version()])
    )


def _synced_sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point_to(root: Path, name: str, manifest_sha: str) -> None:
    draft = root / f".{POINTER}.new"
    draft.write_text(f"{name} {manifest_sha}\n", encoding="utf-8")
    _synced_sha256(draft)
    draft.replace(root / POINTER)
    _sync_folder(root)


def _complete_generations(root: Path) -> list[Path]:
    folder = root / "generations"
    return (
        sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    )


def _prune(root: Path, current: str) -> None:
    others = [path for path in _complete_generations(root) if path.name != current]
    for path in others[: max(0, len(others) - (KEPT_GENERATIONS - 1))]:
        shutil.rmtree(path)


def rollback(root: Path) -> str:
    """Point to the newest kept generation before the current one; returns its name."""
    names = [path.name for path in _complete_generations(root)]
    try:
        current: str | None = _read_pointer(root)[0]
    except IndexDamagedError:
        current = None
    before = [name for name in names if current is None or name < current]
    if not before:
        raise AvtalError(f"det finns ingen tidigare generation i {root}; bygg en med avtal index")
    folder = root / "generations" / before[-1]
    if not (folder / MANIFEST_SHA).is_file():
        raise IndexDamagedError(f"indexfilen {folder / MANIFEST_SHA} saknas; bygg om med avtal index")
    manifest_sha = (folder / MANIFEST_SHA).read_text(encoding="utf-8", errors="replace").strip()
    _verified_manifest(folder, manifest_sha, folder / MANIFEST_SHA)
    _point_to(root, before[-1], manifest_sha)
    return before[-1]


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the index's write lock; a second writer gets an AvtalError at once."""
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AvtalError(
            f"indexmappen {root} kan inte skapas ({error.strerror}); ange en annan mapp med --to"
        ) from error
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AvtalError(
                f"indexet i {root} skrivs redan av ett annat kommando; vänta tills det är klart och försök igen"
            ) from error
        yield


SAVED_FILES = ("agreements.json", "passages.json", "report.json", *lexical.FILES, vectors.FILE)
"""The files of a generation besides texts and sources."""
