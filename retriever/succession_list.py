"""The list question for what another agreement replaces, or what replaces or amends another: vilka handlingar ändrar ett tidigare avtal?"""

from __future__ import annotations

import re

from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.forms import AGREEMENT_NOUN
from retriever.quotes import sentence_at
from retriever.types import Coverage
from retriever.versions import replacing

_REPLACED = re.compile(r"(?i)\b(?:har\s+|är\s+)?(?:ersatts|ersatta|ersätts|avlösts|avlösta)\b")
_REPLACES = r"(?:ersätter|ersatt|avlöser|upphäver|upphävt)"
_AMENDS = r"(?:ändrar|ändrat|kompletterar|justerar|är\s+(?:ett\s+)?tillägg(?:savtal)?\s+till)"
_EITHER = rf"(?:{_REPLACES}|{_AMENDS})"
_SUCCEEDS = re.compile(
    rf"(?i)\b(?P<does>{_EITHER}(?:(?:\s*,\s*|\s+(?:eller|och)\s+){_EITHER})*)\s+"
    rf"(?:ett|något|några|andra|annat|äldre|tidigare|gamla|befintlig\w*)\s+(?:\w+\s+){{0,2}}?{AGREEMENT_NOUN}\b"
)


def succession_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements that another in the index replaces, or that say that they replace or amend one, and the phrase;
    None for other questions."""
    text = asked.question.read_as
    if asked.question.absent:
        return None
    if does := _SUCCEEDS.search(text):
        fields = [
            name
            for name, said in ((FactName.REPLACES, _REPLACES), (FactName.AMENDS, _AMENDS))
            if re.search(f"(?i){said}", does["does"])
        ]
        told = ((a, _told(asked, a, fields)) for a in asked.agreements)
        found = [
            Judged(a, Coverage.EXPLICIT, 1.0, (place,), ("står i texten",)) for a, place in told if place
        ]
        return found, does.group()
    phrase = _REPLACED.search(text) or _REPLACED.search(asked.question.text)
    return (_outdone(asked), phrase[0].strip()) if phrase else None


def _told(asked: Asked, agreement: Agreement, fields: list[FactName]) -> Span | None:
    """The sentence by which the agreement's card has one of the fields; None where it has none."""
    facts = (fact for fact in agreement.facts if fact.name in fields)
    return next(
        (place for fact in facts if (place := sentence_at(asked.engine, agreement, fact.start))), None
    )


def _outdone(asked: Asked) -> list[Judged]:
    found: list[Judged] = []
    for agreement in asked.agreements:
        newer = replacing(asked.engine.index.links, agreement.agreement_id)
        place = asked.engine.first_sentence(agreement.agreement_id)
        if newer and place:
            why = (f"ersätts av {', '.join(newer)}",)
            found.append(Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), why))
    return found
