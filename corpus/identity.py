"""Which agreement a file is: an id that stays with the content when the file moves, and with the path when it is edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.folder import SourceFile


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier generation knows of a file: the agreement that it was, and the hash of its content."""

    agreement_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A file's agreement id. `moved_from` is the path that the same content had before, None where it has not moved."""

    agreement_id: str
    moved_from: str | None = None


def identities(files: Sequence[SourceFile], known: Mapping[str, Known]) -> dict[str, Identity]:
    """Path -> identity of the files that are agreements, no two with the same content; every id is its own.

    The first that fits, in this order:

    1. what a manifest gives;
    2. known path, known content: the id it had;
    3. content known from a path where it is no more: that id, the file has moved;
    4. known path, other content: the id it had, the file was edited;
    5. the path without its extension; with it where files differ only there or the id is another agreement's.
    """
    given = {file.path: Identity(file.given_id) for file in files if file.given_id is not None}
    found = dict(given)
    taken = {identity.agreement_id for identity in given.values()}

    def claim(path: str, identity: Identity) -> None:
        if path not in found and identity.agreement_id not in taken:
            found[path] = identity
            taken.add(identity.agreement_id)

    by_content = {entry.sha256: path for path, entry in known.items()}
    for file in files:
        if file.path in known and known[file.path].sha256 == file.sha256:
            claim(file.path, Identity(known[file.path].agreement_id))
    for file in files:
        before = by_content.get(file.sha256)
        if before is not None:
            claim(file.path, Identity(known[before].agreement_id, before if before != file.path else None))
    for file in files:
        if file.path in known:
            claim(file.path, Identity(known[file.path].agreement_id))
    fresh = _fresh_ids([file.path for file in files if file.path not in found], taken)
    return found | {path: Identity(agreement_id) for path, agreement_id in fresh.items()}


def _fresh_ids(paths: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Path -> id: without the extension where that tells the files apart, else the whole path, else that numbered."""
    ids = {path: without_extension(path) for path in paths}
    while True:
        times = Counter([*ids.values(), *taken])
        shared = [path for path in paths if times[ids[path]] > 1 and ids[path] != path]
        if not shared:
            break
        ids.update({path: path for path in shared})
    used = taken | set(ids.values())
    for path in (path for path in paths if ids[path] in taken):
        number = 2
        while f"{path}~{number}" in used:
            number += 1
        ids[path] = f"{path}~{number}"
        used.add(ids[path])
    return ids


def without_extension(path: str) -> str:
    """The path without its last extension; a dot first in the name, or in a folder's, begins none."""
    head, slash, last = path.rpartition("/")
    base, dot, _ = last.rpartition(".")
    return f"{head}{slash}{base if dot and base else last}"
