"""The fields that a manifest may set, their Swedish names, and how each value is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from corpus.expressions import date_value
from corpus.quantities import amount_value, duration_value
from corpus.types import AvtalError, FactName, folded_group

UNKNOWN = ""
"""The value of a field that the manifest says is unknown: what the text was read to say is wrong."""
_UNKNOWN_WORDS = ("okänt", "okänd", "saknas", "-", "–")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a manifest: its key, other names for it, and the card's field (None for the id and the readers)."""

    key: str
    also: tuple[str, ...]
    name: FactName | None
    many: bool = False

    @staticmethod
    def all() -> tuple[Field, ...]:
        """Every field, in the card's order."""
        return _FIELDS


AGREEMENT_ID = Field("agreement_id", ("id", "avtals-id", "avtalsid"), None)
READERS = Field("readers", ("läsare", "läsargrupper", "lasare"), None, many=True)
_FIELDS = (
    AGREEMENT_ID,
    Field("title", ("titel", "namn", "rubrik"), FactName.TITLE),
    Field("kind", ("typ", "avtalstyp"), FactName.KIND),
    Field("parties", ("parter", "part"), FactName.PARTY, many=True),
    Field(
        "registry_numbers",
        ("diarienummer", "dnr", "registry_number", "ärendenummer"),
        FactName.REGISTRY_NUMBER,
        many=True,
    ),
    Field("signed", ("undertecknat", "undertecknad", "tecknat"), FactName.SIGNED),
    Field("valid_from", ("gäller från", "från", "startdatum"), FactName.VALID_FROM),
    Field("valid_to", ("gäller till", "till", "slutdatum"), FactName.VALID_TO),
    Field("until_further_notice", ("tills vidare",), FactName.UNTIL_FURTHER_NOTICE),
    Field("extension", ("förlängning", "förlängs"), FactName.EXTENSION),
    Field("notice_period", ("uppsägningstid",), FactName.NOTICE_PERIOD),
    Field("last_notice_day", ("sista uppsägningsdag", "sista dag för uppsägning"), FactName.LAST_NOTICE_DAY),
    Field("amounts", ("belopp", "amount"), FactName.AMOUNT, many=True),
    Field("contact_roles", ("kontaktroller", "kontakt", "contact_role"), FactName.CONTACT_ROLE, many=True),
    Field("replaces", ("ersätter",), FactName.REPLACES),
    Field("amends", ("ändrar",), FactName.AMENDS),
    Field("appendix_to", ("bilaga till",), FactName.APPENDIX_TO),
    READERS,
)
_DAYS = (FactName.VALID_FROM, FactName.VALID_TO, FactName.LAST_NOTICE_DAY)
_DURATIONS = (FactName.EXTENSION, FactName.NOTICE_PERIOD)


def field_named(key: str) -> Field | None:
    """The field of a key or of its Swedish name; case, "_" and "-" make no difference."""
    wanted = _folded(key)
    return next(
        (field for field in _FIELDS if wanted in {_folded(name) for name in (field.key, *field.also)}), None
    )


def _folded(key: str) -> str:
    return re.sub(r"[\s_-]+", " ", key).strip().casefold()


_NOBODY = ("ingen", "inga", "-", "–")
"""What a cell of a table says where a list is empty: an empty cell says nothing."""


def reader_groups(value: object, manifest: str, file: str) -> tuple[str, ...]:
    """The groups that may read, folded and in order, each once; none for an empty list: closed.

    Raises AvtalError for a value that is no text and no list of texts.
    """
    if isinstance(value, str) and value.strip().casefold() in _NOBODY:
        return ()
    listed = value.split("|") if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise AvtalError(
            f'{manifest}: {READERS.key} för {file} är {value!s} men ska vara namn på grupper, till exempel ["ekonomi", "hr"]'
        )
    return tuple(sorted({folded_group(each) for each in listed if each.strip()}))


def declared_values(
    field: Field, value: object, manifest: str, file: str
) -> Iterator[tuple[FactName, str, str]]:
    """Name, value and detail of what a field is set to. Raises AvtalError for a value that cannot be read."""
    if field.name is None:
        raise ValueError(f"{field.key} is no card field")
    listed = value if isinstance(value, list) else [value]
    if field.many and isinstance(value, str):
        listed = [part.strip() for part in value.split("|") if part.strip()]
    if len(listed) != 1 and not field.many:
        raise AvtalError(f"{manifest}: {field.key} för filen {file} har flera värden; ange ett")
    for each in listed:
        if isinstance(each, str) and each.strip().casefold() in (*_UNKNOWN_WORDS, ""):
            yield field.name, UNKNOWN, ""
        elif (read := _read(field.name, each)) is not None:
            yield (field.name, *read) if read[0] != _NOT_SET else (field.name, UNKNOWN, "")
        else:
            raise AvtalError(
                f"{manifest}: {field.key} för filen {file} är {each!s} men ska vara {wanted(field.name)}"
            )


_NOT_SET = "nej"


def _read(name: FactName, value: object) -> tuple[str, str] | None:
    """Value and detail, None where it cannot be read."""
    if name in _DAYS or name is FactName.SIGNED:
        day = _day(value, exact=name is not FactName.SIGNED)
        return None if day is None else (day, "")
    if name is FactName.UNTIL_FURTHER_NOTICE:
        return _yes_or_no(value)
    if isinstance(value, dict | list | bool):
        return None
    text = re.sub(r"\s+", " ", str(value)).strip()
    if name in _DURATIONS:
        duration = text if re.fullmatch(r"P\d+[YMWD]", text) else duration_value(text)
        return None if duration is None else (duration, "")
    if name is FactName.AMOUNT:
        written, _, what = text.partition(":")
        amount = amount_value(written)
        return None if amount is None else (str(amount), what.strip())
    if name is FactName.CONTACT_ROLE:
        role, _, holder = text.partition(":")
        return (role.strip().casefold(), holder.strip()) if holder.strip() else None
    return (text.casefold() if name is FactName.KIND else text), ""


def _day(value: object, exact: bool) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str | int):
        return None
    text = str(value).strip()
    first, last = date_value(text), date_value(text, last_day=True)
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    if exact:
        return None
    return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]


def _yes_or_no(value: object) -> tuple[str, str] | None:
    if isinstance(value, bool):
        return ("tills vidare" if value else _NOT_SET), ""
    words = str(value).strip().casefold()
    if words in ("ja", "sant", "true", "tills vidare", "x"):
        return "tills vidare", ""
    return (_NOT_SET, "") if words in ("nej", "falskt", "false") else None


def wanted(name: FactName) -> str:
    """What a value of the card's field should look like, in Swedish, to stand after "ska vara"."""
    if name in _DAYS:
        return "en dag, till exempel 2026-12-31"
    if name is FactName.SIGNED:
        return "ett datum, till exempel 2024-05-14"
    if name in _DURATIONS:
        return "en tid, till exempel 6 månader eller P6M"
    if name is FactName.UNTIL_FURTHER_NOTICE:
        return "ja eller nej"
    if name is FactName.AMOUNT:
        return "ett belopp, till exempel 450 000 kronor: ersättning per år"
    if name is FactName.CONTACT_ROLE:
        return "en roll och vem som har den, till exempel avtalsansvarig: utbildningschefen"
    return "en text"
