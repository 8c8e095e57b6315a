"""What the manifests say of one file, changed in the file that says it: comments and other entries stay as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from api.admin.manifest_csv import without_row
from api.errors import InvalidFieldsError
from corpus.folder import INBOX, files_in
from corpus.identity import without_extension
from corpus.manifest import is_manifest, read_manifests
from corpus.manifest_fields import (
    AGREEMENT_ID,
    READERS,
    Field,
    declared_values,
    field_named,
    reader_groups,
    wanted,
)
from corpus.manifest_files import Row, rows_of
from corpus.types import AvtalError
from indexer.disk import in_swedish

Values = Mapping[str, Sequence[str]]
"""Field's key -> the values that a person wrote; none: the text says it."""
MANIFEST = "avtal.toml"


@dataclass(frozen=True, slots=True)
class ManifestEditor:
    """The manifests of the folder at `root`, whose index is at `index`; who changes them holds the folder's lock."""

    root: Path
    index: Path

    def said_of(self, relative: str) -> dict[str, tuple[str, ...]]:
        """Field's key -> its values as written, from the manifest that names the file; empty where none does."""
        found = self._row(relative)
        if found is None:
            return {}
        known = [(field_named(key), value) for key, value in found[1].values.items()]
        return {field.key: _as_written(field, value) for field, value in known if field is not None}

    def write(self, relative: str, values: Values) -> None:
        """Set fields of a file. Raises InvalidFieldsError, and AvtalError where the manifests would not hold together."""
        _check(relative, values)
        changed, said, (manifest, key) = self._without(relative, only_csv=True)
        document = _document(changed.get(manifest) or _bytes(manifest), manifest)
        table = document.setdefault(key, tomlkit.table())
        for name, given in {**said, **values}.items():
            _set(table, name, given)
        if not table:
            del document[key]
        self._commit({**changed, manifest: tomlkit.dumps(document).encode()})

    def drop(self, relative: str) -> str:
        """Take a file out of the manifests; returns what was said of it as TOML, empty where nothing was."""
        changed, said, _ = self._without(relative)
        self._commit(changed)
        return _dumped(said) if said else ""

    def rename(self, relative: str, to: str, agreement_id: str) -> None:
        """Let what is said of one file be said of another, and give that the id, where its name would not."""
        changed, said, _ = self._without(relative)
        if agreement_id != without_extension(to):
            said = {AGREEMENT_ID.key: (agreement_id,), **said}
        self._commit(changed)
        self.restore(to, _dumped(said))

    def restore(self, relative: str, said: str) -> None:
        """Say of a file what `drop` returned."""
        values = tomlkit.parse(said).unwrap()
        if values:
            manifest = self.root / MANIFEST
            document = _document(_bytes(manifest), manifest)
            table = tomlkit.table()
            for name, given in values.items():
                _set(table, name, given)
            document[relative] = table
            self._commit({manifest: tomlkit.dumps(document).encode()})

    def _without(
        self, relative: str, only_csv: bool = False
    ) -> tuple[dict[Path, bytes], dict[str, tuple[str, ...]], tuple[Path, str]]:
        """The manifests to write so that none names the file, what was said, and the TOML table to say it in instead."""
        found = self._row(relative)
        if found is None:
            return {}, {}, (self.root / MANIFEST, relative)
        manifest, row = found
        if manifest.suffix.casefold() == ".csv":
            left = without_row(_bytes(manifest), self._named(manifest), row.file)
            return {manifest: left}, self.said_of(relative), (self.root / MANIFEST, relative)
        document = _document(_bytes(manifest), manifest)
        key = next(key for key in document if self._place(manifest, key) == relative)
        if only_csv:
            return {}, {}, (manifest, key)
        del document[key]
        return {manifest: tomlkit.dumps(document).encode()}, self.said_of(relative), (manifest, key)

    def _commit(self, changed: Mapping[Path, bytes]) -> None:
        """Write the manifests, each in one step. Where they held together and do not then, they are put back."""
        before = {path: _bytes(path) for path in changed}
        held = self.problem() is None
        self._write(changed)
        wrong = self.problem() if held else None
        if wrong is not None:
            self._write(before)
            raise wrong

    def problem(self) -> AvtalError | None:
        """Why the manifests cannot be indexed, None where they can."""
        try:
            read_manifests(self.root, list(files_in(self.root, self.index)))
        except AvtalError as error:
            return error
        return None

    def _write(self, changed: Mapping[Path, bytes]) -> None:
        draft = self.root / INBOX / "manifest.new"
        for path, data in changed.items():
            try:
                with draft.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except OSError as error:
                raise AvtalError(
                    f"{path} kunde inte skrivas ({in_swedish(error)}); kontrollera rättigheter och disk och försök igen"
                ) from error

    def _row(self, relative: str) -> tuple[Path, Row] | None:
        for manifest in self._manifests():
            for row in rows_of(manifest, self._named(manifest)):
                if not row.folder and self._place(manifest, row.file) == relative:
                    return manifest, row
        return None

    def _manifests(self) -> Iterator[Path]:
        yield from (path for path in files_in(self.root, self.index) if is_manifest(path))

    def _named(self, manifest: Path) -> str:
        return manifest.relative_to(self.root).as_posix()

    def _place(self, manifest: Path, file: str) -> str:
        folder = PurePosixPath(manifest.parent.relative_to(self.root).as_posix())
        return (folder / file.replace("\\", "/")).as_posix()


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _document(data: bytes, manifest: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise AvtalError(f"{manifest} är inte giltig TOML ({error}); se docs/manifest.md") from error


def _dumped(said: Values) -> str:
    return tomlkit.dumps({key: list(values) for key, values in said.items()})


def _set(table: Any, name: str, given: object) -> None:
    """Set a field where it stands under any of its names, or take it away; no readers are said: closed to everybody."""
    field = field_named(name)
    key = next((key for key in table if field_named(key) is field), name)
    values = [str(each) for each in given] if isinstance(given, list | tuple) else [str(given)]
    values = [value for value in values if value.strip()]
    if not values and field is not READERS:
        table.pop(key, None)
    else:
        table[key] = values if field is not None and field.many else values[0]


def _check(relative: str, values: Values) -> None:
    errors: dict[str, str] = {}
    for key, given in values.items():
        field = field_named(key)
        if field is None or field is AGREEMENT_ID:
            known = ", ".join(each.key for each in Field.all() if each is not AGREEMENT_ID)
            errors[key] = f"ett av fälten {known}"
        elif field is READERS:
            reader_groups(list(given), MANIFEST, relative)
        else:
            try:
                list(declared_values(field, list(given), MANIFEST, relative) if given else ())
            except AvtalError:
                errors[key] = wanted(field.name) if field.name else "en text"
    if errors:
        said = "; ".join(f"{key} ska vara {words}" for key, words in errors.items())
        raise InvalidFieldsError(f"kortet för {relative} är inte ändrat: {said}", errors)


def _as_written(field: Field, value: object) -> tuple[str, ...]:
    if field is READERS:
        return reader_groups(value, MANIFEST, "filen")
    if field.many and isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    return tuple(_word(each) for each in (value if isinstance(value, list) else [value]))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value.isoformat() if isinstance(value, date) else str(value)
