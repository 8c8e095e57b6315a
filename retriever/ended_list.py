"""The list question for what no longer holds: vilka avtal är utgångna, uppsagda, inte längre i kraft?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.forms import ENDED
from retriever.lifetime import in_force_on
from retriever.quotes import sentence_at
from retriever.types import Coverage
from retriever.versions import replaced

_SAYS = {
    "notice": (
        r"\bUPPSAG[TD]\b|(?i:(?<!när )(?<!om )\bavtalet\s+(?:är|har)\s+(?:uppsagt|sagts\s+upp)|\bsäg(?:er|s)\b[^.\n]{0,60}\bupp\s+(?:avtalet\s+om|(?:det|vårt|ovanstående|nämnda)\s+\w*avtal\w*)\b"
        r"|(?:^|[.!\]]\s)(?:OBS!?\s*)?uppsag[td]\s+(?:av\b|den\b|från\b|per\b|\d))"
    ),
    "replaced": r"\bERSATT\b|(?i:(?:^|[.!\]]\s)(?:OBS!?\s*)?(?:avtalet\s+(?:är|har)\s+)?ersatts?\s+(?:från|av|med|genom|den|per|\d))",
    "closed": r"\b(?:AVSLUTA[TD]|UTGÅNGE[TN]|MAKULERA[TD])\b|(?i:(?:^|[.!\]]\s)(?:OBS!?\s*)?(?:avsluta[td]|makulera[td]|upphörde)\b[^.\n]{0,20}\d{4})",
}
"""How a text says that it no longer holds: a stamp or a registrar's note, and no sentence on when it may be so."""
_NAMED = {
    "notice": r"uppsag[td]|upps[äa]gning",
    "replaced": r"ersatta?|gammalt?",
    "closed": r"avsluta[td]|utgånge[tn]|upphört|inaktuell\w*|makulera[td]|ogiltig\w*",
}
"""What the agreement's file is called then."""
_TEXT = {state: re.compile(pattern, re.M) for state, pattern in _SAYS.items()}
_NAME = {state: re.compile(rf"(?i)(?<![a-zåäö])(?:{words})(?![a-zåäö])") for state, words in _NAMED.items()}
_ASKED = {
    "notice": re.compile(r"(?i)\bsagts?\s+upp|\buppsag|\bdragit\s+sig|\bavbrut|\b(?:hoppat|klivit)\s+av"),
    "replaced": re.compile(
        r"(?i)\b(?:er|ut|av)(?:satt|bytt|löst)\w*|\bbytts?\s+ut\b|\b(?:efterträdare|ersättare|avlösare)\b|\b(?:skrivit|tecknat)\s+(?:ett\s+)?ny(?:tt|a)\b"
    ),
    "closed": re.compile(r"(?i)\bavsluta|\bgjort\s+(?:oss|er|sig)\s+av\b"),
}
_BY_DATE = re.compile(r"(?i)\bkraft|\bgiltig|\bgäll|\butgång|\butlöpt|\bupphört|(?:löpt|gått)\s+ut\b")
"""Asks for what is over by its date as well."""


def ended_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose card, text or name says that they no longer hold, and the phrase; None for other questions."""
    question = asked.question
    text = question.text if ENDED.search(question.text) else question.read_as
    phrases = [match.group() for match in ENDED.finditer(text)]
    if not phrases:
        return None
    states = tuple(state for state, pattern in _ASKED.items() if pattern.search(text))
    dated = any(map(_BY_DATE.search, phrases)) or not states
    if dated or "closed" in states:
        states = tuple(_ASKED)
    outdone = replaced(asked.engine.index.links, lambda _: True) if "replaced" in states else frozenset()
    day = date.today() if dated else None
    found = [
        judged
        for agreement in asked.agreements
        if (judged := _ended(asked, agreement, states, day, agreement.agreement_id in outdone))
    ]
    return found, "har upphört att gälla" if day or "closed" in states else _CALLED[states]


_CALLED = {
    ("notice",): "är uppsagda",
    ("replaced",): "är ersatta",
    ("notice", "replaced"): "är uppsagda eller ersatta",
}


def _ended(
    asked: Asked, agreement: Agreement, states: Sequence[str], day: date | None, outdone: bool
) -> Judged | None:
    """The agreement where it says that it is in one of the states, or is `outdone`, or is over on the `day` if one is given."""
    said = next((found for state in states if (found := _TEXT[state].search(agreement.text))), None)
    named = next((found for state in states if (found := _NAME[state].search(agreement.agreement_id))), None)
    fact = next((f for f in agreement.facts if f.name is FactName.VALID_TO), None)
    place: Span | None = None
    if said:
        place, why = (
            sentence_at(asked.engine, agreement, said.end() - 1),
            f"'{said[0].strip()}' står i texten",
        )
    elif named:
        why = f"'{named[0]}' står i namnet"
    elif (
        day
        and not in_force_on(agreement, day, outdone)
        and not any(start > day.isoformat() for start in agreement.values(FactName.VALID_FROM))
    ):
        place = sentence_at(asked.engine, agreement, fact.start) if fact else None
        why = f"gällde till {agreement.values(FactName.VALID_TO)[0]}"
    elif outdone:
        why = "ersatt av ett annat avtal"
    else:
        return None
    place = place or asked.engine.first_sentence(agreement.agreement_id)
    return Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,)) if place else None
