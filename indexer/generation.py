"""A generation written: whole in a folder of its own, then named by the pointer; rolled back the same way."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.report import FileReport
from corpus.types import Agreement, AvtalError, sha256_of_text
from corpus.versions import Link
from indexer.lexical import LexicalIndex
from indexer.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    MANIFEST_SHA,
    POINTER,
    IndexDamagedError,
    Manifest,
    read_pointer,
    verified_manifest,
)
from indexer.sentence_vectors import SentenceVectors
from indexer.store import AGREEMENTS, LINKS, PASSAGES, REPORT, source_name
from indexer.types import EncoderInfo, Passage
from indexer.vectors import VectorIndex
from indexer.version import chunker_version, parser_version

KEPT_GENERATIONS = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a new generation shall hold. `sources` maps a file's relative path to its place on disk."""

    encoder: EncoderInfo
    agreements: Sequence[Agreement]
    passages: Sequence[Passage]
    words: LexicalIndex
    vectors: VectorIndex
    links: Sequence[Link]
    report: Sequence[FileReport]
    source_folder: Path
    sources: Mapping[str, Path]
    hashes: Mapping[str, str]
    sentences: SentenceVectors = field(default_factory=SentenceVectors.none)


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
    (draft / "agreements.json").write_bytes(AGREEMENTS.dump_json(bare))
    (draft / "passages.json").write_bytes(
        PASSAGES.dump_json([replace(p, text="") for p in contents.passages])
    )
    (draft / "links.json").write_bytes(LINKS.dump_json(list(contents.links)))
    (draft / "report.json").write_bytes(REPORT.dump_json(list(contents.report)))
    contents.words.save(draft)
    contents.vectors.save(draft)
    contents.sentences.save(draft)
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
        current: str | None = read_pointer(root)[0]
    except IndexDamagedError:
        current = None
    before = [name for name in names if current is None or name < current]
    if not before:
        raise AvtalError(f"det finns ingen tidigare generation i {root}; bygg en med avtal index")
    folder = root / "generations" / before[-1]
    if not (folder / MANIFEST_SHA).is_file():
        raise IndexDamagedError(f"indexfilen {folder / MANIFEST_SHA} saknas; bygg om med avtal index")
    manifest_sha = (folder / MANIFEST_SHA).read_text(encoding="utf-8", errors="replace").strip()
    verified_manifest(folder, manifest_sha, folder / MANIFEST_SHA)
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
