"""Rows of the files that question sets come in: JSON, JSON lines, TSV and Parquet, also packed (.xz, .gz)."""

from __future__ import annotations

import gzip
import importlib
import json
import lzma
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from corpus.types import AvtalError

Row = Mapping[str, object]
SUFFIXES = (".jsonl", ".json", ".tsv", ".parquet")
_OPENERS: Mapping[str, Callable[[Path], bytes]] = {
    ".xz": lambda path: lzma.decompress(path.read_bytes()),
    ".gz": lambda path: gzip.decompress(path.read_bytes()),
}


class SetError(AvtalError):
    """A question set that cannot be read: names the file, the row or field, and what was wanted."""


def rows_of(path: Path) -> Iterator[tuple[str, Row]]:
    """Each row with where it stands ("fil, rad 3"). A .json file gives its list, or the list under `data`.

    A .tsv row is keyed by the first line's headings. Raises SetError for a file that is not what its name says.
    """
    kind = kind_of(path)
    if kind == ".parquet":
        yield from ((f"{path.name}, rad {at}", row) for at, row in enumerate(_parquet(path), 1))
        return
    text = text_of(path)
    if kind == ".json":
        whole = _json(text, path.name)
        rows = whole.get("data") if isinstance(whole, dict) else whole
        if not isinstance(rows, list):
            raise SetError(f"{path.name} har ingen lista, varken ytterst eller under ”data”.")
        yield from (_checked(row, f"{path.name}, post {at}") for at, row in enumerate(rows, 1))
    elif kind == ".tsv":
        headings, *lines = [line.split("\t") for line in text.splitlines() if line.strip()] or [[]]
        for at, cells in enumerate(lines, 2):
            if len(cells) != len(headings):
                raise SetError(f"{path.name}, rad {at}: {len(cells)} kolumner, rubriken har {len(headings)}.")
            yield f"{path.name}, rad {at}", dict(zip(headings, cells, strict=True))
    elif kind == ".jsonl":
        for at, line in enumerate(text.split("\n"), 1):
            if line.strip():
                where = f"{path.name}, rad {at}"
                yield _checked(_json(line, where), where)
    else:
        raise SetError(f"{path.name}: okänt filslag; ange {', '.join(SUFFIXES)}, gärna packad (.xz, .gz).")


def kind_of(path: Path) -> str:
    """The file's suffix under its packing: ".jsonl" for "fragor.jsonl.xz"."""
    inner = path.with_suffix("") if path.suffix in _OPENERS else path
    return inner.suffix.lower()


def text_of(path: Path) -> str:
    """The unpacked text, UTF-8. Raises SetError where it is damaged."""
    try:
        return _OPENERS.get(path.suffix, Path.read_bytes)(path).decode("utf-8-sig")
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise SetError(f"{path.name} kan inte läsas ({error}); hämta filen på nytt.") from error


def text_at(row: Row, field: str, where: str) -> str:
    """The field's text. Raises SetError where it is missing, empty or something else."""
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise SetError(f"{where}: fältet {field} ska vara text, men är {value!r:.40}.")
    return value


def texts_at(row: Row, field: str, where: str) -> tuple[str, ...]:
    """The field's list of texts, empty where it is missing."""
    value = row.get(field, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SetError(f"{where}: fältet {field} ska vara en lista av texter.")
    return tuple(value)


def rows_at(row: Row, field: str, where: str) -> tuple[Row, ...]:
    """The field's list of objects."""
    value = row.get(field)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise SetError(f"{where}: fältet {field} ska vara en lista av objekt.")
    return tuple(value)


def _json(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SetError(f"{where} är inte JSON ({error.msg}).") from error


def _checked(row: object, where: str) -> tuple[str, Row]:
    if not isinstance(row, dict):
        raise SetError(f"{where} är inget objekt, utan {type(row).__name__}.")
    return where, row


def _parquet(path: Path) -> list[Row]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise SetError(
            f"{path.name}: Parquet läses med pyarrow, som inte är installerat; kör pip install pyarrow."
        ) from error
    rows: list[Row] = parquet.read_table(path).to_pylist()
    return rows
