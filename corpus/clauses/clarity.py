"""How clearly a statement speaks of the term of the agreement itself."""

from __future__ import annotations

import re

from corpus.clauses.statements import AGREEMENT, Statement

_SPAN = r"(?=\s+(?:om\s+)?(?:tiden|perioden|åren|kalenderår\w*|läsår\w*|trafikår\w*|(?:\w+|\d+)\s+(?:år|månader)\b))"
VERB = (
    r"(?:gäller|gälla|gällande|giltig\w*|löper|löpa|upphör\w*|träder|träda|börjar|startar|ingås|tecknas|sträcker|varar|förlängs|"
    rf"avslutas|inleds|påbörjas|pågår|är\s+bindande|omfattar{_SPAN}|avser{_SPAN}|"
    r"is\s+valid|is\s+effective|takes\s+effect|enters\s+into\s+force|comes\s+into\s+force|(?:remains|shall\s+remain|is)\s+in\s+force|"
    r"expires?|shall\s+(?:apply|enter)|runs|continues)"
)
VALID = re.compile(
    rf"(?i)\b(?:{VERB}|avtalstid\w*|avtalsperiod\w*|giltighet\w*|hyrestid\w*|löptid\w*|ikraftträdande\w*|startdatum|slutdatum|tillträde\w*|varaktighet\w*)\b"
)
TERM_HEADING = re.compile(
    r"(?i)giltighet|avtalstid|avtalsperiod|avtalets? (?:tid|längd)|löptid|hyrestid|varaktighet|ikraftträd|upphörande|\btid\b|uppsägning|förläng|hur länge|"
    r"\b(?:duration|term|validity|entry into force|period)\b"
)
_OWN_TERM = re.compile(
    rf"(?i)\b(?:{AGREEMENT}|avtalstiden?|avtalsperioden|hyrestiden|giltighetstiden|löptiden|partnerskapsperioden|uppdraget|det|den|detta|denna|parterna)\W*$"
)
_TERM_LABEL = re.compile(
    r"(?i)^\W*(?:avtalstid\w*|avtalsperiod\w*|giltighet\w*|gäller|löptid|hyrestid|period|tid|startdatum|slutdatum|start|slut|ikraftträdande|tillträde\w*)\b\s*(?:[:|]|\d|fr|t)"
)
_LOST = re.compile(r"(?i)\b(?:upphörde|gällde|löpte|sades)\b")
_UNDERTAKING = re.compile(
    r"(?i)\b(?:projekt|program|deposition|upplåtelse|arrende|nyttjanderätt|licens|lån|servitut|uppdrag|insats|satsning|anställning|utbyte|medlemskap)(?:en|et|n)?\W*$"
)
"""What an agreement is about, where its time is the agreement's: "Depositionen gäller i 25 år"."""
_CONCLUDED = re.compile(
    rf"(?i)\b(?:ingå|ingår|ingås|sluter|tecknar|teckna|träffar)\b[^.]{{0,80}}{AGREEMENT}[^.]{{0,120}}\bför\s+(?:perioden|tiden|åren|kalenderåren)\b"
    r"|\b(?:enades|enas|överens|överenskommit)\b[^.]{0,60}\bför\s+\w*perioden\b"
)
""" "… beslutar att ingå partnerskap med X för perioden …", "enades om följande för mandatperioden"."""


def clarity(statement: Statement) -> int:
    """3 the agreement is the subject, 2 a label, 1 the heading speaks of its term, 0 nothing known, -1 another's."""
    words = statement.words
    if _LOST.search(words):
        return -1
    if _TERM_LABEL.match(words):
        return 2
    under = 1 if TERM_HEADING.search(statement.heading) else 0
    verb = re.search(rf"(?i)\b{VERB}\b", words)
    if verb is None:
        if re.search(r"(?i)\b(?:avtalstiden|avtalsperioden|hyrestiden|giltighetstiden|löptiden)\b", words):
            return 3
        return under or _concluded(words)
    subject = words[: verb.start()]
    follower = re.match(
        rf"(?i)\W*(?:även\s+)?(?:detta\s+|denna\s+|det\s+)?{AGREEMENT}\b", words[verb.end() :]
    )
    if _OWN_TERM.search(subject) or follower:
        pronoun = re.search(r"(?i)\b(?:det|den|detta|denna|parterna)\W*$", subject)
        return (2 if under else 0) if pronoun else 3
    if (
        re.search(rf"(?i)^(?:\W*(?:detta|denna|föreliggande|this|the))?\W*{AGREEMENT}\b", subject)
        and len(subject) < 120
    ):
        return 3 if under else 2
    if _UNDERTAKING.search(subject):
        return 1
    if under:
        return 0 if re.search(r"(?i)[a-zåäö]{4,}(?:en|et|na|n|ar|er|or)\W*$", subject) else 1
    return 0 if re.match(rf"(?i)\W*(?:det|den|{AGREEMENT})\b", words) else _concluded(words)


def _concluded(words: str) -> int:
    return 0 if _CONCLUDED.search(words) else -1
