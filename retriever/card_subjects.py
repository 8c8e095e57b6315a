"""Subjects that the agreement's card answers: "uppsägningstid", "slutdatum", "diarienummer"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.expressions import ExpressionKind, expressions_in
from corpus.quantities import duration_value
from corpus.types import Agreement, Fact, FactName
from indexer.swedish.stems import stem
from retriever.question import Question

_WORDS: Mapping[FactName, str] = {
    FactName.NOTICE_PERIOD: "uppsägningstid uppsägningsfrist",
    FactName.VALID_TO: "slutdatum sluttid slutdag utgångsdatum löptid giltighetstid",
    FactName.VALID_FROM: "startdatum startdag",
    FactName.REGISTRY_NUMBER: "diarienummer dnr ärendenummer",
    FactName.AMOUNT: "belopp summa summor kronor penningbelopp pengar",
    FactName.EXTENSION: "förlängs förlängning förlänga automatiskt automatisk löpande",
    FactName.UNTIL_FURTHER_NOTICE: "tillsvidare vidare tills löper",
    FactName.CONTACT_ROLE: "kontaktperson kontaktpersoner avtalsansvarig",
    FactName.REPLACES: "ersätter",
    FactName.AMENDS: "ändrar",
}
_SUBJECTS = {name: frozenset(stem(word) for word in words.split()) for name, words in _WORDS.items()}
_BESIDE = frozenset(
    stem(word)
    for word in """
            månad månader månaders år års halvår halvårs kvartal kvartals vecka veckor veckors dag dagar dagars
            ett en två tre fyra fem sex nio tolv arton tjugofyra minst mer längre än bara
            eget egen egna bestämt bestämd fast satt alls
        """.split()
)
"""Words of a period: with them the question narrows a field, it does not leave it."""


SPOKEN_OF = frozenset(
    {FactName.NOTICE_PERIOD, FactName.REGISTRY_NUMBER, FactName.CONTACT_ROLE, FactName.EXTENSION}
)
"""Fields whose words mean nothing else: an agreement that holds them without the field is uncertain."""


def card_subject(question: Question) -> FactName | None:
    """The card's field that the question's subject is, every word of it; None for other subjects."""
    stems = {term.stem for term in question.terms} - _BESIDE
    stems = {name for name in stems if not name.isdigit()}
    return next((name for name, words in _SUBJECTS.items() if stems and stems <= words), None)


def stated(agreement: Agreement, name: FactName, question: Question) -> Fact | None:
    """The agreement's own fact in that field, of the length that the question gives if it gives one."""
    wanted = _durations(question.read_as) if name is FactName.NOTICE_PERIOD else frozenset()
    facts = (fact for fact in agreement.facts if fact.name is name)
    return next((fact for fact in facts if not wanted or in_months(fact.value) in wanted), None)


def _durations(text: str) -> frozenset[str]:
    """The periods that a text names, as ISO durations; years are told in months."""
    found = expressions_in(text, 0, len(text), ExpressionKind.PERIOD)
    values = (duration_value(text[each.start : each.end]) for each in found)
    return frozenset(in_months(value) for value in values if value)


_YEARS = re.compile(r"P(\d+)Y")


def in_months(duration: str) -> str:
    """The ISO duration with its years as months: P1Y is P12M."""
    years = _YEARS.fullmatch(duration)
    return f"P{12 * int(years[1])}M" if years else duration
