"""Which figures cannot be the one asked for: by what is measured, by when it was, by what it is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.expressions import ExpressionKind
from corpus.types import Span
from retriever.asks import SPEED_ASKED, Asks
from retriever.short_texts import QUESTIONS

_MEASURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"(?i)\b(?:hur\s+mycket|vad)\s+väg(?:er|de)\b|\bhur\s+tung[at]?\s+(?:är|var|får)\b"),
        re.compile(r"(?i)\b(?:\w*gram|kilo|kg|ton)\b"),
    ),
    (
        re.compile(r"(?i)\bhur\s+mycket\s+(?:el|ström|energi)\b"),
        re.compile(r"(?i)watt|\b[kMGT]?Wh?\b|\bprocent\b|%"),
    ),
    (
        re.compile(r"(?i)\bhur\s+gam(?:mal|la)\b|\bvilk(?:en|a)\s+åld(?:er|rar)\w*"),
        re.compile(r"(?i)år\b|års|månad|\byears?\b"),
    ),
    (
        re.compile(
            r"(?i)\bhur\s+stor[at]?\s+(?:är|var|blir|blev|ska|skall|kommer)\s+(?:de[nt]\s+)?(?:(?:\w+[dj]e|första|andra|nya|gamla|stora|lilla|planerade)\s+)?\w*(?:lokal|labb|hall|yta|rum|mark|tomt|område|hus|byggnad|fastighet|park|sjö|skog|lägenhet|testbädd|verkstad|bassäng)\w*"
        ),
        re.compile(r"(?i)\b(?:\w*meter|kvm|m2|m²|hektar|ha|rum|tunnland|square\s+met\w+)\b|m²"),
    ),
    (
        re.compile(r"(?i)\bhur\s+(?:kallt|varmt|kyligt)\b|\bvilken\s+(?:\w+\s+)?temperatur"),
        re.compile(r"(?i)grader|°|\bC\b|celsius|degrees"),
    ),
    (
        re.compile(rf"(?i)\b{SPEED_ASKED}"),
        re.compile(r"(?i)\bkm/h|\bkm/tim|\bkilometer\s+i\s+timmen|\bknop\b|\bm/s\b"),
    ),
)
"""What is asked for, and the units in which it is told."""
_AGE = re.compile(r"(?i)\bhur\s+gam(?:mal|la)\b|\bvilk(?:en|a)\s+åld(?:er|rar)\w*")
_NO_AGE = re.compile(r"(?i)\b(?:inom|efter|per|vart|varje|senast|förlängs\s+med|var)\s+(?:\w+\s+)?$")
""" "Inom ett år från anställningen" tells nobody's age."""
_MONTH = r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_TOLD_BY: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"(?i)\bvilken\s+veckodag\b|\bvilk(?:en|a)\s+(?:vecko)?dag(?:ar)?\s+i\s+veckan\b"
            r"|\bvilk(?:en|a)\s+(?:kväll|förmiddag|eftermiddag)(?:ar)?\b"
        ),
        re.compile(
            r"(?i)(?:mån|tis|ons|tors|fre|lör|sön|var)dag|\bhelg|\bdagligen|\b(?:alla\s+dagar|varje\s+dag)\b"
            r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        ),
    ),
    (
        re.compile(r"(?i)\bhur\s+dags\b|\bvilket\s+klockslag\b"),
        re.compile(
            r"(?i)(?<![\d,])(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?(?![\d,])(?!\s*(?:\w*timm|minut|dag|dygn|veck|månad|år\b|%|procent|(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)))"
        ),
    ),
    (re.compile(r"(?i)\bvilken\s+månad\b"), re.compile(rf"(?i)\b(?:{_MONTH})|\d-\d\d\b")),
    (
        re.compile(r"(?i)\b(?:när\s+på\s+året|vilken\s+(?:tid\s+på\s+året|årstid))\b"),
        re.compile(
            rf"(?i)^(?=.*(?:{_MONTH}|vår|sommar|höst|vinter|\bjul|påsk|lov|helg|termin|kvartal|veck))(?!.*\b(?:19|20)\d\d\b)"
        ),
    ),
)
"""A day of the week and a month are told by their names, an hour by its figure, a time of the year by what comes each year."""
_OF_CLOCK = re.compile(r"(?i)\b(?:klockan|kl\.?)\s*(?:\d{1,2}(?:[.:]\d\d)?\s*(?:–|-|och|till)\s*)?$")
_ASKS_NOTICE = re.compile(r"(?i)\b(?:uppsägningstid|varsel|varslas?|säg\w*\s+(?:\w+\s+){0,3}?upp)\b")
_EXTENDS_BY = re.compile(
    r"(?i)\b(?:förläng|prolonger|förny)\w*\s+(?:[\w-]+\s+){0,3}?(?:med|i|på)\s+(?:ytterligare\s+)?$"
)
""" "Förlängs avtalet med tre år": no period of notice."""
_COUNTED = re.compile(
    r"(?i)\bhur\s+många\s+((?:kilo|mega|giga)watt(?:timm)?|kilo(?=\b)|ton\b|liter\b|grader\b|hektar\b|\w*meter\b)"
)
"""A unit that is asked for by its name: a number of anything else is no answer."""
_SHORT = {
    "kilowatt": r"\bkW\b",
    "megawatt": r"\bMW\b",
    "kilowattimm": r"\bkWh\b",
    "kilo": r"\bkg\b",
    "hektar": r"\bha\b",
    "kvadratmeter": r"\b(?:kvm|m2)\b|m²",
    "kubikmeter": r"\bm3\b|m³",
    "kilometer": r"\bkm\b",
}
AFTER = 25
"""Characters after a number within which its unit stands."""
_HAPPENED = re.compile(
    r"(?i)\b(?:när|vilket\s+(?:år|datum)|vilken\s+dag)\s+(?:blev|byggdes|grundades|bildades|invigdes|öppnades|uppfördes|köptes|föddes|infördes|anlades|skapades|renoverades)\b"
)
_TO_COME = re.compile(
    r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m\.?|senast|längst\s+till|fram\s+till)\s+(?:den\s+)?$"
)

_READY = re.compile(
    r"(?i)^\W*när\s+(?:(?:ska|skall|kan|blir|är|beräknas|väntas)\b[^?]*\b(?:klar|färdig)\w*\s*\??$|öppna[rs]?\b)"
)
"""What is not there yet is told by its coming: a date of anything else is no answer."""
_IS_READY = re.compile(
    r"(?i)klar[ta]?\b|färdig|\bta(?:s|r)?\s+fram\b|lämna|redovis|slutför|öppn|invig|i\s+drift|i\s+bruk|bygg|inflytt|börja|start|lever"
)
_CAME_TO_BE = re.compile(
    r"(?i)bygg|uppför|stod\s+klar|invig|bild|grund|stift|inrätt|född|öppn|sedan\b|anla|anlä|köp|inför|skap|renover|blev|blivit"
)
_SIGNATURE = re.compile(
    r"\W*(?!Under|Senast|Tidigast|Efter|Från|Till|Sedan|Före|Våren|Hösten)[A-ZÅÄÖ][\wåäö-]+(?:\s+[A-ZÅÄÖ][\wåäö-]+)?,?\s+(?:den\s+)?$"
)
""" "Granboda den 3 maj 2024" above the names: where and when it was signed, nothing else."""
_SIGNED_ON = re.compile(
    r"(?i)\b(?:undertecknat?|undertecknades|daterat?|tecknat|tecknades|ingånget|ingicks|slutet|slöts)\s+(?:den\s+)?$"
)
_OF_SIGNING = re.compile(
    r"(?i)\b(?:\w*teckna\w*|dater\w*|ing(?:å|ic)\w*|slut\w*|slöt\w*|skriv\w*|skrev\w*|kom\w*\s+(?:till|överens)|avtal(?:ade|at|et)|gjord\w*|undertecknande\w*)\b"
)
""" "Avtalet, undertecknat den 17 februari 2021": the agreement's own day, no day of what it is about."""
_OF_REPLACED = re.compile(r"(?i)\b(?:ersätter|ersatte|avlöser|avlöste|upphäver|ändrar|tillägg\s+till)\b")
""" "Ersätter det avtal som undertecknades den …": the day of another."""
_ASKS_REPLACED = re.compile(
    r"(?i)\b(?:ersatt\w*|ersätt\w*|äldre|förra|förr[ae]n|tidigare|gamla|första|ursprunglig\w*|föregåend\w*)\b"
)
_ALONE = re.compile(r"\s*$|,|\n|\s{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def can_be_meant(asks: Asks, asked: str, text: str, sentence: Span, kind: ExpressionKind, span: Span) -> bool:
    """False for a measure of something else than is asked for, and for the date of another thing."""
    figure = text[span.start : span.end]
    before = text[sentence.start : span.start]
    told_by, measured_by, ready = _wanted(asked)
    if not all(said.search(figure) for said in told_by):
        return False
    if ready and not _IS_READY.search(text, sentence.start, sentence.end):
        return False
    if (_AGE.search(asked) and _NO_AGE.search(before)) or _is_deadline(asks, asked, kind, before):
        return False
    if asks is Asks.NUMBER and _OF_CLOCK.search(before):
        return False
    if kind is ExpressionKind.PERIOD and _ASKS_NOTICE.search(asked) and _EXTENDS_BY.search(before):
        return False
    if kind is ExpressionKind.DATE:
        if _is_other_end(asks, before, text[span.end : sentence.end]) or _is_of_agreement(
            asks, asked, before
        ):
            return False
        if asks is Asks.SIGNED and _OF_REPLACED.search(before) and not _ASKS_REPLACED.search(asked):
            return False
        if asks is Asks.CLOCK and _YEAR.fullmatch(figure):
            return False
        if asks is Asks.DATE and _SIGNATURE.fullmatch(before) and _ALONE.match(text, span.end, sentence.end):
            return False
        if asks is Asks.DATE and _SIGNED_ON.search(before) and not _OF_SIGNING.search(asked):
            return False
        came = _CAME_TO_BE.search(text, sentence.start, sentence.end)
        return not (_HAPPENED.search(asked) and (came is None or _TO_COME.search(before)))
    if not _in_unit(asked, text[span.start : min(sentence.end, span.end + AFTER)]):
        return False
    return all(said.search(figure) for said in measured_by)


@lru_cache(maxsize=QUESTIONS)
def _wanted(asked: str) -> tuple[Sequence[re.Pattern[str]], Sequence[re.Pattern[str]], bool]:
    """By what the question is told and measured, and whether it asks when something is ready: the same for each figure."""
    told_by, measured_by = (
        [said for ask, said in pairs if ask.search(asked)] for pairs in (_TOLD_BY, _MEASURES)
    )
    return told_by, measured_by, _READY.search(asked) is not None


_BY_THEN = re.compile(r"(?i)\bsenast\s+(?:inom\s+)?$")
_ASKS_DEADLINE = re.compile(r"(?i)\b(?:senast|före|innan|förväg|efter)\b")


def _is_deadline(asks: Asks, asked: str, kind: ExpressionKind, before: str) -> bool:
    """True for "senast nio månader före …" where it is asked how long something lasts."""
    lasting = asks is Asks.LENGTH and kind is ExpressionKind.PERIOD
    return lasting and _BY_THEN.search(before) is not None and not _ASKS_DEADLINE.search(asked)


_SINCE = re.compile(r"(?i)\bfr(?:ån|\.\s?o\.\s?m\.?)(?:\s+och\s+med)?\s+(?:den\s+)?$")
_UNTIL = re.compile(r"(?i)\s+(?:och\s+)?(?:till\b|t\.\s?o\.\s?m|tom\b|fram\s+till|längst)")
_FROM_AND_TO = re.compile(
    r"(?i)\d{4}\s+(?:och\s+)?(?:(?:fram\s+)?till(?:\s+och\s+med)?|t\.\s?o\.\s?m\.?|tom)\s+(?:den\s+)?$"
)


def _is_other_end(asks: Asks, before: str, after: str) -> bool:
    """True for the first day of "från … till …" where the last is asked for, and the other way about."""
    if asks is Asks.END:
        return _SINCE.search(before) is not None and _UNTIL.match(after) is not None
    return asks is Asks.START and _FROM_AND_TO.search(before) is not None


_OF_AGREEMENT = re.compile(
    r"(?i)(?:avtal|kontrakt|överenskommelse|beslut)\w*\s+(?:mellan\s+[^.;]{3,80}?\s+)?(?:från|av|per)\s+(?:år\s+|den\s+)?$"
    r"|\b(?:under)?(?:tecknat|tecknades?|tecknad|skrivet|daterat|daterad|ingånget|ingicks|träffat)\s+(?:den\s+)?$"
)
_ASKS_MAKING = re.compile(
    r"(?i)skr[ie]v|teckn|ingå|ingick|slöt|slut[ie]t|dater|datum|signer|påskriv|träffa|överens|beslut|kom\s+till|\bfrån\b|gjord|avtal(?:et|en)?\s+(?:är\s+)?från"
)


def _is_of_agreement(asks: Asks, asked: str, before: str) -> bool:
    """True for the day on which an agreement was made ("avtalet från 2016", "tecknat den 3 maj") where something else's is asked."""
    return asks is Asks.DATE and _OF_AGREEMENT.search(before) is not None and not _ASKS_MAKING.search(asked)


def _in_unit(asked: str, told: str) -> bool:
    """True unless the question counts by a unit's name ("hur många kilowatt") that does not follow the number."""
    unit = _COUNTED.search(asked)
    if unit is None:
        return True
    name = unit[1].casefold()
    return name in told.casefold() or (name in _SHORT and re.search(_SHORT[name], told) is not None)
