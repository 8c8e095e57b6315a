"""The list question that the cards' dates answer: vilka avtal löper ut 2026, tecknades före 2015, upphör i juni 2027?"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.expressions import MONTHS
from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged, judge
from retriever.quotes import sentence_at
from retriever.types import Coverage

_SAYING = (
    (
        FactName.VALID_TO,
        re.compile(
            r"(?i)\b(?:löper\s+ut|upphör|går\s+ut|slutar|tar\s+slut|gäller\s+till(?:\s+och\s+med)?|slutdag\w*|slutdatum\w*|slutat|upphört|upphörde|gått\s+ut|löpt\s+ut|gick\s+ut|tagit\s+slut|sträcker\s+sig)\b"
        ),
    ),
    (
        FactName.VALID_FROM,
        re.compile(
            r"(?i)\b(?:börjar\s+gälla|började\s+gälla|träder\s+i\s+kraft|trädde\s+i\s+kraft|startar|startade|gäller\s+från)\b"
        ),
    ),
    (
        FactName.SIGNED,
        re.compile(
            r"(?i)\b(?:tecknades|undertecknades|ingicks|slöts|skrevs|skrivits|skrivna|signerades|tecknats|undertecknats|ingångna|undertecknade|tecknade)\b"
        ),
    ),
)
_MONTHS = [month.casefold() for month in MONTHS]
_WHEN = re.compile(
    rf"(?i)(?:\b(?P<than>före|innan|tidigare\s+än|äldre\s+än|efter|senare\s+än|nyare\s+än|yngre\s+än)\s+(?:år\s+)?)?"
    rf"(?:\b(?P<month>{'|'.join(_MONTHS)})\s+)?\b(?P<year>(?:19|20)\d{{2}})\b(?P<begun>\s+(?:började|börjar|inleddes))?"
)
_AGE = re.compile(r"(?i)\b(?:äldre|nyare|yngre)\s+än\s+(?:år\s+)?(?:19|20)\d{2}\b")
_BEFORE = ("före", "innan", "tidigare", "äldre")
_DAY = re.compile(r"(?:19|20)\d{2}(?:-\d{2}){0,2}")


def dated_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose card says so, and the phrase, as in "löper ut 2026"; None for other questions.

    With a subject beside the date ("vilka avtal om skola löper ut 2026?") only those that cover it.
    """
    text = asked.question.read_as
    said = next(((name, match) for name, pattern in _SAYING if (match := pattern.search(text))), None)
    if said is None and (age := _AGE.search(text)):
        said = (FactName.SIGNED, age)
    when = _WHEN.search(text, said[1].start()) if said else None
    if said is None or when is None:
        return None
    name, match = said
    phrase = text[match.start() : when.end()]
    found = [each for a in asked.agreements if (each := _dated(asked, a, name, when))]
    rest = [term for term in asked.question.terms if not term.numeric and term.word not in phrase.casefold()]
    if found and rest:
        covering = judge(asked.engine, rest, asked.scope, asked.fused, asked.cosines)
        by_id = {each.agreement.agreement_id: each for each in covering}
        found = [
            replace(
                by_id[each.agreement.agreement_id],
                places=(*each.places, *by_id[each.agreement.agreement_id].places),
            )
            for each in found
            if each.agreement.agreement_id in by_id
        ]
    return (found, f"är {phrase}" if _AGE.fullmatch(phrase) else phrase) if found or _narrowed(when) else None


def _narrowed(when: re.Match[str]) -> bool:
    """True for a month, or for before and after: the words of the texts cannot answer where no card does."""
    return when["than"] is not None or when["month"] is not None or when["begun"] is not None


def _dated(asked: Asked, agreement: Agreement, name: FactName, when: re.Match[str]) -> Judged | None:
    """The agreement where its list's own field, else its text, gives such a date; None where it does not."""
    declared = [each for each in agreement.declared if each.name is name]
    place: Span | None = None
    if declared:
        if not any(_falls(each.value, when) for each in declared):
            return None
        place = asked.engine.first_sentence(agreement.agreement_id)
        why = f"{declared[0].value} enligt {declared[0].manifest}"
    else:
        facts = (f for f in agreement.facts if f.name is name and _falls(f.value, when))
        fact = next((f for f in facts if sentence_at(asked.engine, agreement, f.start)), None)
        if fact is None:
            return None
        place = sentence_at(asked.engine, agreement, fact.start)
        why = f"{fact.value} står i texten"
    return Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,)) if place else None


def _falls(value: str, when: re.Match[str]) -> bool:
    """True where the ISO date lies in the year or month that is asked for, or before or after it."""
    day = _DAY.search(value)
    if day is None:
        return False
    month = f"-{_MONTHS.index(when['month'].casefold()) + 1:02}" if when["month"] else ""
    wanted = when["year"] + month
    written = day[0][: len(wanted)]
    if when["begun"]:
        return written < wanted  # "slutat gälla när 2025 började"
    if not when["than"]:
        return written == wanted
    return written < wanted if when["than"].casefold().startswith(_BEFORE) else written > wanted
