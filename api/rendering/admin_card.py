"""An agreement's card as the registrator corrects it, and the fields of a card with the words that say them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from api.admin.desk import Desk
from api.admin.manifest_edit import Values
from api.admin.reading import ReadFact
from api.errors import InvalidFieldsError
from api.rendering.addresses import Addresses
from api.rendering.card import EXPECTED, LABELS
from api.rendering.dates import readable_amount, readable_date, readable_duration
from api.rendering.wording import Words
from corpus.manifest_fields import Field, wanted
from corpus.types import AvtalError, FactName

_DATES = (FactName.SIGNED, FactName.VALID_FROM, FactName.VALID_TO, FactName.LAST_NOTICE_DAY)
_PERIODS = (FactName.NOTICE_PERIOD, FactName.EXTENSION)

_LEFT_TO_THE_FILE = ("agreement_id", "readers")
"""Fields that say who may read, and what an agreement is called by others: changed in the manifest, by who knows it."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A value of a card, and the words of the text that say it."""

    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A field of a card with what the text says of it."""

    label: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field to correct: what the text says, what stands in the box, and what is wrong with it."""

    key: str
    label: str
    many: bool
    value: str
    hint: str
    error: str
    read: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """An agreement's card to correct; `href` leads to the reading view, empty for what is not published."""

    title: str
    path: str
    href: str
    fields: tuple[FieldView, ...]
    wrong: int
    action: str
    reference: str


def fact_rows(facts: tuple[ReadFact, ...], words: Words) -> Iterator[FactRow]:
    """The facts by field, in the card's order; a field that is looked for first is there without any, too."""
    for name, label in LABELS.items():
        found = tuple(_fact(fact, words) for fact in facts if fact.name is name)
        if found or name in EXPECTED:
            yield FactRow(words(label), found)


def _fact(fact: ReadFact, words: Words) -> FactView:
    value = fact.value
    if fact.name in _DATES:
        value = readable_date(fact.value, words)
    elif fact.name in _PERIODS:
        value = readable_duration(fact.value, words)
    elif fact.name is FactName.AMOUNT:
        value = readable_amount(fact.value, words)
    return FactView(f"{value}, {fact.detail}" if fact.detail else value, fact.quote)


def card_view(
    desk: Desk, path: str, to: Addresses, words: Words, error: AvtalError | None, given: Values | None
) -> CardView:
    """The card with what was filled in, where it was refused, and what is wrong beside it."""
    index, name = desk.index(), desk.id_of(path)
    agreement = index.agreements[name] if index and name else None
    said = {**desk.folder.manifests.said_of(path), **(given or {})}
    wrong = error.errors if isinstance(error, InvalidFieldsError) else {}
    facts = desk.text_says(name) if name else ()
    fields = [
        FieldView(
            key=field.key,
            label=words(_LABELS.get(field.name, "") or LABELS[field.name]),
            many=field.many,
            value="\n".join(said.get(field.key, ())),
            hint=words(_HINTS.get(field.key, "")) if field.key in _HINTS else "",
            error=words("Skriv {0}.", words(wanted(field.name))) if field.key in wrong else "",
            read=tuple(_fact(fact, words) for fact in facts if fact.name is field.name),
        )
        for field in Field.all()
        if field.key not in _LEFT_TO_THE_FILE and field.name is not None
    ]
    return CardView(
        title=agreement.title if agreement else path,
        path=path,
        href=to.agreement(name) if name else "",
        fields=tuple(fields),
        wrong=len(wrong),
        action=to.admin(f"kort/{quote(name or path)}"),
        reference=name or path,
    )


_LABELS = {
    FactName.TITLE: "Titel",
    FactName.KIND: "Avtalstyp",
    FactName.UNTIL_FURTHER_NOTICE: "Gäller tills vidare",
}
_HINTS = {
    "kind": "Till exempel ramavtal eller avsiktsförklaring.",
    "parties": "En på varje rad.",
    "registry_numbers": "Ett på varje rad.",
    "valid_from": "Till exempel 2024-06-01.",
    "valid_to": "Till exempel 2027-06-30.",
    "until_further_notice": "Ja eller nej.",
    "extension": "Till exempel 1 år.",
    "notice_period": "Till exempel 6 månader.",
    "amounts": "Ett på varje rad: 450 000 kronor: ersättning per år.",
    "contact_roles": "En på varje rad: avtalsansvarig: utbildningschefen. Skriv roller, inte namn på personer.",
}
