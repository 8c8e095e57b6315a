"""Organisations named in a text: by the form of the name, by the registry, by short forms that the text defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.bodies import bodies, fold, listed, names, places, short_forms
from corpus.names import COMMON_WORDS, canonical_name
from corpus.party_lists import front_rows, names_in, party_lists, subject_lists
from corpus.types import Span

_CAP = r"[A-ZÅÄÖÉ][\wåäöé]*(?:-[A-ZÅÄÖ][\wåäöé]*)?"
_PLACE = rf"{_CAP}(?: [A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)?"
_VERBS = "betalar|ansvarar|ska|skall|har|är|kan|får|samt|som|svarar|beslutar|tillhandahåller|behandlar|lämnar|utser|meddelar|åtar|i|på|av|att|med|till|enligt|bistår|ger|gör|följer|äger|stödjer|deltar|bidrar|tar|blir|vill"
"""Words that end an agency's name in running text."""
_FORMS = (
    rf"Region {_PLACE}(?: län(?!\w))?",
    rf"{_CAP} {_CAP}regionen(?!\w)",
    rf"(?:Landstinget(?: i)?|Länsstyrelsen(?: i)?) {_PLACE}(?: län)?",
    rf"Myndigheten för(?: (?!(?:{_VERBS}|och|eller)\b)[a-zåäö]+-?|(?<=-) och){{1,5}}",
    rf"Kungliga {_CAP}(?: [Hh]ögskolan)?",
    rf"(?:Tekniska|Medicinska|Konstnärliga) [Hh]ögskolan i {_CAP}",
    rf"Högskolan(?: i| på| för)? {_CAP}(?:/{_CAP})?",
    rf"Universitetet i {_CAP}",
    rf"(?:{_CAP} ){{1,3}}(?:tekniska |medicinska )?(?:[Uu]niversitet(?:et)?s?|[Hh]ögskolas?|[Ii]nstitutet|[Ll]ärosäte|[Uu]niversity)(?!\w)",
    r"[A-ZÅÄÖ][a-zåäö]{2,}(?:universitetet|högskolan)(?!\w)",
    rf"{_PLACE} läns landsting",
    rf"University of {_CAP}(?: {_CAP}){{0,2}}|(?:Municipality|City) of {_CAP}|(?:{_CAP} ){{1,2}}Municipality(?!\w)",
    rf"{_CAP} (?:välfärdsområde|folkhögskola)(?!\w)",
    r"(?:REGION [A-ZÅÄÖ]{3,}|[A-ZÅÄÖ]{3,} (?:KOMMUN|STAD|UNIVERSITET))(?!\w)",
    rf"(?:{_CAP} ){{1,2}}(?:kommun|stad|Stad|stift)s?(?!\w)",
    rf"(?:(?:Fastighets|Bostads|Energi|Förvaltnings|Byggnads|Hamn|Industri|Utvecklings) ?AB|(?:Fastighets|Bostads|Energi)bolaget) {_PLACE}",
    rf"(?:{_CAP} )(?:(?:& |i |på )?{_CAP} ){{0,4}}(?:AB|Aktiebolag|HB|KB|Ltd|Limited|GmbH|Oy|Inc|ApS|A/S)(?!\w)",
    rf"(?:Aktiebolaget|Handelsbolaget|Kommanditbolaget|AB) {_CAP}(?: {_CAP}){{0,2}}",
    rf"(?:{_CAP} ){{1,3}}(?:kommunalförbund|[Rr]äddningstjänstförbund|[Kk]ommunförbund|förbund|stiftelse|ekonomisk förening)(?!\w)",
    rf"(?:[Ss]tiftelsen|[Ff]öreningen|[A-ZÅÄÖ][a-zåäö]*(?:förbundet|föreningen|stiftelsen|jouren)|Räddningstjänsten) {_CAP}(?: {_CAP}){{0,2}}(?: museum)?",
    rf"(?:(?<=föreningen )|(?<=stiftelsen )|(?<=sällskapet )|(?<=klubben )|(?<=jouren )){_CAP}(?: {_CAP}){{0,2}}",
    rf"(?:{_CAP} ){{1,2}}(?:[A-ZÅÄÖ][a-zåäö]*(?:klubb|förening|sällskap|allians|kår|museum)|(?<=s )[a-zåäö]+(?:förening|klubb|sällskap|samfällighet))(?!\w)",
    r"[A-ZÅÄÖ][a-zåäö]{3,}(?:verket|myndigheten|inspektionen|bolaget|förbundet|polisen|förmedlingen|församlingen|försvaret)(?!\w)",
)
_NUMBER = r"(?:16)?\d{2}[2-9]\d{3}[-–]\d{4}(?!\d)"
"""An organisation's number; a person's has a month in its third and fourth figures, at most 12."""
_NUMBERED = re.compile(
    rf"(?m)(?:^[ \t*|(\d.)-]*|[:|]\**\s*|\b(?:mellan|och|samt|med)\s+|,\s+|\(\d\)\s*)(?P<name>(?:[Ss]tiftelsen |[Ff]öreningen )?[A-ZÅÄÖ][\wåäöé&.-]*(?: (?!(?:mellan|och|samt|med|nedan|genom|har|är|som)\b)[\wåäöé&.-]+){{0,6}}?)"
    rf"(?:\s*\(publ\))?\s*[,(]?\s*(?:\s*med\s+)?(?:organisationsnummer|org(?:anisations)?\.?\s?-?\s?nr)?\.?:?\s*{_NUMBER}"
)
"""A name with its organisation number is an organisation, whatever its form."""
_ORGANISATION = re.compile(rf"(?<![\w-])(?:{'|'.join(_FORMS)})")
_SHORT_FORM = re.compile(
    r"\s*[(,]?\s*\(?(?:nedan(?: kallad| kallat| benämnd| benämnt)?|fortsättningsvis|härefter)?[ :]*[\"”“']?(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,7})[\"”“']?\)"
)
_GENERIC_WORDS = frozenset(
    """
        dnr diarienummer ref denna detta den det en ett vår vårt er ert och mellan för med samt hos av inom vid i på från
        genom till att både som när om under parterna varje vardera annan andra samtliga berörd respektive alla ingen endera båda""".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation's name in a text: `text[start:end]` is as written, `name` the canonical name."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=512)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """Every organisation named in `text`, short forms defined there ("(MDH)") included, in order, not overlapping.

    A genitive ("Region Västmanlands") is the same organisation where its plain form occurs too.
    """
    text = _unwrapped(text)
    found: list[Mention] = []
    for match in _ORGANISATION.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if fold(text[start:end]).removesuffix("s") in names() and text[end - 1] == "s":
            end -= fold(text[start:end]) not in names()
        if end > start:
            found.append(Mention(canonical_name(text[start:end]), start, end))
    found = [mention for mention in found if not _is_common_noun(text, mention)]
    found = _longest([*found, *_listed(text), *_numbered(text, found)])
    found.extend(_places(text, found))
    found.extend(_in_lists(text, found))
    found = _completed(text, _join_genitives(sorted(found, key=lambda m: m.start)))
    short = _short_forms(text, found)
    found = [m for m in found if short.get(text[m.start : m.end], m.name) == m.name]
    named = {mention.name for mention in found}
    short.update({alias: name for alias, name in short_forms().items() if name in named})
    taken = [(m.start, m.end) for m in found]
    for alias, name in short.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?::s)?(?![\w-])", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Mention(name, match.start(), match.start() + len(alias)))
    return tuple(sorted(found, key=lambda m: m.start))


def _in_lists(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Names of no known form, where the text lists its parties; and where else they stand."""
    taken = [(m.start, m.end) for m in found]
    rows = (span for span in (*front_rows(text), *subject_lists(text)) if _holds_any(span, taken))
    names: dict[str, None] = {}
    for span in (*party_lists(text), *rows):
        for each in names_in(text, span):
            name = Mention(canonical_name(text[each.start : each.end]), each.start, each.end)
            broken = _BROKEN_OFF.match(text, each.end)
            if not broken and not _holds_any(each, taken) and not _is_common_noun(text, name):
                names.setdefault(text[each.start : each.end])
    for words in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text):
            if not _holds_any(Span(*match.span()), taken):
                taken.append(match.span())
                yield Mention(canonical_name(words), *match.span())


_BROKEN_OFF = re.compile(r"\s+(?:kommun|stad|universitet|högskola)\b")
"""After the first word of a name that a line's end parts."""


def _holds_any(span: Span, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in taken)


_LINE_END = re.compile(r"(?<=[\w,&/-])\n(?=\w)")
_LABEL_ROW = re.compile(r"[A-ZÅÄÖ][\wåäö]{3,30}:\s")
_WRAPPED = 50


def _unwrapped(text: str) -> str:
    """The text, of the same length, with a space for each break that the width of the page put into running text."""

    def joined(match: re.Match[str]) -> str:
        opens = text.rfind("\n", 0, match.start()) + 1
        closes = text.find("\n", match.end())
        line, below = text[opens : match.start()], text[match.end() : closes if closes > 0 else len(text)]
        row = " | " in line + below or line.isupper() or _LABEL_ROW.match(below)
        return " " if match.start() - opens >= _WRAPPED and not row else "\n"

    return _LINE_END.sub(joined, text)


def _completed(text: str, found: list[Mention]) -> list[Mention]:
    """Names that a narrow column breaks: "Inredning i Nässjö AB" below "Pärlans" is the company named in full elsewhere."""
    names = {mention.name for mention in found}
    whole: list[Mention] = []
    for mention in found:
        ends = " ".join(text[max(0, mention.start - _LONGEST_NAME) : mention.start].split())
        fits = (
            name
            for name in names
            if name.endswith(f" {mention.name}") and ends.endswith(name[: -len(mention.name) - 1])
        )
        longer = min(fits, default=None)
        if longer is None:
            whole.append(mention)
        else:
            first = longer[: -len(mention.name) - 1].split()[0]
            whole.append(Mention(longer, text.rfind(first, 0, mention.start), mention.end))
    return whole


_LONGEST_NAME = 80


def _is_common_noun(text: str, mention: Mention) -> bool:
    """ "Värdmyndigheten betalar" is no name where the text says värdmyndigheten too; a listed body always is."""
    written = text[mention.start : mention.end]
    if " " in written or mention.name in bodies():
        return False
    return re.search(rf"(?<![\w-]){re.escape(written.casefold())}(?!\w)", text) is not None


def _numbered(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Names that their organisation number follows, where no name of a known form ends there."""
    ends = {mention.end: mention for mention in found}
    for match in _NUMBERED.finditer(text):
        name = match["name"]
        known = ends.get(match.end("name"))
        # "Friluftsfrämjandet Region Roslagen" is more than the region; "Hyresgäst Region Skåne" is not.
        before = name[: known.start - match.start("name")].strip() if known else ""
        if known is not None and (not before or _IS_NO_NAME.search(before)):
            continue
        if not _LABEL_ONLY.fullmatch(name):
            start = match.start("name") + _role_before(name)
            yield Mention(canonical_name(text[start : match.end("name")]), start, match.end("name"))


def _role_before(words: str) -> int:
    """How many characters a role takes that stands right before a name: "Hyresgäst Region Skåne"."""
    role, _, name = words.partition(" ")
    is_role = _ROLE_WORD.fullmatch(role) is not None and name[:1].isupper() and len(name) > _SHORTEST_NAME
    return len(role) + 1 if is_role else 0


_SHORTEST_NAME = 3
"""Characters: "Konsult AB" is a company, not the role of one."""


_ROLE_WORD = re.compile(
    r"(?i)\b(?:\w*(?:part|ägare|havare|givare|tagare|ställare|värd|gäst|köpare|säljare|utförare|leverantör|entreprenör|konsult|kund|huvudman|ansvarig|biträde))(?:e?n|et)?$"
)
_IS_NO_NAME = re.compile(
    rf"(?i)^(?:{'|'.join(sorted(_GENERIC_WORDS))})\b|\b(?:kommunen|regionen|landstinget|staden|universitetet|högskolan|myndigheten|bolaget|föreningen|stiftelsen|(?:beställ|utför|förvalt)aren|leverantören)$|:$|{_ROLE_WORD.pattern[4:]}"
)
_LABEL_ONLY = re.compile(
    r"(?i)(?:org(?:anisations)?\W*|\w*nummer|\w*nr|telefon|fax|konto|bankgiro|plusgiro|\w+svärd|\w+gäst|\w*part)\.?"
)
_CAPITAL_WORD = re.compile(r"(?<![\w-])[A-ZÅÄÖ][\wåäö-]*")
_NAME_ENDS = re.compile(r"s?(?![\w-])")


def _longest(found: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap the longest, else the first."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(each.start < mention.end and mention.start < each.end for each in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _listed(text: str) -> Iterator[Mention]:
    """Listed bodies by their very names: Riksarkivet, Vinnova, Myndigheten för samhällsskydd och beredskap."""
    begins = listed()
    for word in _CAPITAL_WORD.finditer(text):
        if word.group() in COMMON_WORDS and _may_be_a_word(text, word):
            continue
        for name in begins.get(word.group(), begins.get(word.group().removesuffix("s"), ())):
            end = word.start() + len(name)
            if text.startswith(name, word.start()) and _NAME_ENDS.match(text, end):
                yield Mention(canonical_name(name), word.start(), end)
                break


def _may_be_a_word(text: str, word: re.Match[str]) -> bool:
    """ "Sida 1(4)" on top of a page, "Formas en grupp …": a capital that opens a line or a sentence says nothing."""
    opens = re.search(r"(?:^|[.!?:|\n\t]|\s{2})[\W_]*$", text[max(0, word.start() - 4) : word.start()])
    return bool(opens) or re.match(r"\s*(?:\d|\n|$)", text[word.end() : word.end() + 8]) is not None


_TOWN = rf"{_CAP}(?: (?:Väsby|Edet|Göinge))?"
_MUNICIPALITIES_NAMED = re.compile(
    rf"\b[Kk]ommunerna(?: i)? (?P<list>{_TOWN}(?:(?:, | och | samt ){_TOWN}(?!\w| [A-ZÅÄÖ]))+)"
)
_BETWEEN_PLACES = re.compile(
    r"(?i:\b\w*(?:avtal|överenskommelse|avsiktsförklaring|partnerskap)\w*\s+(?:\w+\s+){0,4}?(?:mellan|med)\s+)"
    rf"(?P<list>{_TOWN}(?:(?:, | och | samt ){_TOWN})*)(?! (?:kommun|stad|Stad|län|AB)\b)"
)


_TOWNS_NAMED = re.compile(rf"(?P<list>{_TOWN}(?:, {_TOWN})*,? (?:och|samt) {_TOWN}) kommuner(?:na)?(?!\w)")
""" "Ale, Lerums och Kungälvs kommuner": each place as in its municipality's name."""
_NO_GENITIVE = re.compile(r"(?i)[aeiouyåäösxz]$")


def _places(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Municipalities by their bare place, only where the text says that they are: "kommunerna Ale och Kungälv", "Ale och
    Kungälvs kommuner", "avtal mellan Huddinge och …". Mark, Lund and Sala are words and surnames too."""
    taken = [(m.start, m.end) for m in found]
    for pattern in (_MUNICIPALITIES_NAMED, _TOWNS_NAMED, _BETWEEN_PLACES):
        for match in pattern.finditer(text):
            for town in re.finditer(_TOWN, match["list"]):
                start, end = match.start("list") + town.start(), match.start("list") + town.end()
                name = places().get(town.group()) or places().get(town.group().removesuffix("s"))
                if name is None and pattern is not _BETWEEN_PLACES:
                    name = _municipality(town.group(), pattern is _TOWNS_NAMED)
                if name and not any(a < end and start < b for a, b in taken):
                    taken.append((start, end))
                    yield Mention(name, start, end)


def _municipality(town: str, in_its_name: bool) -> str:
    """The name of an unlisted municipality: Sjöhaga kommun, Rönnefalls kommun. `in_its_name`: written as there already."""
    return f"{town} kommun" if in_its_name or _NO_GENITIVE.search(town) else f"{town}s kommun"


_AFTER_A_NAME = (
    "och",
    "samt",
    "eller",
    "nedan",
    "Personnr",
    "Orgnr",
    "Org",
    "Organisationsnummer",
    "Organisationsnr",
    "Telefon",
    "Adress",
    "Box",
)
_AGREEMENT_ENDS = ("avtal", "avtalet", "överenskommelse", "avsiktsförklaring", "partnerskap", "parter")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without leading words that open a sentence or join two names ("Samt Region X", "Mellan ...")."""
    words = text[start:end]
    if (parts := words.split(" "))[-1].casefold() in ("kommun", "kommuns", "stad", "stads") and len(
        parts
    ) > 2:
        last_two = " ".join(parts[-2:])
        if fold(last_two) in names() and fold(words) not in names():
            start, words = end - len(last_two), last_two
    while (head := words.split(" ", 1))[0].casefold() in _GENERIC_WORDS and len(head) == 2:
        start += len(head[0]) + 1
        words = head[1]
    start += _role_before(words)
    words = text[start:end]
    while (first := words.split(" ", 1))[0].casefold().endswith(_AGREEMENT_ENDS) and len(first) == 2:
        start += len(first[0]) + 1
        words = first[1]
    while (last := words.rsplit(" ", 1))[-1] in _AFTER_A_NAME and len(last) == 2:
        end -= len(last[1]) + 1
        words = last[0]
    if not words[:1].isupper() or words in ("KOMMUN", "STAD", "UNIVERSITET"):
        return start, start
    if len(words.split()) == 1 and words.casefold() in {
        "länsstyrelsen",
        "kommunstyrelsen",
        "regionstyrelsen",
        "styrelsen",
        "högskolestyrelsen",
        "landstingsstyrelsen",
        "universitetsstyrelsen",
        "polismyndigheten i",
        "förvaltningsmyndigheten",
        "tillsynsmyndigheten",
        "myndigheten",
        "samverkansstyrelsen",
        "yrkeshögskolan",
        "folkhögskolan",
    }:
        return start, start
    return start, end


def _join_genitives(found: list[Mention]) -> list[Mention]:
    """ "Region Västmanlands" -> "Region Västmanland" where the shorter name occurs in the same text."""
    names = {m.name for m in found}
    joined: list[Mention] = []
    for mention in found:
        plain = mention.name[:-1]
        if mention.name.endswith("s") and plain in names:
            joined.append(Mention(plain, mention.start, mention.end - 1))
        elif (twin := _same_place(mention.name, names)) is not None:
            joined.append(Mention(twin, mention.start, mention.end))
        else:
            joined.append(mention)
    return joined


def _same_place(name: str, names: set[str]) -> str | None:
    """ "Trollhättan stad" is "Trollhättans stad": the form with the genitive is the body's own."""
    match = re.fullmatch(r"(.+[^s]) (kommun|stad)", name)
    twin = f"{match[1]}s {match[2]}" if match else None
    return twin if twin in names else None


_CALLED = re.compile(
    r",?\s*\(?\s*nedan(?: kallad| kallat| benämnd)?[ :]*[\"”“']?(?P<short>[A-ZÅÄÖ][a-zåäö]{3,20})\b"
)
""" ", nedan Vattenbolaget": no body of its own, though its name has the form of one."""


def _short_forms(text: str, found: Sequence[Mention]) -> dict[str, str]:
    """Short forms the text itself defines: "Mälardalens universitet (MDU)", "(nedan kallad Regionen)"."""
    defined: dict[str, str] = {}
    for mention in found:
        match = _SHORT_FORM.match(text, mention.end, mention.end + 60)
        if match and "(" in text[mention.end : match.end()]:
            defined.setdefault(match["short"], mention.name)
        called = _CALLED.match(text, mention.end, mention.end + 60)
        if called and any(text[each.start : each.end] == called["short"] for each in found):
            defined.setdefault(called["short"], mention.name)
    return defined
