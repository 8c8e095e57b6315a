"""The registrator's commands: take files in, remove them and correct their cards. `avtal index` then publishes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from api.admin.folder import SourceFolder
from api.admin.key import new_key
from api.admin.names import clean_folder, clean_name
from api.admin.reading import Reading, read_file, sha256_of, twins_of
from api.audit import AuditLog, operator
from api.printing import STATUS_WORDS
from api.settings import read_settings
from corpus.sandbox import Reader
from corpus.types import AvtalError
from indexer.encoder import open_encoder
from indexer.manifest import DEFAULT_FOLDER, IndexMissingError, Manifest, current_manifest

FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--folder", help="Mappen med avtal; utelämnad: AVTAL_FOLDER, annars den som indexet byggdes av."
    ),
]
IndexOption = Annotated[Path, typer.Option("--index", help="Mappen med indexet.")]


def add(
    files: Annotated[list[Path], typer.Argument(help="Filer att lägga till.", show_default=False)],
    folder: FolderOption = None,
    into: Annotated[str, typer.Option("--in", help="Undermapp som filerna läggs i.")] = "",
    replace: Annotated[
        str | None,
        typer.Option("--replace", help="Avtalets id: filen tar dess plats, och avtalet behåller sitt id."),
    ] = None,
    index: IndexOption = DEFAULT_FOLDER,
) -> None:
    """Läs filer, visa vad som lästes och lägg dem i mappen."""
    if replace is not None and len(files) != 1:
        raise typer.BadParameter("--replace tar en fil åt gången")
    source, known = _opened(folder, index)
    log, into = AuditLog(read_settings().audit), clean_folder(into)
    hashes = {path: sha256_of(source.root / path) for path in source.paths()}
    with Reader() as reader:
        encoder = open_encoder(known.encoder.name if known else None)
        for file in files:
            if not file.is_file():
                raise AvtalError(f"filen {file} finns inte; ange en fil som ska läggas till")
            name = clean_name(file.name)
            path = f"{into}/{name}" if into else name
            sha256 = sha256_of(file)
            reading = read_file(file, path, reader, encoder)
            _show(file, reading)
            if not reading.usable:
                raise AvtalError(f"{file} lades inte till: {reading.reason}")
            twins = twins_of(reading, sha256, hashes, None)
            if twins:
                raise AvtalError(f"{file} lades inte till: samma innehåll finns redan som {', '.join(twins)}")
            path = _put(
                source, file, path, _file_of(replace, known) if replace is not None else None, replace
            )
            log.record("file.replace" if replace else "file.add", operator(), path, {"sha256": sha256})
            hashes[path] = sha256
            typer.echo(f"  Ligger nu i mappen som {path}.")
    _next(source, index)


def remove(
    names: Annotated[
        list[str], typer.Argument(help="Avtalens id eller sökväg i mappen.", show_default=False)
    ],
    folder: FolderOption = None,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Radera filen i stället för att lägga den i papperskorgen.")
    ] = False,
    index: IndexOption = DEFAULT_FOLDER,
) -> None:
    """Flytta avtal till mappens papperskorg."""
    source, known = _opened(folder, index)
    log = AuditLog(read_settings().audit)
    for name in names:
        path = _file_of(name, known)
        source.remove(path, for_good)
        log.record("file.remove", operator(), path, {"for_good": "ja" if for_good else "nej"})
        typer.echo(f"{path} {'är raderad' if for_good else 'ligger i papperskorgen (.avtal-papperskorg)'}.")
    _next(source, index)


def correct(
    name: Annotated[str, typer.Argument(help="Avtalets id eller sökväg i mappen.", show_default=False)],
    fields: Annotated[
        list[str],
        typer.Argument(
            help="fält=värde; flera värden med |, tomt värde: det som står i texten.", show_default=False
        ),
    ],
    folder: FolderOption = None,
    index: IndexOption = DEFAULT_FOLDER,
) -> None:
    """Rätta ett avtalskort i avtal.toml."""
    source, known = _opened(folder, index)
    values: dict[str, list[str]] = {}
    for given in fields:
        key, equals, value = given.partition("=")
        if not equals:
            raise AvtalError(f"{given} är ingen rättelse; skriv fält=värde, till exempel valid_to=2027-06-30")
        values[key.strip()] = [part.strip() for part in value.split("|") if part.strip()]
    path = _file_of(name, known)
    source.correct(path, values)
    AuditLog(read_settings().audit).record(
        "card.correct", operator(), path, {"fields": " ".join(sorted(values))}
    )
    typer.echo(f"Kortet för {path} är ändrat.")
    _next(source, index)


def admin_key() -> None:
    """Skapa en nyckel till registratorns sidor. Den visas en gång."""
    key, digest = new_key()
    typer.echo(
        f"Registratorns nyckel, som bara visas nu:\n\n  {key}\n\nSätt för servern:\n\n  AVTAL_ADMIN_KEY_HASH={digest}"
    )


def _opened(folder: Path | None, index: Path) -> tuple[SourceFolder, Manifest | None]:
    try:
        known = current_manifest(index)
    except IndexMissingError:
        known = None
    chosen = folder or read_settings().folder or (Path(known.source_folder) if known else None)
    if chosen is None:
        raise AvtalError(
            f"det finns inget index i {index} som säger var avtalen ligger; ange mappen med --folder"
        )
    if not chosen.is_dir():
        raise AvtalError(f"mappen {chosen} finns inte; ange mappen med avtal med --folder")
    return SourceFolder(chosen, index), known


def _file_of(name: str, known: Manifest | None) -> str:
    return known.read_from.get(name, name) if known else name


def _put(source: SourceFolder, file: Path, path: str, old: str | None, agreement_id: str | None) -> str:
    """Copy the file to the inbox, then take it in; returns its path in the folder."""
    if old is not None:
        source.place(old)
    source.inbox.mkdir(exist_ok=True)
    staged = source.inbox / f"ny{Path(path).suffix}"
    shutil.copyfile(file, staged)
    try:
        if old is None:
            source.add(staged, path)
            return path
        return source.replace(staged, old, agreement_id or "")
    finally:
        staged.unlink(missing_ok=True)


def _show(file: Path, reading: Reading) -> None:
    typer.echo(f"{file}: {STATUS_WORDS[reading.status]}")
    if reading.usable:
        typer.echo(f"  {reading.title}")
        typer.echo(f"  {', '.join(reading.parties) or 'inga parter utlästa'}")
        typer.echo(f"  {reading.sections} avsnitt, {reading.passages} stycken, {reading.characters} tecken")
    for warning in reading.warnings:
        typer.echo(f"  Obs: {warning}")


def _next(source: SourceFolder, index: Path) -> None:
    to = "" if index == DEFAULT_FOLDER else f" --to {index}"
    typer.echo(f"Publicera ändringen med: avtal index {source.root}{to}")
