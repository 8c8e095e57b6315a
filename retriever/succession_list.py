"""The list question for what replaces or amends another agreement: vilka handlingar ändrar ett tidigare avtal?"""

from __future__ import annotations

import re

from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.forms import AGREEMENT_NOUN
from retriever.quotes import sentence_at
from retriever.types import Coverage

_REPLACES = (
    r"(?:ersätter|ersatte|ersatt|avlöser|avlöste|avlöst|upphäver|upphävt|efterträder|efterträdde|efterträtt|(?:tar|tog|tagit)\s+(?:över|vid)\s+efter"
    r"|(?:kommit|kom|trätt|träder|tecknats|tecknades|skrivits|skrevs|är|gäller)\s+(?:istället|i\s+ställe[t]?)\s+för)"
)
_AMENDS = r"(?:ändrar|ändrat|kompletterar|justerar|är\s+(?:ett\s+)?tillägg(?:savtal)?\s+till)"
_EITHER = rf"(?:{_REPLACES}|{_AMENDS})"
_SUCCEEDS = re.compile(
    rf"(?i)\b(?P<does>{_EITHER}(?:(?:\s*,\s*|\s+(?:eller|och)\s+){_EITHER})*)\s+"
    rf"(?:(?:ett|en|något|någon|några|andra|annat|äldre|tidigare|gamla|befintlig\w*|föregående)\s+(?:\w+\s+){{0,2}}?{AGREEMENT_NOUN}\b"
    r"|(?:ett|något)\s+(?:äldre|tidigare|annat|gammalt)\s*\??$)"
)


def succession_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements that say that they replace or amend another, and the phrase; None for other questions."""
    does = _SUCCEEDS.search(asked.question.read_as)
    if does is None or asked.question.absent:
        return None
    fields = [
        name
        for name, said in ((FactName.REPLACES, _REPLACES), (FactName.AMENDS, _AMENDS))
        if re.search(f"(?i){said}", does["does"])
    ]
    told = ((a, _told(asked, a, fields)) for a in asked.agreements)
    found = [Judged(a, Coverage.EXPLICIT, 1.0, (place,), ("står i texten",)) for a, place in told if place]
    return found, does.group()


def _told(asked: Asked, agreement: Agreement, fields: list[FactName]) -> Span | None:
    """The sentence by which the agreement's card has one of the fields; None where it has none."""
    facts = (fact for fact in agreement.facts if fact.name in fields)
    on_card = (place for fact in facts if (place := sentence_at(asked.engine, agreement, fact.start)))
    said = _SAYS_REPLACES.search(agreement.text) if FactName.REPLACES in fields else None
    return next(on_card, sentence_at(asked.engine, agreement, said.start()) if said else None)


_SAYS_REPLACES = re.compile(
    rf"(?i)\b(?:detta|denna)\s+\w+\s+(?:\w+\s+)?träder\s+i\s+(?:dess|deras|stället\s+för)\b"
    rf"|\b(?:avtalet|överenskommelsen|kontraktet|(?:detta|denna)\s+\w+)\s+(?:\w+\s+)?(?:ersätter|avlöser|upphäver)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?[\w-]*{AGREEMENT_NOUN}\b"
)
"""What it replaces, where the card has no name of it: "denna överenskommelse ersätter de bilaterala avtalen", or "träder i dess ställe"."""
