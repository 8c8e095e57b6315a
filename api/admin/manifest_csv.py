"""A row taken out of a manifest in CSV; what a person corrects by hand is kept in TOML."""

from __future__ import annotations

import csv
import io

from corpus.manifest_files import FILE_COLUMNS, decoded, delimiter_of


def without_row(data: bytes, manifest: str, file: str) -> bytes:
    """The manifest without the row of `file`, in the encoding, with the delimiter and the line ends that it had."""
    text = decoded(data, manifest)
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)))
    header = next(line for line in lines if any(cell.strip() for cell in line))
    at = next(place for place, name in enumerate(header) if name.strip().casefold() in FILE_COLUMNS)
    kept = [line for line in lines if line is header or len(line) <= at or line[at].strip() != file]
    made = io.StringIO()
    ends = "\r\n" if "\r\n" in text else "\n"
    csv.writer(made, delimiter=delimiter_of(text), lineterminator=ends).writerows(kept)
    return made.getvalue().encode(_encoding(data))


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
