"""The card of an agreement: its fields in words, from the text or from a manifest, and the agreements it is tied to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.rendering.addresses import Addresses
from api.rendering.dates import readable_amount, readable_date, readable_duration
from api.rendering.wording import Words
from corpus.types import Agreement, Declared, Fact, FactName
from retriever.versions import Related

LABELS = {
    FactName.PARTY: "Parter",
    FactName.REGISTRY_NUMBER: "Diarienummer",
    FactName.SIGNED: "Undertecknat",
    FactName.VALID_FROM: "Gäller från",
    FactName.VALID_TO: "Gäller till",
    FactName.UNTIL_FURTHER_NOTICE: "Gäller",
    FactName.EXTENSION: "Förlängs",
    FactName.NOTICE_PERIOD: "Uppsägningstid",
    FactName.LAST_NOTICE_DAY: "Sista dag för uppsägning",
    FactName.AMOUNT: "Belopp",
    FactName.CONTACT_ROLE: "Kontakt",
    FactName.REPLACES: "Ersätter",
    FactName.AMENDS: "Ändrar",
    FactName.APPENDIX_TO: "Bilaga till",
}
EXPECTED = (
    FactName.PARTY,
    FactName.REGISTRY_NUMBER,
    FactName.SIGNED,
    FactName.VALID_FROM,
    FactName.VALID_TO,
    FactName.NOTICE_PERIOD,
)
"""What a reader looks for first: said to be unknown where the text does not say it."""
_DATES = (FactName.SIGNED, FactName.VALID_FROM, FactName.VALID_TO, FactName.LAST_NOTICE_DAY)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with where it leads (empty: nowhere) and what it is known by (a manifest's path, a basis)."""

    words: str
    href: str = ""
    known_by: str = ""
    evidence: str = ""
    evidence_href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field's name and its values."""

    label: str
    values: tuple[Value, ...]


def card_rows(agreement: Agreement, to: Addresses, words: Words) -> tuple[Row, ...]:
    """The rows of the card, in the card's order; a value from the text leads to its place there."""
    return tuple(_rows(agreement, to, words))


def _rows(agreement: Agreement, to: Addresses, words: Words) -> Iterator[Row]:
    endless = any(fact.name is FactName.UNTIL_FURTHER_NOTICE for fact in agreement.facts)
    for name, label in LABELS.items():
        values = [
            Value(
                _words_of(each, words) if each.value else words("okänt"),
                known_by=words("enligt {0}", each.manifest),
            )
            for each in agreement.declared
            if each.name is name
        ]
        values += [
            Value(
                _words_of(fact, words),
                to.place(agreement.agreement_id, fact.start, fact.end, agreement.document.text_sha256),
            )
            for fact in agreement.facts
            if fact.name is name and fact.start < fact.end
        ]
        if not values and name in EXPECTED and not (name is FactName.VALID_TO and endless):
            values = [Value(words("okänt"))]
        if values:
            yield Row(words(label), tuple(values))


def _words_of(field: Fact | Declared, words: Words) -> str:
    match field.name:
        case name if name in _DATES:
            return readable_date(field.value, words)
        case FactName.NOTICE_PERIOD:
            return readable_duration(field.value, words)
        case FactName.EXTENSION:
            return words("automatiskt med {0}", readable_duration(field.value, words))
        case FactName.AMOUNT:
            amount = readable_amount(field.value, words)
            return f"{amount}, {field.detail}" if field.detail else amount
        case FactName.CONTACT_ROLE if field.detail:
            return f"{field.value}: {field.detail}"
    return field.value


def related_rows(related: tuple[Related, ...], to: Addresses, words: Words) -> tuple[Row, ...]:
    """ "Ersätts av" and the like: the other agreement, and the place in the text that says so."""
    kinds = dict.fromkeys(other.words for other in related)
    return tuple(
        Row(
            words(kind[0].upper() + kind[1:]),
            tuple(_related(other, to) for other in related if other.words == kind),
        )
        for kind in kinds
    )


def _related(other: Related, to: Addresses) -> Value:
    evidence = other.evidence
    return Value(
        other.title,
        to.agreement(other.agreement_id),
        other.basis,
        evidence.quote if evidence else "",
        to.citation(evidence) if evidence else "",
    )
