"""Subjects that the agreement's card answers: "uppsägningstid", "slutdatum", "diarienummer"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.expressions import ExpressionKind, expressions_in
from corpus.quantities import duration_value
from corpus.types import Agreement, Fact, FactName
from indexer.swedish.stems import stem
from retriever.question import Question
from retriever.told_end import told_end

_WORDS: Mapping[FactName, str] = {
    FactName.NOTICE_PERIOD: "uppsägningstid uppsägningsfrist",
    FactName.VALID_TO: "slutdatum sluttid slutdag utgångsdatum löptid giltighetstid avtalstid avtalslängd",
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
    if _LEAVING.search(question.read_as) and period_asked(question.read_as):
        return FactName.NOTICE_PERIOD
    if _BY_ITSELF.search(question.read_as):
        return FactName.EXTENSION
    stems = {term.stem for term in question.terms} - _BESIDE
    stems = {name for name in stems if not name.isdigit()}
    return next((name for name, words in _SUBJECTS.items() if stems and stems <= words), None)


def stated(agreement: Agreement, name: FactName, question: Question) -> Fact | None:
    """The agreement's own fact in that field, of the length that the question gives if it gives one."""
    wanted = period_asked(question.read_as) if name is FactName.NOTICE_PERIOD else None
    facts = [fact for fact in agreement.facts if fact.name is name]
    if not facts and wanted and wanted.most < math.inf and (free := _AT_ANY_TIME.search(agreement.text)):
        return Fact(name, "när som helst", *free.span())
    return next((fact for fact in facts if wanted is None or wanted.holds(fact.value)), None)


_LEAVES = r"(?:lämna|dra\s+sig\s+ur|utträda|frånträda|avsluta|säga\s+upp|sägas\s+upp|hoppa\s+av|kliva\s+av)"
_AT_ANY_TIME = re.compile(
    rf"(?i)\b(?:kan|får)\b[^.]{{0,60}}\b(?:när\s+som\s+helst\b[^.]{{0,60}}\b{_LEAVES}|{_LEAVES}\b[^.]{{0,60}}\bnär\s+som\s+helst)\b"
)
"""Who may leave whenever he likes may leave within any time that is asked for."""
_ANY_AMOUNT = re.compile(r"(?i)\b(?:nämn|omnämn)\w*\b|\balls\b|\bi\s+kronor\b")
"""Asks for any amount that stands in the text, and not for the sum that the agreement is worth."""


def told_at(agreement: Agreement, field: FactName, question: Question) -> tuple[int, str] | None:
    """Where the agreement states the field, by its card or by its text alone, and how; None where it does not."""
    if fact := stated(agreement, field, question):
        return fact.start, f"{fact.value} står i texten"
    if field is FactName.VALID_TO and (told := told_end(agreement)):
        return told[1].start, f"slutar {told[0].isoformat()} enligt texten"
    if field is FactName.AMOUNT and _ANY_AMOUNT.search(question.read_as):
        amounts = expressions_in(agreement.text, 0, len(agreement.text), ExpressionKind.AMOUNT)
        if first := next(amounts, None):
            return first.start, f"{agreement.text[first.start : first.end]} står i texten"
    return None


_LEAVING = re.compile(
    r"(?i)\b(?:säg\w*|hoppa[rs]?|kliv(?:a|er|as)|tar?\s+sig)\s+(?:\w+\s+){0,2}?(?:upp|av|ur)\b|\b(?:lämna|lämnas|avsluta|avslutas|avbryta|avbrytas|"
    r"bryta|brytas|går?\s+ur|drar?\s+sig\s+ur|komm(?:a|er)\s+ur|uppsägning\w*|varsel|varslar?|framförhållning|(?:i|på)\s+förväg[^?]*\bslut\w*|slut\w*[^?]*\b(?:i|på)\s+förväg)\b"
)
"""Speaks of leaving an agreement: with a period, "lämna inom tre månader", the period of notice is asked for."""
_BY_ITSELF = re.compile(
    r"(?i)\b(?:rullar|löper|fortsätter|förlängs|förnyas|tickar|går)\s+(?:\w+\s+){0,3}?(?:av\s+sig\s+själv\w*|automatiskt|om\s+(?:ingen|man\s+inte|vi\s+inte|inget)\b)"
)
"""Speaks of an agreement that is extended where nobody does anything."""
_THAN = r"(?:\s+\w+){0,3}?\s+än"
_AT_LEAST = re.compile(
    rf"(?i)\b(?:eller\s+(?:mer|längre|fler|över)|minst|åtminstone|(?:längre|mer){_THAN}|över|uppåt)\b"
)
_AT_MOST = re.compile(
    r"(?i)\b(?:inom|högst|max|maximalt|som\s+mest|under|eller\s+(?:ännu\s+)?(?:mindre|kortare|snabbare|färre)"
    rf"|(?:kortare|mindre|snabbare){_THAN})\b"
)
_STRICTLY = re.compile(rf"(?i)\b(?:längre|mer|kortare|mindre|snabbare){_THAN}\b")


@dataclass(frozen=True, slots=True)
class PeriodAsked:
    """The periods of notice that a question asks for: of one of these lengths, or `least` to `most` months."""

    exactly: frozenset[str]
    least: float = 0.0
    most: float = math.inf

    def holds(self, duration: str) -> bool:
        """True for an ISO duration that is asked for."""
        if self.exactly:
            return in_months(duration) in self.exactly
        return self.least <= months(duration) <= self.most


def period_asked(text: str) -> PeriodAsked | None:
    """The periods that a question's text asks for; None where it names none. A whole year is a year."""
    text = _WHOLE.sub("", text)
    found = expressions_in(text, 0, len(text), ExpressionKind.PERIOD)
    values = [value for each in found if (value := duration_value(text[each.start : each.end]))]
    if not values:
        return None
    beside = _A_LITTLE if _STRICTLY.search(text) else 0.0
    if _AT_LEAST.search(text):
        return PeriodAsked(frozenset(), least=min(map(months, values)) + beside)
    if _AT_MOST.search(text):
        return PeriodAsked(frozenset(), most=max(map(months, values)) - beside)
    return PeriodAsked(frozenset(map(in_months, values)))


_WHOLE = re.compile(r"(?i)(?<=\s)hel[at]?\s+(?=(?:halv)?år\b|månad|kvartal|veck)")
_A_LITTLE = 0.01
_MONTHS_IN = {"Y": 12.0, "M": 1.0, "W": 7 / 30, "D": 1 / 30}


def months(duration: str) -> float:
    """An ISO duration of one unit in months of thirty days: P2W is .47."""
    return float(duration[1:-1]) * _MONTHS_IN[duration[-1]]


_YEARS = re.compile(r"P(\d+)Y")


def in_months(duration: str) -> str:
    """The ISO duration with its years as months: P1Y is P12M."""
    years = _YEARS.fullmatch(duration)
    return f"P{12 * int(years[1])}M" if years else duration
