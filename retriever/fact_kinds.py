"""Which expressions answer which question, the words that stand beside them, and the card's facts of that kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.expressions import ExpressionKind
from corpus.types import FactName
from retriever.asks import Asks
from retriever.question import Question

KINDS: Mapping[Asks, tuple[ExpressionKind, ...]] = {
    Asks.END: (ExpressionKind.DATE, ExpressionKind.PERIOD),
    Asks.START: (ExpressionKind.DATE,),
    Asks.SIGNED: (ExpressionKind.DATE,),
    Asks.DATE: (ExpressionKind.DATE, ExpressionKind.FREQUENCY, ExpressionKind.PERIOD),
    Asks.NOTICE: (ExpressionKind.PERIOD, ExpressionKind.DATE),
    Asks.AMOUNT: (ExpressionKind.AMOUNT, ExpressionKind.PERCENT),
    Asks.SIZE: (ExpressionKind.MEASURE, ExpressionKind.AMOUNT, ExpressionKind.PERCENT),
    Asks.PERIOD: (ExpressionKind.PERIOD, ExpressionKind.MEASURE),
    Asks.CLOCK: (ExpressionKind.PERIOD, ExpressionKind.DATE),
    Asks.LENGTH: (ExpressionKind.PERIOD, ExpressionKind.DATE),
    Asks.FREQUENCY: (ExpressionKind.FREQUENCY, ExpressionKind.PERIOD),
    Asks.PERCENT: (ExpressionKind.PERCENT, ExpressionKind.AMOUNT),
    Asks.SHARE: (ExpressionKind.PERCENT, ExpressionKind.AMOUNT),
    Asks.NUMBER: (ExpressionKind.NUMBER,),
    Asks.PHONE: (ExpressionKind.PHONE,),
    Asks.EMAIL: (ExpressionKind.EMAIL,),
}
"""The first kind answers best."""
RATE = re.compile(r"(?i)\b(?:\w*ränta\w*|\w*räntesats\w*|moms\w*|procent\w*|rabatt\w*)\b")
"""These are told in percent, never as a sum."""
CARD: Mapping[Asks, tuple[FactName, ...]] = {
    Asks.END: (FactName.VALID_TO,),
    Asks.START: (FactName.VALID_FROM, FactName.SIGNED),
    Asks.SIGNED: (FactName.SIGNED,),
    Asks.DATE: (FactName.SIGNED, FactName.VALID_FROM, FactName.VALID_TO),
    Asks.NOTICE: (FactName.NOTICE_PERIOD,),
    Asks.AMOUNT: (FactName.AMOUNT,),
    Asks.PERIOD: (FactName.NOTICE_PERIOD,),
    Asks.PERSON: (FactName.CONTACT_ROLE,),
    Asks.REGISTRY: (FactName.REGISTRY_NUMBER,),
}
OPEN = frozenset({Asks.WHICH, Asks.WHAT})
"""What kind of expression answers is not told by how these begin."""
WHO = frozenset({Asks.PERSON, Asks.ORGANISATION, Asks.PLACE, *OPEN})
OF_CONTACTS = frozenset({Asks.PERSON, Asks.ORGANISATION, Asks.PHONE, Asks.EMAIL, Asks.REGISTRY})
"""Asked for, these may stand in a block of contacts."""
IN_HEADINGS = frozenset({*OF_CONTACTS, Asks.END, Asks.START, Asks.SIGNED, Asks.DATE})
"""Asked for, these may stand in a heading: "UPPSAGT. Upphör 2025-06-30"."""
_ENDING = re.compile(r"(?i)\buppsägning\w*|\bs[äa]g\w*\s+upp\b")


def asks_of_whole(question: Question) -> bool:
    """True for what each agreement says of itself: its beginning, its end, its term of notice. Another's answers nothing."""
    of_notice = question.asks is Asks.PERIOD and _ENDING.search(question.read_as) is not None
    return of_notice or question.asks in (Asks.END, Asks.START, Asks.SIGNED, Asks.NOTICE)


_UNTIL = re.compile(
    r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m|tom\b|gäller\s+till\b|längst\s+till|fram\s+till|löper\s+ut|upphör\w*|utgången\s+av|går\s+ut|senast|slutdatum|stängs|avvecklas|avslutas|läggs\s+ned?\b)|(?<=\d)\s+till\b"
    r"|[–-]\s*(?=\d)"
)
CUES: Mapping[Asks, re.Pattern[str]] = {
    Asks.END: _UNTIL,
    Asks.LENGTH: _UNTIL,
    Asks.START: re.compile(
        r"(?i)\b(?:från\s+och\s+med|med\s+början|första\s+gången|fr\.\s?o\.\s?m|från\s+(?:den\s+)?(?=\d|$)|efter\s+(?=den\s+\d|$)|sedan|träder\s+i\s+kraft|gäller\s+från|börjar|startar|inleds|tillträde\w*|stå[r]?\s+klar\w*|öppna[rs]|invigs|i\s+drift)"
    ),
    Asks.PERIOD: re.compile(
        r"(?i)\b(?:uppsägningstid|in\s+force|valid|gäller|löper|avtalstid|inom|senast|tid(?!ig)|period|under|förlängs|löptid|varar)\w*"
    ),
    Asks.NOTICE: re.compile(
        r"(?i)\b(?:uppsägning\w*|säg\w*\s+upp|sägs|uppsagt|varsel|besked|senast|minst|före\b|innan|dessförinnan|i\s+förväg|optionen?\b|notice\b)"
    ),
    Asks.AMOUNT: re.compile(
        r"(?i)\b(?:omfattar|uppgår|belopp|ersättning|kostnad|avgift|hyra|betalar|budget|finansier\w*|bidrar|medel|pris|timpris|vite|avsätter|satsar|debiteras)\w*"
    ),
    Asks.SIGNED: re.compile(
        r"(?i)\b(?:undertecknad\w*|undertecknat?s?|tecknad\w*|tecknades|skrev\w*|skriv\w*\s+(?:på|under)|påskriv\w*|ingicks|slöts|signera\w*)\b"
    ),
    Asks.DATE: re.compile(
        r"(?i)\b(?:undertecknad\w*|undertecknades|tecknad\w*|tecknades|skrev\w*|gäller|träder|senast|startar|upphör\w*|den)\b"
    ),
}
MUST_BE_CUED = frozenset({Asks.END, Asks.START, Asks.SIGNED, Asks.NOTICE})
"""A date that nothing beside it says to be an end, a start or a last day is none."""
