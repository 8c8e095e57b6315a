"""The list question for how many have joined: vilka avtal har fler än två parter?"""

from __future__ import annotations

import re

from corpus.quantities import number_value
from corpus.types import FactName
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.quotes import sentence_at
from retriever.types import Coverage

_WHO = r"(?:parter\w*|undertecknare|avtalande|aktörer|som\s+(?:\w+\s+){0,2}?(?:gått\s+ihop|undertecknat|skrivit\s+under|skrivit\s+på|ingått))"
_MORE = re.compile(
    rf"(?i)\b(?:fler|flera|mer)\s+än\s+(?P<than>\w+)\s+(?:\w+\s+)?{_WHO}"
    rf"|\b(?:minst|åtminstone)\s+(?P<least>\w+)\s+(?:\w+\s+)?{_WHO}"
    rf"|\b(?P<more>\w+)\s+eller\s+fler\s+{_WHO}|\bflerparts\w*"
)


def counted_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose cards name at least so many parties, and the phrase; None for other questions."""
    phrase = _MORE.search(asked.question.read_as)
    if phrase is None or asked.question.absent:
        return None
    told = phrase["than"] or phrase["least"] or phrase["more"] or "tre"
    number = number_value(told)
    if number is None:
        return None
    least = int(number) + (1 if phrase["than"] else 0)
    found: list[Judged] = []
    for agreement in asked.agreements:
        facts = {fact.value: fact for fact in agreement.facts if fact.name is FactName.PARTY}
        place = sentence_at(asked.engine, agreement, next(iter(facts.values())).start) if facts else None
        if len(facts) >= least and place:
            found.append(Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (f"{len(facts)} parter",)))
    return found, f"har minst {least} parter"
