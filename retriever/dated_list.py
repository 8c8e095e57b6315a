"""The list question that the cards' dates answer: vilka avtal löper ut 2026, tecknades före 2015, upphör i juni 2027?"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.expressions import MONTHS
from corpus.types import Agreement, FactName, Span
from retriever.asked import Asked
from retriever.coverage import Judged, judge
from retriever.forms import WEAK
from retriever.quotes import sentence_at
from retriever.told_end import told_end
from retriever.types import Coverage

_SAYING = (
    (
        FactName.VALID_TO,
        re.compile(
            r"(?i)\b(?:löper\s+ut|upphör|går\s+ut|slutar|tar\s+slut|(?:gäller|löper|varar|pågår|räcker)\s+(?:\w+\s+)?(?:till(?:\s+och\s+med)?|t\.?o\.?m\.?)"
            r"|(?:slut|utgångs)(?:dag|datum)\w*|(?:sista|sin\s+sista)\s+(?:giltighets)?dag\w*|slutat|upphört|upphörde|(?:gått|löpt|gick)\s+ut|tagit\s+slut|tog\s+(?:\w+\s+)?slut|löpte\s+ut|sträcker\s+sig"
            r"|bind(?:er|s)|bund(?:na|en|it)|sitter\s+(?:vi\s+)?fast|förfaller|avslutas)\b"
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
            r"(?i)\b(?:(?:under)?teckna(?:des|de|ts)|ingicks|ingångna|ingåtts|slöts|slutits|skrevs|skrivits|skrivna|skrivet|signera(?:des|de|ts)|antog(?:s|its)|antagna|daterade|kom\s+till|träffa(?:des|ts))\b"
        ),
    ),
)
_MONTHS = [month.casefold() for month in MONTHS]
_YEAR = r"(?:19|20)\d{2}"
_BEFORE = r"före|innan|tidigare\s+än|äldre\s+än"
_AFTER = r"efter|senare\s+än|nyare\s+än|yngre\s+än"
_WHEN = re.compile(
    rf"(?i)(?:\b(?P<than>{_BEFORE}|{_AFTER}|senast|tidigast)\s+(?:år\s+|i\s+|utgången\s+av\s+)?)?"
    rf"(?:\b(?P<month>{'|'.join(_MONTHS)})\s+)?\b(?P<year>{_YEAR})\b(?:\s*(?:-|–|och|till)\s*(?P<last>{_YEAR})\b)?"
    r"(?P<begun>\s+(?:började|börjar|inleddes))?(?:\s+eller\s+(?:\w+\s+)?(?:(?P<later>längre|senare|framåt|därefter|efter)|(?P<earlier>tidigare|dessförinnan|före))\b)?"
)
_AGE = re.compile(rf"(?i)\b(?:äldre|nyare|yngre)\s+än\s+(?:år\s+)?{_YEAR}\b")
_DAY = re.compile(r"(?:19|20)\d{2}(?:-\d{2}){0,2}")


def dated_list(asked: Asked) -> tuple[list[Judged], str] | None:
    """The agreements whose card says so, and the phrase, as in "löper ut 2026"; None for other questions.

    With a subject beside the date ("vilka avtal om skola löper ut 2026?") only those that cover it.
    """
    text = asked.question.read_as
    said = next(((name, match) for name, pattern in _SAYING if (match := pattern.search(text))), None)
    if said is None and (age := _AGE.search(text)):
        said = (FactName.SIGNED, age)
    when = time_asked(text, said[1].start()) if said else None
    if said is None or when is None:
        return None
    name, match = said
    phrase = text[match.start() : when.end()]
    found = [each for a in asked.agreements if (each := _dated(asked, a, name, when))]
    rest = [term for term in asked.question.terms if not term.numeric and term.word not in phrase.casefold()]
    rest = [term for term in rest if not any(pattern.search(term.word) for _, pattern in _SAYING)]
    rest = [term for term in rest if term.word not in WEAK]
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


def time_asked(text: str, start: int = 0) -> re.Match[str] | None:
    """The year or month that the text names from `start` on, with what bounds it: "före 2015", "2030 eller längre"."""
    return _WHEN.search(text, start)


def _narrowed(when: re.Match[str]) -> bool:
    """True for a month, or for before and after: the words of the texts cannot answer where no card does."""
    return any(when[name] is not None for name in ("than", "month", "begun", "later", "earlier", "last"))


def _dated(asked: Asked, agreement: Agreement, name: FactName, when: re.Match[str]) -> Judged | None:
    """The agreement where its list's own field, else its text, gives such a date; None where it does not."""
    declared = [each for each in agreement.declared if each.name is name]
    place: Span | None = None
    if declared:
        if not any(falls(each.value, when) for each in declared):
            return None
        place = asked.engine.first_sentence(agreement.agreement_id)
        why = f"{declared[0].value} enligt {declared[0].manifest}"
    else:
        facts = (f for f in agreement.facts if f.name is name and falls(f.value, when))
        fact = next((f for f in facts if sentence_at(asked.engine, agreement, f.start)), None)
        end = told_end(agreement) if name is FactName.VALID_TO else None
        if fact is not None:
            place = sentence_at(asked.engine, agreement, fact.start)
            why = f"{fact.value} står i texten"
        elif end and falls(end[0].isoformat(), when):
            place = sentence_at(asked.engine, agreement, end[1].start)
            why = f"{end[0].isoformat()} av '{agreement.text[end[1].start : end[1].end]}'"
        else:
            return None
    return Judged(agreement, Coverage.EXPLICIT, 1.0, (place,), (why,)) if place else None


def falls(value: str, when: re.Match[str]) -> bool:
    """True where the ISO date lies in the years or the month that are asked for, or before or after them."""
    day = _DAY.search(value)
    if day is None:
        return False
    month = f"-{_MONTHS.index(when['month'].casefold()) + 1:02}" if when["month"] else ""
    first = when["year"] + month
    last = when["last"] or first
    written = day[0][: len(first)]
    than = re.sub(r"\s.*", "", when["than"] or "").casefold()
    if when["begun"] or than in ("före", "innan", "tidigare", "äldre"):
        return written < first  # "slutat gälla när 2025 började" as well
    if than in ("efter", "senare", "nyare", "yngre"):
        return written > last
    if when["later"] or than == "tidigast":
        return written >= first
    return written <= last and (written >= first or bool(when["earlier"]) or than == "senast")
