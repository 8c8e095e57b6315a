"""A disk as a power cut sees it: what is on the platters, and what was only on its way there."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class File:
    """A file: its bytes now, and those that were synced (None where none ever were)."""

    data: bytes
    synced: bytes | None = None


@dataclass
class Folder:
    """A folder: its names now, those that were synced, and the changes since, in order."""

    names: dict[str, File | Folder] = field(default_factory=dict)
    synced: dict[str, File | Folder] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


@dataclass
class Change:
    """One step on a folder's names: `name` leads to `node` (None: to nothing), and `gone` (if any) to nothing."""

    name: str
    node: File | Folder | None
    gone: str | None = None

    def do(self, names: dict[str, File | Folder]) -> None:
        """Make the change, all of it at once."""
        if self.gone is not None:
            names.pop(self.gone, None)
        if self.node is None:
            names.pop(self.name, None)
        else:
            names[self.name] = self.node


@dataclass
class Memory:
    """Everything below `top`, a folder that is itself safely on the disk."""

    top: Path
    root: Folder = field(default_factory=Folder)

    @classmethod
    def of(cls, top: Path) -> Memory:
        """What lies below `top` now, all of it synced."""
        memory = cls(top)
        memory.look(top)
        for folder in memory._folders(memory.root):
            folder.synced, folder.changes = dict(folder.names), []
            for node in folder.names.values():
                if isinstance(node, File):
                    node.synced = node.data
        return memory

    def copy(self) -> Memory:
        """A memory of its own, that later operations leave alone."""
        return copy.deepcopy(self)

    def look(self, path: Path) -> None:
        """Remember what has come or changed at `path` and below, none of it synced."""
        if path == self.top:
            self._look_below(self.root, path)
            return
        folder, real = self.root, self.top
        for name in path.relative_to(self.top).parts:
            real = real / name
            self._look_at(folder, real)
            node = folder.names[name]
            if isinstance(node, Folder):
                folder = node
        if path.is_dir():
            self._look_below(folder, path)

    def _look_at(self, folder: Folder, real: Path) -> None:
        known = folder.names.get(real.name)
        if real.is_dir():
            if known is None:
                self._change(folder, Change(real.name, Folder()))
            return
        data = real.read_bytes()
        if known is None:
            self._change(folder, Change(real.name, File(data)))
        elif isinstance(known, File):
            known.data = data

    def _look_below(self, folder: Folder, path: Path) -> None:
        for real in sorted(path.iterdir()):
            self._look_at(folder, real)
            node = folder.names[real.name]
            if isinstance(node, Folder):
                self._look_below(node, real)

    def rename(self, path: Path, to: Path) -> None:
        """Remember a rename within one folder."""
        folder = self._folder(path.parent)
        self._change(folder, Change(to.name, folder.names[path.name], gone=path.name))

    def remove(self, path: Path) -> None:
        """Remember that a folder and all in it were removed, name by name."""
        node = self._folder(path)
        for folder in self._folders(node):
            for name in list(folder.names):
                self._change(folder, Change(name, None))
        self._change(self._folder(path.parent), Change(path.name, None))

    def sync(self, path: Path) -> None:
        """Remember that the file's bytes, or the folder's names, reached the disk."""
        if path == self.top:
            self.root.synced, self.root.changes = dict(self.root.names), []
            return
        node = self._folder(path.parent).names[path.name]
        if isinstance(node, File):
            node.synced = node.data
        else:
            node.synced, node.changes = dict(node.names), []

    def after_power_cut(self, chance: random.Random) -> Folder:
        """One of the disks that a power cut now may leave."""
        return _left(self.root, chance)

    @staticmethod
    def _change(folder: Folder, change: Change) -> None:
        change.do(folder.names)
        folder.changes.append(change)

    def _folder(self, path: Path) -> Folder:
        folder = self.root
        for name in path.relative_to(self.top).parts:
            below = folder.names[name]
            if isinstance(below, File):
                raise NotADirectoryError(str(path))
            folder = below
        return folder

    def _folders(self, folder: Folder) -> Iterator[Folder]:
        """The folder and those below it, the deepest first."""
        for node in list(folder.names.values()):
            if isinstance(node, Folder):
                yield from self._folders(node)
        yield folder


def _left(folder: Folder, chance: random.Random) -> Folder:
    names = dict(folder.synced)
    kept = chance.choice((0.0, 0.5, 0.5, 1.0))
    for change in folder.changes:
        if chance.random() < kept:
            change.do(names)
    return Folder({name: _left_of(node, chance) for name, node in names.items()})


def _left_of(node: File | Folder, chance: random.Random) -> File | Folder:
    if isinstance(node, Folder):
        return _left(node, chance)
    if node.synced == node.data:
        return File(node.data)
    half = chance.randrange(len(node.data) + 1)
    torn = node.data[:half] + bytes(len(node.data) - half)
    before = node.synced if node.synced is not None else b""
    return File(chance.choice((before, node.data[:half], torn, node.data)))
