"""The list question for what nobody has signed yet: vilka dokument är inte påskrivna, vilka är bara utkast eller mallar?"""

from __future__ import annotations

import re

from corpus.types import Agreement
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.quotes import sentence_at
from retriever.types import Coverage

_SIGNED = r"(?:påskriv\w*|underskriv\w*|undertecknad\w*|undertecknat\w*|signera\w*|skriv(?:na|it|its|en|et)\s+(?:på|under))"
_ASKED = re.compile(
    rf"(?i)\b(?:inte|ej|aldrig)\s+(?:(?:ännu|än|har|blivit|är)\s+){{0,2}}{_SIGNED}(?:\s+(?:än|ännu))?\s*\??$"
    rf"|\b(?:o(?:under(?:skrivna|tecknade)|signerade))\b|\bsaknar\s+(?:\w+\s+)?(?:underskrift|signatur)(?:er)?\s*\??$"
    rf"|\b(?:är|bara|endast|enbart|fortfarande|ännu)\s+(?:ett\s+|en\s+)?(?P<only>utkast|mallar|mall)\b"
)
_STATES = {
    "mall": (r"mall|blankett|template", r"\A\W*(?:MALL|Mall|Blankett)\b"),
    "utkast": (
        r"utkast|draft|osignera\w*|ej\s+(?:under(?:tecknad|skriven)|signerad)\w*",
        r"\b(?:UTKAST|ARBETSUTKAST|DRAFT)\b|\A\W*Utkast\b|(?i:\b(?:ej|inte)\s+(?:ännu\s+)?(?:undertecknat|undertecknad|underskrivet|underskriven|signerat|signerad|påskrivet)\b)",
    ),
    "förslag": (
        r"tjänsteskrivelse|tjskr|tjut",
        r"(?i:\bförslag\s+till\s+beslut\b|\b(?:får|fick|ges|gavs)\s+i\s+uppdrag\s+att\s+(?:under)?teckna\b|\buppdra(?:g|r|s)?\s+(?:åt|till)\s+[^.,\n]{0,60}\batt\s+(?:under)?teckna\b)",
    ),
}
"""What the file is called and how its opening says that it is a form to fill in, a draft, or a proposal to sign."""
OPENING = 800
"""Characters of a text where it says that it is a draft or a proposal."""


def draft_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose name or opening says that they are a form, a draft or a proposal, and the phrase; None for other questions."""
    phrase = _ASKED.search(asked.question.read_as)
    if phrase is None:
        return None
    only = (phrase["only"] or "").casefold()
    states = [state for state in _STATES if not only or only.startswith(state)]
    judged = (_draft(asked, agreement, state) for agreement in asked.agreements for state in states)
    found = {each.agreement.agreement_id: each for each in judged if each}
    return list(found.values()), "är utkast, mallar eller förslag" if len(states) > 1 else f"är {only}"


def _draft(asked: Asked, agreement: Agreement, state: str) -> Judged | None:
    """The agreement where its name or its opening tells the state."""
    name, text = _STATES[state]
    named = re.search(rf"(?i)(?<![a-zåäö])(?:{name})(?![a-zåäö])", agreement.agreement_id.replace("_", " "))
    said = re.search(text, agreement.text[:OPENING])
    place = sentence_at(asked.engine, agreement, said.end() - 1) if said else None
    place = place or asked.engine.first_sentence(agreement.agreement_id)
    if place is None or not (named or said):
        return None
    why = f"'{said[0].strip()}' står i texten" if said else f"'{named[0] if named else state}' står i namnet"
    return Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,))
