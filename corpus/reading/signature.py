"""What a file is by its first bytes, where they say so beyond doubt."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.types import FileFormat, ReadError, ReadStatus

_PDF_WITHIN = 1024
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_HEAD = 4096
_MOST_COMMENTS = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "spara om den som .docx eller .pdf"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OTHERS = (
    (b"\x89PNG\r\n\x1a\n", "filen är en bild (PNG), inte text; den behöver textigenkänning (OCR)"),
    (b"\xff\xd8\xff", "filen är en bild (JPEG), inte text; den behöver textigenkänning (OCR)"),
    (b"II*\x00", "filen är en bild (TIFF), inte text; den behöver textigenkänning (OCR)"),
    (b"MM\x00*", "filen är en bild (TIFF), inte text; den behöver textigenkänning (OCR)"),
    (b"\x1f\x8b", "filen är ett gzip-arkiv; packa upp den först"),
    (b"7z\xbc\xaf\x27\x1c", "filen är ett 7z-arkiv; packa upp den först"),
    (b"Rar!\x1a\x07", "filen är ett rar-arkiv; packa upp den först"),
)


def by_content(data: bytes) -> FileFormat | None:
    """The format that the first bytes prove, or None where only the name can tell (text, Markdown).

    Raises `ReadError` for content that no reader takes: images, archives, older and locked Word files.
    A zip archive without OpenDocument's parts counts as DOCX: its reader refuses other archives by name.
    """
    head = data[:_PDF_WITHIN]
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            raise ReadError(
                ReadStatus.ENCRYPTED, "Word-filen är låst med lösenord; spara en kopia utan lösenord"
            )
        raise ReadError(
            ReadStatus.REFUSED, f"filen är en äldre Office-fil (.doc), som inte kan läsas; {_SAVE_AS}"
        )
    for signature, reason in _OTHERS:
        if data.startswith(signature):
            raise ReadError(ReadStatus.REFUSED, reason)
    if data.startswith(b"PK\x03\x04"):
        return FileFormat.ODT if _is_open_document(data) else FileFormat.DOCX
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(rb"{\rtf"):
        return FileFormat.RTF
    if _HTML.match(_first_tag(data[:_HEAD])):
        return FileFormat.HTML
    # Some writers put bytes before the header; in a text file the mark may also be spoken of.
    if data.startswith(b"%PDF-") or (b"%PDF-" in head and b"\x00" in data[:65536]):
        return FileFormat.PDF
    return None


def _is_open_document(data: bytes) -> bool:
    """True where the archive says so first of all, as the format wants, or has the parts of one."""
    if data[30:].startswith(b"mimetype" + _OPEN_DOCUMENT):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError):
        return False
    return "META-INF/manifest.xml" in names and not names.isdisjoint(("content.xml", "encrypted-package"))


def _first_tag(head: bytes) -> bytes:
    """What follows the BOM, white space, the XML declaration and comments."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for opening, closing in ((b"<?xml", b"?>"), *[(b"<!--", b"-->")] * _MOST_COMMENTS):
        if head.startswith(opening):
            head = head.partition(closing)[2].lstrip()
    return head
