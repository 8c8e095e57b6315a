"""What an agreement is filed under, and which other agreements it replaces, amends or belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.clauses.statements import AGREEMENT, Statement
from corpus.types import Fact, FactName, Span

_NUMBER = r"(?:[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{0,7}(?:[ /.-]?[A-ZÅÄÖ]{1,4})?[ /:.-]{0,2})?\d[\w./:-]*\d(?: [A-ZÅÄÖ]{2,4}(?=\s*$|\s{2,}|\s*[,;)\n|]))?"
_LABEL = re.compile(
    r"(?i)\b(?:dnr|diarienummer|diarienr|diarienumret|ärendenummer|ärendenr|d\.nr|avtalsnummer|avtalsnr|kontraktsnummer|kontraktsnr|avtal\s+nr|\w*kontrakt\s+nr|referensnummer|ref\.?nr|beteckning|ärendebeteckning|ärende)\b\.?(?:\s*\([^)]{1,40}\))?(?:\s+(?:hos|för|i|vid)\s+[^:;.\d|]{2,50})?\s*[:|]?[\s*]*(?:är\s+)?(?:(?:hos|för)\s+[^:|\d]{2,50}[:|]\s*)?"
)
_LABELLED = re.compile(r"(?s)(?:.*(?:[\n|(.·]|\s{3}))?\W*(?:[A-ZÅÄÖ]\w*s\s+|vårt?\s+)?")
"""What stands before a label that opens a row, a line or a bracket."""
_VALUE = re.compile(_NUMBER)
_NEXT = re.compile(
    r"(?:\s*\([^)\n]{1,60}\))?\s*(?:,|;|/|och|samt|respektive|\|)\s*(?:(?:dnr|diarienummer)\.?:?\s*)?(?:(?:hos|för)\s+[^:\d]{2,40}:?\s*)?"
)
_OTHER = re.compile(
    r"(?i)\b(?:avtal(?:et)?|överenskommelsen?|avsiktsförklaring(?:en)?|\w+avtal(?:et)?|ersätter|upphäver|tillägg\w*\s+till|beslut\w*|protokoll\w*|delegationsordning\w*|upphandling\w*|policy|riktlinje\w*)\b[^:|\n]{0,60}\(?(?:med\s+)?$"
)
_WRAPPED = re.compile(r"([^\n]{20}[\w,])\n(?=[a-zåäö])")
"""A sentence that goes on in lower case on the next line."""
_COLUMNS = re.compile(r"[ \xa0]{3,}|\t")
""" "HYRESAVTAL      Kontrakt nr 30417": what stands in another column says nothing of the number."""
_THIS = re.compile(r"(?i)\b(?:detta|denna|föreliggande)\s+\w+\s+(?:med\s+)?$")
_REF_NOUN = (
    r"\w*(?:avtal|överenskommelse|avsiktsförklaring|partnerskap|kontrakt|biträdesavtal)(?:e?n|et|en|er|na|s)?"
)
_REPLACES = re.compile(
    r"(?i)\b(?:ersätter(?:\s+(?:därmed|härmed|i\s+sin\s+helhet|från\s+\w+\s+dag|helt))*|upphäver|träder\s+i\s+stället\s+för|avlöser|i\s+stället\s+för|efterträder|(?:genom|i\s+och\s+med)\s+(?:detta|denna)\s+\w+\s+upphör)\s+"
)
_REPLACED = re.compile(
    rf"(?i)\b(?P<ref>(?:(?:det|den|de)\s+)?(?:tidigare|föregående|gällande|nuvarande)\s+{_REF_NOUN}[^.;]{{0,120}}?)\s+(?:upphör|ersätts|upphävs|sägs\s+upp)\b"
)
_AMENDS = re.compile(
    r"(?i)\b(?:tillägg(?:savtal(?:et)?)?(?:\s+(?:nr\.?|nummer)?\s*\d+)?\s+till|ändring(?:ar)?\s+(?:av|i)|tilläggsavtal(?:et)?\s+till|ändrar|kompletterar):?\s+"
)
_APPENDIX = re.compile(
    r"(?i)\b(?:(?:under)?bilaga(?:\s+(?:nr\.?\s*)?[\dA-ZÅÄÖ]{1,2})?\s+till|utgör\s+(?:en\s+)?(?:under)?bilaga\s+(?:[\dA-Z]+\s+)?(?:till|i)|är\s+(?:en\s+)?(?:under)?bilaga\s+(?:[\dA-Z]+\s+)?till|hör\s+(?:som\s+bilaga\s+)?till|ingår\s+som\s+(?:en\s+)?bilaga\s+(?:\d+\s+)?(?:till|i)|avropas?\s+(?:från|enligt))\s+"
)
_REFERENCE = re.compile(
    rf"(?i)(?:(?:det|den|de|parternas|tidigare|gällande|ovan\s+nämnda|ovannämnda|huvud|mellan\s+parterna|befintliga|ursprungliga|nuvarande|motsvarande)\s+){{0,4}}{_REF_NOUN}(?:,?\s+(?:dnr|diarienummer|[A-ZÅÄÖ]{{1,8}}[ -]\d)[\w/:. -]*\d|\s+(?:[^\s.;,]+|[^\s;,]+(?=\s\d)|[\w/:-]+\.\d[\w.-]*))*"
)
_STOPS = re.compile(
    r"(?i)(?:\s+(?:och\s+(?:gäller|träder|har|ska|skall|upphör|är|löper|innehåller|reglerar|syftar|omfattar)|som\s+(?:därmed|härmed|upphör|gällt|gällde|löpte|reglerar|omfattar|ska)|vilket|vilken|när|om\s+inte|fr\.?\s?o\.?\s?m|från\s+och\s+med|per\s+den|i\s+den\s+del|i\s+sin\s+helhet|upphör|gäller|ska|skall|har|är|enligt|i\s+följande|på\s+följande|avseende\s+följande|med\s+följande|så\s+att|att\s+gälla)\b|\n\n|(?<!dnr)(?<!,)\n(?=[A-ZÅÄÖ#§\d]))"
)
_OWN = re.compile(
    r"(?i)^(?:detta|denna|föreliggande|avtalet|överenskommelsen|avsiktsförklaringen|ramavtalet|partnerskapet|huvudavtalet|dessa|respektive|sådan\w*|tillämplig\w*|ett\s|en\s|varje\s|nytt\s)"
)
_MAIN = re.compile(
    r"(?i)\b(?:ingick|tecknade|undertecknade|slöt|träffade|ingått|tecknat)\s+(?:den\s+\d{1,2}\s+[a-zå]+\s+\d{4}\s+)?(?P<ref>(?:en|ett|det|den)\s+"
    rf"{_REF_NOUN}[^.;]{{0,200}}?),?\s+(?:nedan|härefter)\s+(?:\w+\s+)?(?:huvud|grund)\w+"
)
"""The agreement that an amendment calls its main agreement."""
_SPECIFIC = re.compile(r"\d{4}|\bdnr\b")
_GENERAL = re.compile(r"(?i)^(?:alla|samtliga|eventuella|varje|muntliga)\b")


def registry_facts(
    statements: Sequence[Statement], headings: Sequence[Span], frame: Sequence[Span], front_end: int
) -> list[Fact]:
    """Every number that the agreement itself is filed under; not those of agreements that it names.

    `headings` are looked into too, and `frame`, the page headers and footers: a number may stand in the title's
    lines or on top of each page. `front_end` ends what stands above the first section.
    """
    if not statements:
        return []
    text = statements[0].text
    spans = [*(Span(s.start, s.end) for s in statements), *headings, *frame]
    labelled: dict[str, Fact] = {}
    running: dict[str, Fact] = {}
    for span in sorted(spans, key=lambda each: each.start):
        for label in _LABEL.finditer(text, span.start, span.end):
            before = _WRAPPED.sub(r"\1 ", text[max(span.start, label.start() - 90) : label.start()])
            before = _COLUMNS.split(before)[-1]
            if span not in frame and _OTHER.search(before) and not _THIS.search(before):
                continue
            found = labelled if _LABELLED.fullmatch(text[span.start : label.start()]) else running
            at = label.end()
            while value := _VALUE.match(text, at, max(span.end, at)):
                number = value.group()
                found.setdefault(number, Fact(FactName.REGISTRY_NUMBER, number, value.start(), value.end()))
                following = _NEXT.match(text, value.end(), span.end)
                if following is None:
                    break
                at = following.end()
    front = _in_front(text, front_end)
    return list(({**labelled, **front} if front else labelled or running).values())


_FRONT_NUMBER = re.compile(
    r"(?<![\w/-])(?:FS \d\.\d(?:\.\d)?-\d{1,5}-\d{2}|[A-ZÅÄÖ]{1,8}(?:[-/][A-ZÅÄÖ]{1,6})?[ /-]\d{2,4}[-/:.]\d{1,6}(?:[-:/]\d+)?)(?![\w/-]|\.\d)"
)


def _in_front(text: str, front_end: int) -> dict[str, Fact]:
    """Numbers above the first section: there they need no label ("KS 2023/502")."""
    found: dict[str, Fact] = {}
    for number in _FRONT_NUMBER.finditer(text, 0, front_end):
        opens = text.rfind("\n", 0, number.start()) + 1
        if not re.search(
            r"(?i)ändrar|ersätter|tillägg|upphandling|beslut|bilaga", text[opens : number.start()]
        ):
            found[number.group()] = Fact(
                FactName.REGISTRY_NUMBER, number.group(), number.start(), number.end()
            )
    return found


def reference_facts(statements: Sequence[Statement], title: Span | None, kind: str | None) -> list[Fact]:
    """replaces, amends and appendix_to, each at most once: the reference as written.

    An amendment or appendix is told from the title and the opening, or from a sentence about this document.
    """
    if not statements:
        return []
    text = statements[0].text
    found: dict[FactName, Fact] = {}
    opening = Span(0, min(len(text), 600))
    places = [*([title] if title else []), opening]
    amending = bool(kind and "tillägg" in kind) or bool(re.search(r"(?i)\btillägg", text[:200]))
    for place in places:
        for name, cue in ((FactName.AMENDS, _AMENDS), (FactName.APPENDIX_TO, _APPENDIX)):
            if name is FactName.AMENDS and not amending:
                continue
            for fact in _named(text, place, name, cue):
                known = found.get(name)
                if known is None or (_SPECIFIC.search(fact.value) and not _SPECIFIC.search(known.value)):
                    found[name] = fact
    for statement in statements:
        span = Span(statement.start, statement.end)
        for fact in _named(text, span, FactName.REPLACES, _REPLACES):
            found.setdefault(FactName.REPLACES, fact)
        if FactName.REPLACES not in found and (match := _REPLACED.search(text, span.start, span.end)):
            found[FactName.REPLACES] = _fact(FactName.REPLACES, text, match.start("ref"), match.end("ref"))
        if re.match(rf"(?i)\W*(?:detta|denna|föreliggande|{AGREEMENT}|bilagan|parterna)\b", statement.words):
            for fact in _named(text, span, FactName.APPENDIX_TO, _APPENDIX):
                found.setdefault(FactName.APPENDIX_TO, fact)
            if amending and (main := _MAIN.search(text, span.start, span.end)):
                found[FactName.AMENDS] = _fact(FactName.AMENDS, text, main.start("ref"), main.end("ref"))
            elif amending:
                for fact in _named(text, span, FactName.AMENDS, _AMENDS):
                    found.setdefault(FactName.AMENDS, fact)
    return list(found.values())


def _named(text: str, place: Span, name: FactName, cue: re.Pattern[str]) -> Iterator[Fact]:
    for match in cue.finditer(text, place.start, place.end):
        stop = _STOPS.search(text, match.end(), place.end)
        reference = _REFERENCE.match(text, match.end(), stop.start() if stop else place.end)
        if reference is None or _GENERAL.match(reference.group()):
            continue
        if _OWN.match(reference.group()) and not re.search(r"\d{4}|dnr", reference.group()):
            continue
        yield _fact(name, text, reference.start(), reference.end())


def _fact(name: FactName, text: str, start: int, end: int) -> Fact:
    words = text[start:end].rstrip(" ,.;:\n")
    return Fact(name, re.sub(r"\s+", " ", words), start, start + len(words))
