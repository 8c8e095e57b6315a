"""A generation written: whole in a folder of its own, then named by the pointer; rolled back the same way."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from corpus.report import FileReport
from corpus.types import Agreement, AvtalError, sha256_of_text
from corpus.versions import Link
from indexer.disk import (
    Disk,
    Operation,
    Step,
    in_swedish,
    make_folder,
    real_disk,
    remove,
    rename,
    sync_file,
    sync_folder,
    write,
)
from indexer.lexical import LexicalIndex
from indexer.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    MANIFEST_SHA,
    POINTER,
    Dates,
    IndexDamagedError,
    IndexMissingError,
    Manifest,
    read_pointer,
    sha256_of_file,
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
    """All that a new generation shall hold. `sources` maps a file's relative path to its place on disk.

    An agreement that `dates` lacks has come and changed when the generation is written.
    """

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
    dates: Mapping[str, Dates] = field(default_factory=dict)


def write_generation(root: Path, contents: Contents, disk: Disk = real_disk) -> str:
    """Write a generation and make it the current one; returns its name.

    Everything is written and synced in a folder of its own, then the pointer is replaced by one rename: a crash
    anywhere leaves the former generation. Raises AvtalError where the disk fails; it says which generation is current.
    """
    before = _current(root)
    try:
        name, manifest_sha = _write_aside(root, contents, disk)
        _point_to(root, name, manifest_sha, disk)
        _prune(root, name, KEPT_GENERATIONS, disk)
    except OSError as error:
        raise AvtalError(_trouble(root, before, error)) from error
    return name


def _current(root: Path) -> str | None:
    """The generation that the pointer names, None where there is none or it is damaged."""
    try:
        return read_pointer(root)[0]
    except (IndexDamagedError, IndexMissingError):
        return None


def _trouble(root: Path, before: str | None, error: OSError) -> str:
    """What a person is told when the disk failed."""
    now = _current(root)
    state = "det finns ännu inget index" if now is None else f"generation {now} gäller fortfarande"
    if now != before:
        state = f"den nya generationen {now} gäller, men skrivningen avslutades inte helt"
    at = f" vid {error.filename}" if error.filename else ""
    return f"indexet i {root} kunde inte skrivas: {in_swedish(error)}{at}; {state}; åtgärda det och kör avtal index igen"


def _write_aside(root: Path, contents: Contents, disk: Disk) -> tuple[str, str]:
    """Write and sync a generation that nothing points to yet; returns its name and its manifest's SHA-256."""
    generations = root / "generations"
    make_folder(root, disk)
    make_folder(generations, disk)
    for left in sorted(generations.glob(".*")):
        remove(left, disk)
    fingerprint = _fingerprint(contents)
    existing = [
        int(path.name.split("-")[0]) for path in generations.iterdir() if path.name.split("-")[0].isdigit()
    ]
    name = f"{max(existing, default=0) + 1:06d}-{fingerprint[:12]}"
    draft = generations / f".new-{name}"
    for folder in (draft, draft / "texts", draft / "sources"):
        make_folder(folder, disk)
    _write_contents(draft, contents, disk)
    files = {
        p.relative_to(draft).as_posix(): _synced_sha256(p, disk)
        for p in sorted(draft.rglob("*"))
        if p.is_file()
    }
    read_from = {row.agreement_id: row.path for row in contents.report if row.agreement_id is not None}
    now = datetime.now(UTC)
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
        dates={name: contents.dates.get(name, Dates(added=now, changed=now)) for name in sorted(read_from)},
    )
    write(draft / MANIFEST, manifest.model_dump_json(indent=1).encode("utf-8"), disk)
    manifest_sha = _synced_sha256(draft / MANIFEST, disk)
    write(draft / MANIFEST_SHA, f"{manifest_sha}\n".encode(), disk)
    _synced_sha256(draft / MANIFEST_SHA, disk)
    for folder in (draft / "texts", draft / "sources", draft):
        sync_folder(folder, disk)
    rename(draft, generations / name, disk)
    sync_folder(generations, disk)
    return name, manifest_sha


def _write_contents(draft: Path, contents: Contents, disk: Disk) -> None:
    for agreement in contents.agreements:
        text = draft / "texts" / f"{agreement.document.text_sha256}.txt"
        write(text, agreement.text.encode("utf-8"), disk)
    bare = [replace(a, document=replace(a.document, text="")) for a in contents.agreements]
    write(draft / "agreements.json", AGREEMENTS.dump_json(bare), disk)
    textless = [replace(p, text="") for p in contents.passages]
    write(draft / "passages.json", PASSAGES.dump_json(textless), disk)
    write(draft / "links.json", LINKS.dump_json(list(contents.links)), disk)
    write(draft / "report.json", REPORT.dump_json(list(contents.report)), disk)
    for save in (
        contents.words.save,
        lambda to: _save_vectors(contents.vectors, to),
        contents.sentences.save,
    ):
        disk(Operation(Step.WRITE, draft), partial(save, draft))
    kept = {row.path for row in contents.report if row.agreement_id is not None}
    for path in sorted(kept):
        to = draft / source_name(path, contents.hashes[path])
        copy = partial(_copy_source, contents.sources[path], to, contents.hashes[path])
        disk(Operation(Step.WRITE, to), copy)


def _save_vectors(vectors: VectorIndex, folder: Path) -> None:
    """Save; the library's own error for a file that cannot be written becomes an OSError."""
    try:
        vectors.save(folder)
    except RuntimeError as error:
        number = next(
            (n for n in (errno.ENOSPC, errno.EFBIG, errno.EACCES) if os.strerror(n) in str(error)), errno.EIO
        )
        raise OSError(number, os.strerror(number), str(folder)) from error


def _copy_source(source: Path, to: Path, sha256: str) -> None:
    """Copy a source that is still the file that was read. Raises AvtalError where it is not, OSError for the disk."""
    if not source.is_file():
        raise AvtalError(f"filen {source} försvann medan indexet byggdes; kör avtal index igen")
    shutil.copyfile(source, to)
    if sha256_of_file(to) != sha256:
        raise AvtalError(f"filen {source} ändrades medan indexet byggdes; kör avtal index igen")


def _fingerprint(contents: Contents) -> str:
    rows = sorted((a.agreement_id, a.document.text_sha256) for a in contents.agreements)
    return sha256_of_text(
        json.dumps([rows, contents.encoder.weights_sha256, chunker_version(), parser_version()])
    )


def _synced_sha256(path: Path, disk: Disk) -> str:
    sync_file(path, disk)
    return sha256_of_file(path)


def _point_to(root: Path, name: str, manifest_sha: str, disk: Disk = real_disk) -> None:
    draft = root / f".{POINTER}.new"
    write(draft, f"{name} {manifest_sha}\n".encode(), disk)
    _synced_sha256(draft, disk)
    rename(draft, root / POINTER, disk)
    sync_folder(root, disk)


def _complete_generations(root: Path) -> list[Path]:
    folder = root / "generations"
    return (
        sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    )


def _prune(root: Path, current: str, kept: int, disk: Disk = real_disk) -> list[str]:
    """Remove the oldest generations but `kept`, the current one among them; returns the names of the removed.

    Each is taken out of sight by a rename first: what `rollback` sees is whole, wherever the removing stops.
    """
    others = [path for path in _complete_generations(root) if path.name != current]
    gone = others[: max(0, len(others) - (kept - 1))]
    hidden = [path.with_name(f".old-{path.name}") for path in gone]
    for path, to in zip(gone, hidden, strict=True):
        rename(path, to, disk)
    if gone:
        sync_folder(root / "generations", disk)
    for path in hidden:
        remove(path, disk)
    return [path.name for path in gone]


def prune(root: Path) -> list[str]:
    """Remove every generation but the current one, so that nothing deleted is left on the disk; returns their names.

    There is nothing to roll back to afterwards. Raises AvtalError where there is no index, or a file cannot be removed.
    """
    with writing(root):
        current = read_pointer(root)[0]
        try:
            for left in sorted((root / "generations").glob(".*")):
                remove(left, real_disk)
            return _prune(root, current, 1)
        except OSError as error:
            raise AvtalError(
                f"gamla generationer i {root} kunde inte tas bort: {in_swedish(error)}; åtgärda det och försök igen"
            ) from error


def rollback(root: Path) -> str:
    """Point to the newest kept generation before the current one; returns its name."""
    names = [path.name for path in _complete_generations(root)]
    current = _current(root)
    before = [name for name in names if current is None or name < current]
    if not before:
        raise AvtalError(f"det finns ingen tidigare generation i {root}; bygg en med avtal index")
    return _pointed(root, before[-1])


def switch_to(root: Path, name: str) -> str:
    """Point to a kept generation, older or newer, while nobody writes; returns its name."""
    with writing(root):
        return _pointed(root, name)


def _pointed(root: Path, name: str) -> str:
    folder = root / "generations" / name
    if not (folder / MANIFEST_SHA).is_file():
        raise IndexDamagedError(f"indexfilen {folder / MANIFEST_SHA} saknas; bygg om med avtal index")
    manifest_sha = (folder / MANIFEST_SHA).read_text(encoding="utf-8", errors="replace").strip()
    verified_manifest(folder, manifest_sha, folder / MANIFEST_SHA)
    try:
        _point_to(root, name, manifest_sha)
    except OSError as error:
        raise AvtalError(
            f"filen {root / POINTER} kan inte bytas: {in_swedish(error)}; åtgärda det och kör avtal rollback igen"
        ) from error
    return name


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the index's write lock; a second writer gets an AvtalError at once."""
    try:
        make_folder(root, real_disk)
    except OSError as error:
        raise AvtalError(
            f"indexmappen {root} kan inte skapas ({in_swedish(error)}); ange en annan mapp med --to"
        ) from error
    try:
        held = (root / "lock").open("w")
    except OSError as error:
        raise AvtalError(
            f"indexet i {root} kan inte skrivas: {in_swedish(error)} vid {root / 'lock'}; åtgärda det och försök igen"
        ) from error
    with held as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AvtalError(
                f"indexet i {root} skrivs redan av ett annat kommando; vänta tills det är klart och försök igen"
            ) from error
        yield
