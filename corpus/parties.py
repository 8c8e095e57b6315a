"""Organisations in Swedish agreements: finding their names in text, and names through time."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_CAP = r"[A-ZÅÄÖÉ][\wåäöé]*(?:-[A-ZÅÄÖ][\wåäöé]*)?"
_PLACE = rf"{_CAP}(?: {_CAP})?"
_VERBS = "betalar|ansvarar|ska|skall|har|är|kan|får|samt|som|svarar|beslutar|tillhandahåller|behandlar|lämnar|utser|meddelar|åtar|i|på|av|att|med|till|enligt|bistår|ger|gör|följer|äger|stödjer|deltar|bidrar|tar|blir|vill"
"""Words that end an agency's name in running text."""
_FORMS = (
    rf"Region {_PLACE}",
    rf"(?:Landstinget(?: i)?|Länsstyrelsen(?: i)?) {_PLACE}(?: län)?",
    rf"Myndigheten för(?: (?!(?:{_VERBS})\b)[a-zåäö]+){{1,4}}",
    rf"Kungliga {_CAP} [Hh]ögskolan",
    rf"Högskolan(?: i| på| för)? {_CAP}(?:/{_CAP})?",
    rf"Universitetet i {_CAP}",
    rf"(?:{_CAP} ){{1,3}}(?:tekniska |medicinska )?(?:[Uu]niversitet(?:et)?s?|[Hh]ögskolas?|[Ii]nstitutet|[Ll]ärosäte|[Uu]niversity)(?!\w)",
    rf"{_CAP}universitetet(?!\w)",
    rf"{_PLACE} läns landsting",
    rf"(?:{_CAP} ){{1,2}}(?:kommun|stad|Stad|stift)s?(?!\w)",
    rf"(?:{_CAP} ){{1,3}}(?:kommunalförbund|[Rr]äddningstjänstförbund|[Kk]ommunförbund|förbund|stiftelse|ekonomisk förening|AB|Aktiebolag|HB)(?!\w)",
    rf"(?:Stiftelsen|Föreningen|[A-ZÅÄÖ][a-zåäö]*förbundet|Räddningstjänsten) {_PLACE}",
    r"[A-ZÅÄÖ][a-zåäö]{3,}(?:verket|myndigheten|inspektionen|styrelsen|bolaget|förbundet|polisen)(?!\w)",
)
_ORGANISATION = re.compile(rf"(?<![\w-])(?:{'|'.join(_FORMS)})")
_SHORT_FORM = re.compile(
    r"\s*[(,]?\s*\(?(?:nedan(?: kallad| kallat| benämnd| benämnt)?|fortsättningsvis|härefter)?[ :]*[\"”“']?(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,7})[\"”“']?\)"
)
_GENERIC_WORDS = frozenset(
    """
        denna detta den det en ett vår vårt er ert och mellan för med samt hos av inom vid i på från
        genom till att både som när om under parterna varje vardera annan andra samtliga berörd respektive alla ingen endera båda""".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation's name in a text: `text[start:end]` is as written, `name` the canonical name."""

    name: str
    start: int
    end: int


@cache
def _registry() -> dict[str, str]:
    """Folded name or alias -> canonical name, from `bodies.toml`."""
    rows = tomllib.loads(Path(__file__).with_name("bodies.toml").read_text(encoding="utf-8"))["body"]
    return {_fold(alias): row["name"] for row in rows for alias in (row["name"], *row["also"])}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads(Path(__file__).with_name("bodies.toml").read_text(encoding="utf-8"))["body"]
    return {row["name"]: tuple(row["also"]) for row in rows}


def _fold(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()


def canonical_name(written: str) -> str:
    """The name an organisation goes by today: white space evened out, former names and short forms resolved.

    `Landstinget X` and `X läns landsting` became `Region X`; `Länsstyrelsen i X län` is `Länsstyrelsen X`.
    """
    name = re.sub(r"\s+", " ", written).strip()
    known = _registry().get(_fold(name)) or (
        _registry().get(_fold(name[:-1])) if name.endswith("s") else None
    )
    if known:
        return known
    name = _without_genitive(name)
    if match := re.fullmatch(r"(.+?)s? läns landsting", name):
        return f"Region {match[1]}"
    if match := re.fullmatch(r"Landstinget(?: i)? (.+?)(?: län)?", name):
        return f"Region {match[1]}"
    if match := re.fullmatch(r"Länsstyrelsen(?: i)? (.+?)(?:s län| län)?", name):
        return f"Länsstyrelsen {match[1]}"
    if match := re.fullmatch(r"(.+) [Ss]tad", name):
        return f"{match[1]} stad"
    return name


def _without_genitive(name: str) -> str:
    """ "Umeå kommuns" is Umeå kommun."""
    return (
        name[:-1]
        if re.search(r"(?:kommun|[Uu]niversitet|[Hh]ögskola|[Ss]tad|läns landsting)s$", name)
        else name
    )


def former_and_short_names(name: str) -> tuple[str, ...]:
    """Other names a canonical organisation is known by: short forms, former names, the pattern's own variants."""
    also = list(_aliases().get(name, ()))
    if match := re.fullmatch(r"Region (.+)", name):
        also.append(f"Landstinget {match[1]}")
    if match := re.fullmatch(r"Länsstyrelsen (.+)", name):
        also.append(f"Länsstyrelsen i {match[1]}")
    if match := re.fullmatch(r"(.+) stad", name):
        also.append(f"{match[1]} kommun")
    if match := re.fullmatch(r"(.+) (?:AB|HB|ekonomisk förening)", name):
        also.append(match[1])
    return tuple(also)


@lru_cache(maxsize=512)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """Every organisation named in `text`, short forms defined there ("(MDH)") included, in order, not overlapping.

    A genitive ("Region Västmanlands") is the same organisation where its plain form occurs too.
    """
    found: list[Mention] = []
    for match in _ORGANISATION.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if end > start:
            found.append(Mention(canonical_name(text[start:end]), start, end))
    found = _join_genitives(found)
    short = _short_forms(text, found)
    short.update(
        {alias: name for alias, name in _known_short_forms().items() if name in {m.name for m in found}}
    )
    taken = [(m.start, m.end) for m in found]
    for alias, name in short.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(alias)}(?::s)?(?![\w-])", text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Mention(name, match.start(), match.start() + len(alias)))
    return tuple(sorted(found, key=lambda m: m.start))


@cache
def _known_short_forms() -> dict[str, str]:
    return {
        alias: name
        for name, also in _aliases().items()
        for alias in also
        if re.fullmatch(r"[A-ZÅÄÖ][A-Za-zÅÄÖ]{2,4}", alias)
    }


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without leading words that open a sentence or join two names ("Samt Region X", "Mellan ...")."""
    words = text[start:end]
    while (head := words.split(" ", 1))[0].casefold() in _GENERIC_WORDS and len(head) == 2:
        start += len(head[0]) + 1
        words = head[1]
    if not words[:1].isupper():
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
        "upphandlingsmyndigheten",
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


def _short_forms(text: str, found: Iterable[Mention]) -> dict[str, str]:
    """Short forms the text itself defines: "Mälardalens universitet (MDU)", "(nedan kallad Regionen)"."""
    defined: dict[str, str] = {}
    for mention in found:
        match = _SHORT_FORM.match(text, mention.end, mention.end + 60)
        if match and "(" in text[mention.end : match.end()]:
            defined.setdefault(match["short"], mention.name)
    return defined


_AGREEMENT = r"(?:avtal\w*|\w+avtal\w*|avsiktsförklaring\w*|överenskommelse\w*|partnerskap\w*|\w*kontrakt\w*)"
_BETWEEN = re.compile(rf"(?i)\b{_AGREEMENT}\s+(?:\w+\s+){{0,6}}?(?:mellan|med)\b")
_JOINS = re.compile(
    rf"(?i)\b{_AGREEMENT}|\b(?:parterna|ingår|tecknar|tecknat|ingått|skrev under|samarbete|samverkan|samverkar)\b"
)
_CONCLUDES = re.compile(
    rf"(?i)[^.]{{0,120}}?\b(?:ingår|ingått|tecknar|tecknat|träffar|träffat|sluter|slutit|har\s+(?:ett|en|följande))\s+(?:\w+\s+){{0,4}}?{_AGREEMENT}"
)
"""After a party's name: "… och NN ingår denna överenskommelse"."""
_DEFINES = re.compile(
    r"(?i)^\W*(?:\((?:[A-ZÅÄÖ]\w{1,9}|nedan|org)|,?\s*(?:nedan|org\.?\s*nr|organisationsnummer|härefter|fortsättningsvis))"
)


def parties_of(text: str, title_end: int, contact_spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Canonical names of the organisations that are parties, the most clearly named first.

    Judged by cues, not by mere mention: named in the title (before `title_end`), between "avtal mellan" and
    the sentence's end, in a sentence of agreeing, with a defined short form, in a contact block's heading, or
    named three times or more.
    """
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    for mention in mentions_of(text):
        first.setdefault(mention.name, mention.start)
        scores[mention.name] += 0.34
        opens = max(text.rfind(". ", 0, mention.start), text.rfind("\n\n", 0, mention.start)) + 1
        closes = min(
            x for x in (text.find(". ", mention.end), text.find("\n\n", mention.end), len(text)) if x >= 0
        )
        before, sentence = text[opens : mention.start], text[opens:closes]
        if mention.start < title_end:
            scores[mention.name] += 1.0
        if _BETWEEN.search(before):
            scores[mention.name] += 1.0
        elif _JOINS.search(sentence):
            scores[mention.name] += 0.34
        if re.search(rf"(?i)\b{_AGREEMENT}\s+ingår\b|\bparter(?:na)?\s+(?:är|i)\b", before):
            scores[mention.name] += 1.0
        if _DEFINES.match(text[mention.end : mention.end + 30]):
            scores[mention.name] += 0.6
        if _CONCLUDES.match(text[mention.end : closes]):
            scores[mention.name] += 1.0
        if any(start <= mention.start < end for start, end in contact_spans):
            scores[mention.name] += 1.0
    chosen = [name for name, score in scores.items() if score >= 1.0]
    return tuple(sorted(chosen, key=lambda name: (-min(scores[name], 3.0), first[name])))
