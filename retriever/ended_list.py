"""The list question for what no longer holds: vilka avtal är utgångna, uppsagda, inte längre i kraft?"""

from __future__ import annotations

import re
from datetime import date

from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged
from retriever.forms import ENDED
from retriever.lifetime import in_force_on
from retriever.quotes import sentence_at
from retriever.types import Coverage
from retriever.versions import replaced

_TERMINATED = re.compile(
    r"(?i)\bUPPSAGT\b|(?<!när )(?<!om )\bavtalet\s+(?:är|har)\s+(?:uppsagt|sagts\s+upp)|\bsäg(?:er|s)\b[^.\n]{0,60}\bupp\s+avtalet\s+om\b"
)


def ended_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose card or text says that they no longer hold, and the phrase; None for other questions."""
    text = asked.question.text
    phrases = [match.group() for match in ENDED.finditer(text)] or ENDED.findall(asked.question.read_as)
    if not phrases:
        return None
    day = None if all(map(_BY_NOTICE.search, phrases)) else date.today()
    either = day is not None or _REPLACED.search(text) is not None
    outdone = replaced(asked.engine.index.links, lambda _: True) if either else frozenset()
    found = [
        judged
        for agreement in asked.agreements
        if (judged := _ended(asked, agreement, day, agreement.agreement_id in outdone))
    ]
    by_notice = "är uppsagda eller ersatta" if either else "är uppsagda"
    return found, "har upphört att gälla" if day else by_notice


_BY_NOTICE = re.compile(r"(?i)\bsagts?\s+upp|\buppsag|\bdragit\s+sig|\b(?:hoppat|klivit)\s+av")
_REPLACED = re.compile(r"(?i)\b(?:er|ut|av)(?:satt|bytt|löst)\w*")


def _ended(asked: Asked, agreement: Agreement, day: date | None, outdone: bool) -> Judged | None:
    """The agreement where it says that notice has been given, or is `outdone`, or is over on the `day` if one is given."""
    terminated = _TERMINATED.search(agreement.text)
    fact = next((f for f in agreement.facts if f.name is FactName.VALID_TO), None)
    place: Span | None
    if terminated:
        place, why = sentence_at(asked.engine, agreement, terminated.start()), "uppsagt enligt texten"
    elif (
        day
        and not in_force_on(agreement, day, outdone)
        and not any(start > day.isoformat() for start in agreement.values(FactName.VALID_FROM))
    ):
        place = sentence_at(asked.engine, agreement, fact.start) if fact else None
        why = f"gällde till {agreement.values(FactName.VALID_TO)[0]}"
    elif outdone:
        place, why = None, "ersatt av ett annat avtal"
    else:
        return None
    place = place or asked.engine.first_sentence(agreement.agreement_id)
    return Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,)) if place else None
