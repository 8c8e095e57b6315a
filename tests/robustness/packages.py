"""Word processor files as one member's XML at a time, so that coverage leads through the XML and not through the archive.

A unit is a byte that names the member and the member's XML; its package is the one unpacked in `parts`, with that
member in the place of its own. The byte and the package are made whole whatever the unit is.
"""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.robustness.mutations import mutated_tree

PARTS = Path(__file__).parent / "parts"
MAIN = {"docx": "word/document.xml", "odt": "content.xml"}
"""The member that holds the text. It is the first of the members that units are made of."""

BY_TREE = 0.8
"""Share of the changes that move whole elements; the others are of bytes."""


@cache
def members(format: str) -> dict[str, bytes]:
    """Name and content of each member of the format's package, the main one first."""
    folder = PARTS / format
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    return {name: found[name] for name in sorted(found, key=lambda name: (name != MAIN[format], name))}


def units(format: str, files: Sequence[bytes], most: int) -> list[bytes]:
    """One unit of each member that is XML, and one of each file's main member that has at most so many bytes."""
    made = [
        bytes([number]) + content
        for number, (name, content) in enumerate(members(format).items())
        if name != "mimetype"
    ]
    for data in files:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(MAIN[format])
        made += [b"\0" + content] if len(content) <= most else []
    return made


def packed(format: str, unit: bytes) -> bytes:
    """The package with the unit's member in it."""
    names = list(members(format))
    chosen = names[unit[0] % len(names)] if unit else MAIN[format]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members(format).items():
            archive.writestr(name, unit[1:] if name == chosen else content)
    return made.getvalue()


def changed(
    unit: bytes,
    most: int,
    chance: random.Random,
    whole: Sequence[bytes],
    by_bytes: Callable[[bytes, int], bytes],
) -> bytes:
    """The unit with its XML changed, at most so many bytes: as a tree, or by `by_bytes`.

    What is no XML any more leads nowhere: one of the `whole` units is changed as a tree in its stead.
    """
    if chance.random() >= BY_TREE:
        return unit[:1] + by_bytes(unit[1:], most - 1)
    for start in (unit, chance.choice(whole)):
        with suppress(ET.ParseError, RecursionError, LookupError, ValueError):
            made = start[:1] + mutated_tree(start[1:], chance)
            return made if len(made) <= most else start
    return unit
