"""Changes to a file's bytes, to an XML's elements, and to one member of a package: each leaves most of it as it was."""

from __future__ import annotations

import copy
import io
import random
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence

_TOKENS = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"<", b">", b"&", b"{", b"}", b"\\", b"\r\n", b"\n\n", b"\xc2\xa7 1 ", b"(", b")", b"<!--", b"]]>", b"<table>", b"</p>",
    b"\\u8364?", b"\\bin99999 ", b"{\\*\\", b"obj", b"endstream", b"/Kids", b"4294967296", b"-1", b"1e999", b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n",
    "å".encode(), "́".encode(), "‮".encode(), b"2024-02-30", b"1.1.1.1.1.1", b"| a | b |\n", b"=?utf-8?b?w6U=?=",
)  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The bytes with one to eight changes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(7):
            case 0:
                made[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 2, 50))
            case 1:
                del made[at : at + chance.choice((1, 4, 64, 4096))]
            case 2 if at < len(made):
                made[at] = chance.randrange(256)
            case 3:
                length = chance.choice((8, 64, 1024))
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 20))
            case 4:
                other = chance.choice(others)
                cut = chance.randrange(len(other) + 1)
                made[at : at + 256] = other[cut : cut + 256]
            case 5:
                del made[at:]
            case _ if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def mutated_tree(data: bytes, chance: random.Random) -> bytes:
    """The XML with one to eight elements taken away, repeated, moved, nested or told otherwise: still XML, as a reader needs it."""
    root = ET.fromstring(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        parents = [each for each in root.iter() if len(each)]
        if not parents:
            break
        parent = chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(6):
            case 0:
                parent.remove(child)
            case 1:
                parent.extend([copy.deepcopy(child) for _ in range(chance.choice((1, 2, 30)))])
            case 2:
                chance.choice(parents).append(copy.deepcopy(child))
            case 3:
                for _ in range(chance.choice((2, 20, 300))):
                    outer = ET.Element(parent.tag, parent.attrib)
                    outer.append(child)
                    child = outer
                parent.append(child)
            case 4 if child.attrib:
                name = chance.choice(list(child.attrib))
                child.set(
                    name, chance.choice(("", "-1", "0", "99999999999", "1e999", "§", child.attrib[name] * 40))
                )
            case _:
                child.text = (child.text or "") + chance.choice(
                    ("\t", "\n\n", "§ 1 ", "\u202e", "å\u0301", "| a | b |", "x" * 5000)
                )
    return ET.tostring(root)


def mutated_inside(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A package with one member changed, half of them as XML, and one in ten changed as bytes."""
    if chance.random() < 0.1:
        return mutated(data, others, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        heavy = [
            name
            for name in names
            if name.endswith(("document.xml", "content.xml", "styles.xml", "numbering.xml"))
        ]
        chosen = chance.choice(heavy if heavy and chance.random() < 0.8 else names)
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                as_tree = chance.random() < 0.5
                content = mutated_tree(content, chance) if as_tree else mutated(content, [content], chance)
            new.writestr(name, content)
    return made.getvalue()
