"""What has happened in the folder since the index was built: what a publication would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from api.admin.folder import SourceFolder
from api.admin.reading import sha256_of
from corpus.card import agreement_from
from corpus.folder import files_in
from corpus.manifest import NOTHING, Entry, declare, read_manifests
from corpus.types import Agreement, AvtalError, Declared, ReadStatus
from indexer.store import Index


class ChangeKind(StrEnum):
    """How a file differs from the one that was indexed."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that the index does not know as it is; `title` where it is an agreement of the index."""

    kind: ChangeKind
    path: str
    agreement_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes in path order. `problem` says why the folder could not be indexed as it is, in Swedish."""

    changes: tuple[Change, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Hashes:
    """What has been worked out once: contents by path, read anew only where a file's size or time of writing is another,
    and whether a card is what a manifest's entry would make it."""

    _known: dict[Path, tuple[tuple[int, int, int], str]] = field(default_factory=dict)
    _same: dict[tuple[str, Entry, tuple[Declared, ...]], bool] = field(default_factory=dict)

    def of(self, path: Path) -> str:
        """Hex SHA-256 of the file, empty where it cannot be read."""
        try:
            told = path.stat()
            stamp = (told.st_mtime_ns, told.st_size, told.st_ino)
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                known = self._known[path] = (stamp, sha256_of(path))
        except OSError:
            return ""
        return known[1]

    def says_the_same(self, agreement: Agreement, entry: Entry) -> bool:
        """True where the card would be what it is."""
        if entry.agreement_id not in (None, agreement.agreement_id):
            return False
        if (entry.readers or ()) != agreement.readers:
            return False
        if not entry.declared and not agreement.declared:
            return True
        key = (agreement.document.text_sha256, entry, agreement.declared)
        if key not in self._same:
            self._same[key] = _is_made_of(agreement, entry)
        return self._same[key]


def changes_since(index: Index | None, folder: SourceFolder, hashes: Hashes) -> Changes:
    """What differs between the folder and the index; everything is new where there is none."""
    paths = folder.paths()
    if index is None:
        return Changes(tuple(Change(ChangeKind.ADDED, path) for path in paths))
    ids = {path: name for name, path in index.manifest.read_from.items()}
    left_out = {row.path: row.status for row in index.report if row.agreement_id is None}
    try:
        entries = read_manifests(folder.root, list(files_in(folder.root, folder.index))) if paths else {}
        problem = ""
    except AvtalError as error:
        entries, problem = {}, str(error)
    found: list[Change] = []
    for path in paths:
        if path in ids:
            agreement = index.agreements[ids[path]]
            if hashes.of(folder.root / path) != index.manifest.sources[path]:
                found.append(Change(ChangeKind.EDITED, path, ids[path], agreement.title))
            elif not problem and not hashes.says_the_same(agreement, entries.get(path, NOTHING)):
                found.append(Change(ChangeKind.CORRECTED, path, ids[path], agreement.title))
        elif path not in left_out:
            found.append(Change(ChangeKind.ADDED, path))
    gone = sorted({*ids, *_agreements(left_out)} - set(paths))
    for path in gone:
        name = ids.get(path, "")
        found.append(Change(ChangeKind.REMOVED, path, name, index.agreements[name].title if name else ""))
    return Changes(tuple(sorted(found, key=lambda change: change.path)), problem)


def _agreements(left_out: dict[str, ReadStatus]) -> set[str]:
    """The files that were tried as agreements: a manifest's row says INDEXED."""
    return {path for path, status in left_out.items() if status is not ReadStatus.INDEXED}


def _is_made_of(agreement: Agreement, entry: Entry) -> bool:
    anew = declare(agreement_from(agreement.document, agreement.agreement_id), entry)
    return (anew.title, anew.kind, anew.parties, anew.facts, anew.declared) == (
        agreement.title,
        agreement.kind,
        agreement.parties,
        agreement.facts,
        agreement.declared,
    )
