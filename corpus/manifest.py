"""Manifests: `avtal.toml` or `avtal.csv` beside the files sets card fields and ids. What it says wins over the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from corpus.manifest_fields import (
    AGREEMENT_ID,
    READERS,
    UNKNOWN,
    Field,
    declared_values,
    field_named,
    reader_groups,
)
from corpus.manifest_files import MANIFEST_NAMES, Row, rows_of
from corpus.names import canonical_name
from corpus.quantities import add_duration
from corpus.types import Agreement, AvtalError, Declared, Fact, FactName


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifests say of one file: the id that it shall have, if they give one, card fields, who may read it.

    `readers` is None where no manifest says it, of the file or of a folder that it is in.
    """

    agreement_id: str | None = None
    declared: tuple[Declared, ...] = ()
    readers: tuple[str, ...] | None = None


NOTHING = Entry()


def is_manifest(path: Path) -> bool:
    """True for a file that is a manifest and no agreement."""
    return path.name.casefold() in MANIFEST_NAMES


def read_manifests(folder: Path, paths: Sequence[Path]) -> dict[str, Entry]:
    """Path in `folder` -> what its manifest says, from every manifest among `paths`.

    A manifest speaks of files in its own folder and below. Raises AvtalError, naming manifest, file and field, for a
    file that is not there or is named twice, an unknown field, a value that cannot be read, an id given twice.
    """
    known = {path.relative_to(folder).as_posix() for path in paths if not is_manifest(path)}
    entries: dict[str, Entry] = {}
    folders: dict[str, tuple[str, ...]] = {}
    said_by: dict[str, str] = {}
    for path in (path for path in paths if is_manifest(path)):
        manifest = path.relative_to(folder).as_posix()
        for row in rows_of(path, manifest):
            place = PurePosixPath(path.parent.relative_to(folder).as_posix()) / row.file
            name = f"{place}/" if row.folder else f"{place}"
            _refuse_unknown(row, folder / place, f"{place}" in known, manifest)
            if name in said_by:
                kind = "mappen" if row.folder else "filen"
                raise AvtalError(
                    f"{manifest} nämner {kind} {row.file}, som redan står i {said_by[name]}; behåll en av raderna"
                )
            said_by[name] = manifest
            if row.folder:
                folders[f"{place}"] = _readers_of_folder(row, manifest)
            else:
                entries[name] = _entry(row, manifest)
    _refuse_shared_ids(entries, said_by)
    return {
        path: entry for path in sorted(known) if (entry := _with_readers(path, entries, folders)) != NOTHING
    }


def _refuse_unknown(row: Row, place: Path, is_file: bool, manifest: str) -> None:
    """A folder that is empty for now keeps its readers: they are for what will lie there."""
    if row.folder and not place.is_dir():
        raise AvtalError(
            f"{manifest} nämner mappen {row.file}/, som inte finns; skriv mappens namn som det är, räknat "
            "från manifestets mapp, eller ./ för den mappen själv"
        )
    if not row.folder and not is_file:
        raise AvtalError(
            f"{manifest} nämner filen {row.file}, som inte finns i mappen; skriv filens namn som det är, "
            "med ändelse, och med / före om den ligger i en undermapp, eller sist om det är en mapp"
        )


def _readers_of_folder(row: Row, manifest: str) -> tuple[str, ...]:
    for key in row.values:
        if field_named(key) is not READERS:
            raise AvtalError(
                f"{manifest}: fältet {key} kan inte sättas för mappen {row.file}/; en mapp kan bara ha {READERS.key}"
            )
    return next((reader_groups(value, manifest, f"mappen {row.file}/") for value in row.values.values()), ())


def _with_readers(path: str, entries: Mapping[str, Entry], folders: Mapping[str, tuple[str, ...]]) -> Entry:
    """What is said of the file, with the readers of the nearest folder where they are not said of the file itself."""
    entry = entries.get(path, NOTHING)
    if entry.readers is not None:
        return entry
    above = (f"{parent}" for parent in PurePosixPath(path).parents)
    return replace(entry, readers=next((folders[each] for each in above if each in folders), None))


def _entry(row: Row, manifest: str) -> Entry:
    given: str | None = None
    readers: tuple[str, ...] | None = None
    declared: list[Declared] = []
    for key, value in row.values.items():
        field = field_named(key)
        if field is None:
            raise AvtalError(_unknown_key(manifest, row.file, key))
        if field is AGREEMENT_ID:
            given = _agreement_id(value, manifest, row.file)
            continue
        if field is READERS:
            readers = reader_groups(value, manifest, f"filen {row.file}")
            continue
        declared.extend(
            Declared(name, text, manifest, detail)
            for name, text, detail in declared_values(field, value, manifest, row.file)
        )
    return Entry(given, tuple(declared), readers)


def _unknown_key(manifest: str, file: str, key: str) -> str:
    allowed = ", ".join(field.key for field in Field.all())
    return f"{manifest}: fältet {key} för filen {file} finns inte; fälten är {allowed}"


def _agreement_id(value: object, manifest: str, file: str) -> str:
    text = str(value).strip()
    if not text or text != text.strip("/") or any(ord(letter) < 32 for letter in text):
        raise AvtalError(
            f"{manifest}: agreement_id för filen {file} är {text!r}; skriv ett id utan radbrytning och utan / först eller sist"
        )
    return text


def _refuse_shared_ids(entries: Mapping[str, Entry], said_by: Mapping[str, str]) -> None:
    first: dict[str, str] = {}
    for file, entry in entries.items():
        if entry.agreement_id is None:
            continue
        if entry.agreement_id in first:
            raise AvtalError(
                f"{said_by[file]}: agreement_id {entry.agreement_id} är givet både {first[entry.agreement_id]} och {file}; "
                "ge varje fil sitt eget id"
            )
        first[entry.agreement_id] = file


def declare(agreement: Agreement, entry: Entry) -> Agreement:
    """The agreement with the manifest's readers, and its fields instead of the text's. A party that the text names keeps its place."""
    agreement = replace(agreement, readers=entry.readers or ())
    if not entry.declared:
        return agreement
    set_fields = {each.name for each in entry.declared}
    parties = _values(entry, FactName.PARTY)
    titles, kinds = _values(entry, FactName.TITLE), _values(entry, FactName.KIND)
    named = tuple(canonical_name(party) for party in parties)
    kept = [fact for fact in agreement.facts if fact.name not in set_fields or _is_kept(fact, named)]
    in_text = {fact.value for fact in kept if fact.name is FactName.PARTY}
    declared = [
        replace(each, value=canonical_name(each.value))
        if each.name is FactName.PARTY and each.value
        else each
        for each in entry.declared
    ]
    declared = [each for each in declared if each.name is not FactName.PARTY or each.value not in in_text]
    changed = replace(
        agreement,
        title=titles[0] if titles else agreement.title,
        kind=(kinds[0] if kinds else None) if FactName.KIND in set_fields else agreement.kind,
        parties=named if FactName.PARTY in set_fields else agreement.parties,
        facts=tuple(kept),
        declared=tuple(declared),
    )
    return _with_last_notice_day(changed, agreement, set_fields)


def _values(entry: Entry, name: FactName) -> tuple[str, ...]:
    return tuple(each.value for each in entry.declared if each.name is name and each.value != UNKNOWN)


def _is_kept(fact: Fact, parties: tuple[str, ...]) -> bool:
    return fact.name is FactName.PARTY and fact.value in parties


def _with_last_notice_day(changed: Agreement, before: Agreement, set_fields: set[FactName]) -> Agreement:
    """A last day of notice that was reckoned from the text follows when the manifest moves the end or the period."""
    moved = {FactName.VALID_TO, FactName.NOTICE_PERIOD} & set_fields
    had = [fact for fact in before.facts if fact.name is FactName.LAST_NOTICE_DAY]
    if not moved or not had or FactName.LAST_NOTICE_DAY in set_fields:
        return changed
    facts = tuple(fact for fact in changed.facts if fact.name is not FactName.LAST_NOTICE_DAY)
    end, period = changed.values(FactName.VALID_TO), changed.values(FactName.NOTICE_PERIOD)
    if not end or not period:
        return replace(changed, facts=facts)
    day = add_duration(date.fromisoformat(end[0]), period[0], -1).isoformat()
    source = next(each.manifest for each in changed.declared if each.name in moved)
    reckoned = Declared(FactName.LAST_NOTICE_DAY, day, source)
    return replace(changed, facts=facts, declared=(*changed.declared, reckoned))
