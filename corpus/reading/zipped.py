"""A zip archive of XML parts, opened with its real sizes counted and without DTDs: what DOCX and ODT are."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NoReturn
from xml.etree import ElementTree

from corpus.types import ReadError, ReadStatus

Element = ElementTree.Element

# Inflated bytes of one part and of all parts that are read. A 300-page agreement has about 5 MB; the tree
# takes some ten times the bytes, and the child process has 1 GiB.
MOST_PART_BYTES = 48 * 1024 * 1024
MOST_BYTES = 96 * 1024 * 1024
# The readers of the tree go down by recursion, two Python frames a level; Word itself stays below 60.
MOST_DEPTH = 200
_CHUNK = 1 << 20


class Archive:
    """An opened archive. Only the parts that are asked for are inflated."""

    def __init__(self, data: bytes) -> None:
        """Raises `ReadError` (REFUSED) where the bytes are no zip archive."""
        self._left = MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError) as error:
            refuse(f"filen är ett trasigt arkiv och kan inte öppnas ({error}); skaffa en hel kopia", error)

    def tree(self, name: str) -> Element | None:
        """The part's XML, or None where there is no such part. Raises `ReadError` (REFUSED, ENCRYPTED)."""
        if name not in self.names:
            return None
        parser = ElementTree.XMLParser(target=_Builder())
        try:
            parser.feed(self.content(name))
            root: Element = parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            refuse(f"delen {name} är trasig XML ({error}); öppna och spara om filen", error)
        return root

    def content(self, name: str) -> bytes:
        """The part's bytes, counted while they inflate: the stated sizes are not believed."""
        chunks: list[bytes] = []
        total = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    chunks.append(chunk)
                    total += len(chunk)
                    most = min(MOST_PART_BYTES, self._left)
                    if total > most:
                        refuse(
                            f"delen {name} packar upp till mer än {most >> 20} MiB; "
                            "filen ser ut som en zip-bomb"
                        )
        except RuntimeError as error:  # zipfile's word for a locked member
            raise ReadError(
                ReadStatus.ENCRYPTED, "filen är låst med lösenord; spara en kopia utan lösenord"
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            refuse(f"delen {name} kan inte packas upp ({error}); skaffa en hel kopia", error)
        self._left -= total
        return b"".join(chunks)


class _Builder(ElementTree.TreeBuilder):
    """A tree builder that refuses document types (and so entities) and bottomless nesting."""

    _depth = 0

    def doctype(self, name: str, *_ids: str | None) -> None:
        refuse(
            f"XML:en har en dokumenttyp ({name}), som inga ordbehandlare skriver; filen läses inte av säkerhetsskäl"
        )

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            refuse(f"XML:en är nästlad djupare än {MOST_DEPTH} nivåer; filen är trasig eller skadlig")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def refuse(reason: str, cause: Exception | None = None) -> NoReturn:
    """Raise `ReadError` (REFUSED) with the reason."""
    raise ReadError(ReadStatus.REFUSED, reason) from cause
