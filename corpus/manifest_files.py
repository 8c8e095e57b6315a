"""A manifest's rows: TOML tables or CSV lines, each about one file."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.types import AvtalError

MANIFEST_NAMES = ("avtal.toml", "avtal.csv")
FILE_COLUMNS = ("fil", "file", "filnamn", "sökväg", "path")


@dataclass(frozen=True, slots=True)
class Row:
    """What a manifest says of one file: key -> value as written. `file` is relative to the manifest's folder.

    With `folder` it is a folder, written with a last "/", and the row is about all files in it and below.
    """

    file: str
    values: Mapping[str, object]
    folder: bool = False


def rows_of(path: Path, manifest: str) -> Iterator[Row]:
    """The rows of a manifest, `manifest` its path for messages. Raises AvtalError for one that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AvtalError(
            f"{manifest} kan inte öppnas ({error.strerror}); kontrollera rättigheter och disk"
        ) from error
    rows = _toml(data, manifest) if path.suffix.casefold() == ".toml" else _csv(data, manifest)
    for row in rows:
        file = PurePosixPath(row.file.replace("\\", "/"))
        if file.is_absolute() or ".." in file.parts:
            raise AvtalError(
                f"{manifest} nämner filen {row.file}, som ligger utanför manifestets mapp; lägg manifestet i filens mapp"
            )
        yield Row(file.as_posix(), row.values, row.file.endswith(("/", "\\")))


def _toml(data: bytes, manifest: str) -> Iterator[Row]:
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AvtalError(f"{manifest} är inte UTF-8; spara filen som UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise AvtalError(f"{manifest} är inte giltig TOML ({error}); se docs/manifest.md") from error
    for file, table in tables.items():
        if not isinstance(table, dict):
            raise AvtalError(
                f'{manifest}: {file} står utanför en tabell; skriv fälten under filens namn: ["{file}.pdf"]'
            )
        yield Row(file, table)


def _csv(data: bytes, manifest: str) -> Iterator[Row]:
    text = decoded(data, manifest)
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    lines = [line for line in reader if any(cell.strip() for cell in line)]
    if not lines:
        raise AvtalError(f"{manifest} är tom; första raden ska vara fältens namn, med kolumnen fil")
    header = [cell.strip() for cell in lines[0]]
    at = next((i for i, name in enumerate(header) if name.casefold() in FILE_COLUMNS), None)
    if at is None:
        raise AvtalError(
            f"{manifest} saknar kolumnen fil; första raden är {', '.join(header)} men en kolumn ska heta fil"
        )
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(header):
            raise AvtalError(
                f"{manifest}, rad {number}: {len(line)} fält men rubrikraden har {len(header)}; sätt citattecken om ett värde som innehåller {delimiter}"
            )
        cells = {name: cell.strip() for name, cell in zip(header, line, strict=True) if cell.strip() and name}
        yield Row(line[at].strip(), {name: cell for name, cell in cells.items() if name != header[at]})


def delimiter_of(text: str) -> str:
    """What parts the cells of a manifest's lines: ";" or ","."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if first.count(";") >= first.count(",") else ","


def decoded(data: bytes, manifest: str) -> str:
    """UTF-8 with or without a mark, else Windows-1252, as a spreadsheet saves it."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AvtalError(f"{manifest} är varken UTF-8 eller Windows-1252; spara filen som UTF-8")
