"""Tiny real files, written by the tests themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from corpus.reading.document import read_document
from corpus.types import Document

Placed = tuple[float, float, float, str]  # x, y, font size, text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_pdf(pages: Sequence[Sequence[Placed]]) -> bytes:
    """A PDF of A4 pages with text in Helvetica, one object a page, no compression."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n" for x, y, size, text in page
        )
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def make_docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A DOCX with the given XML as its body; `parts` adds or replaces "numbering", "footnotes" …"""
    written = io.BytesIO()
    docx.Document().save(written)
    parts = parts or {}
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written.getvalue())) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = _root("document", f"<w:body>{body}</w:body>")
            if name.removeprefix("word/").removesuffix(".xml") in parts:
                continue
            if name == "word/_rels/document.xml.rels":
                extra = "".join(
                    f'<Relationship Id="x{kind}" Target="{kind}.xml" Type="http://schemas.openxmlformats.org'
                    f'/officeDocument/2006/relationships/{kind}"/>'
                    for kind in parts
                    if f"/{kind}" not in data.decode()
                )
                data = data.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
            new.writestr(name, data)
        for kind, inside in parts.items():
            new.writestr(f"word/{kind}.xml", _root(kind, inside))
    return result.getvalue()


def _root(name: str, inside: str) -> bytes:
    spaces = (
        f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {spaces}>{inside}</w:{name}>'.encode()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes | str, str], Document]:
    """Writes the bytes (or the text, as UTF-8) to a file of that name and reads it."""

    def write_and_read(content: bytes | str, name: str) -> Document:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_document(path, f"mapp/{name}")

    return write_and_read


@pytest.fixture
def pdf() -> Callable[[Sequence[Sequence[Placed]]], bytes]:
    return make_pdf


@pytest.fixture
def word() -> Callable[..., bytes]:
    return make_docx
