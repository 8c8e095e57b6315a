"""Where a text lists its parties, and the names in such a list, whatever their form: "Parter: A, B och C", "mellan A och B"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.types import Span

_ROLES = (
    r"(?:avtals)?parter(?:na)?|beställare|leverantör|utförare|hyresvärd|hyresgäst|köpare|säljare|huvudm[aä]n|uppdragsgivare|uppdragstagare|"
    r"upplåtare|nyttjanderättshavare|arrendator|jordägare|markägare|kund|personuppgiftsansvarig|personuppgiftsbiträde|licensgivare|"
    r"licenstagare|sponsor|part \w{1,2}|deponent|depositarie|mottagare|givare|långivare|låntagare|anordnare|lärosäte|exploatör|entreprenör|"
    r"konsult|bidragsgivare|bidragstagare|parties|between"
)
_LABELLED = re.compile(rf"(?im)^[ \t*#§\d.)-]*(?:{_ROLES})\b[^:\n|]{{0,25}}:[ \t]*(?P<list>[^\n]+)")
_HEADED = re.compile(
    r"(?im)^[ \t*#§\d.)-]*(?:(?:artikel|article|kapitel|avsnitt|punkt)[ \t]+\d+[ \t.:–-]*)?(?:(?:avtals)?parter(?:na)?(?:\s+och\s+roller)?|vilka\s+vi\s+är|vi\s+som\s+\w+|ägare|partners?(?:\s+i\s+dag)?|"
    r"(?:de\s+)?samverkande\s+parter(?:na)?|undertecknare|the\s+parties|parties)[ \t:*]*\n(?P<list>(?:[ \t]*\n)?(?:[^\n]+(?:\n|$)){1,14})"
)
_BETWEEN = re.compile(
    r"(?im)(?:^[ \t*]*|\b\w*(?:avtal|överenskommelse|avsiktsförklaring|partnerskap)\w*\s+(?:\w+\s+){0,6}?)(?:mellan|between)\b\s*"
)
_ENDS = re.compile(
    r"(?i)\s+(?:har|gäller|träffas|träffats|ingås|ingått|tecknas|är|om|avseende|angående|denna\s+dag|följande|vill|avser|agree|have|hereby)\b"
    r"|(?<!\bför)(?<!\bek)[.;]\s|\n[ \t]*\n(?!\s*\(\d|\s*och\b|\s*and\b)"
)
_LIST_ENDS = re.compile(
    r"(?i)\s+(?:har|gäller|är|vill|avser|kallas|utgör|ska)\b|(?<!\bför)(?<!\bek)[.;]\s(?!\d)"
)
_SUBJECT = re.compile(
    r"(?m)^[ \t*§\d.)-]*(?:(?:Vi,|Undertecknade(?:[ \t]+parter)?[,:]?)[ \t]+(?:[–-][ \t]+)?)?(?P<list>[A-ZÅÄÖ][^.\n]{10,400}?)[ \t]+(?:vill|avser|önskar|inrättar|har|ingår|träffar|tecknar|bildar|sluter|lämnar|enas|förklarar)\b"
)
_SPLIT = re.compile(
    r"\([^()\n]*\)|(?P<other>\s/\s)|[,;\n|]|\s[–-]\s|(?<!\w)(?:och/and|och|samt|and)(?!\w)|(?<!\w)\(?\d{1,2}(?:\.\d)*[.)]?(?!\w)|[•●]"
)
_CUT = re.compile(
    r"(?i)\s*[\"”“(].*|\s+(?:genom|nedan|org|organisationsnummer|företräd\w*|med\s+säte|härefter|hereinafter|ideell)\b.*|\s*(?<!\bför)[.*]+$"
)
_BEFORE = re.compile(
    r"(?i)^(?:(?:den|det|de|the|ideella|föreningen(?=\s+[a-zåäö])|kommunerna|regionerna|universiteten|bolagen|mellan|between)\s+)+|^\w*(?:föreningen|stiftelsen|klubben|företaget|bolaget|sällskapet|jouren|organisationen)\s+(?=(?-i:[A-ZÅÄÖ]))"
)
_NAME = re.compile(r"[A-ZÅÄÖ][\wåäöéü&:'-]+(?:[ ][\wåäöéü&:.'-]+){0,5}")
_PLAIN = re.compile(
    rf"(?i)(?:\w*(?:en|et|na|or|er)|{_ROLES}|sverige|sweden|finland|norge|danmark|united\s+kingdom|namn|\w{{1,3}}|\w*avtal|värd|mall|bakgrund|syfte)|"
    r"(?:var\s+för\s+sig|tillsammans|gemensamt)\b.*|(?:\w*avtal(?:et)?|\w*nämnd(?:en)?|\w*styrelsen|\w*avdelningen|\w*förvaltningen|\w*kontoret|\w*enheten|diarie\w*|dnr|bilaga|institutionen|område\w*|parter(?:na)?|detta|denna|dessa|följande)\b.*|.*\d.*|.*-"
)
"""What stands in such a list and names nobody: roles, definite nouns, parts of the party before, numbers."""
_QUOTES = ('"', "”", "“")
"""A name in quotes is what the party before it is called from here on."""
_VERB = re.compile(r"(?i)\b(?:ska|skall|har|är|får|kan|som|att|inte|till|från|enligt|vid|en|ett|per)\b")
_FRONT = 3000
_LONGEST = 1200


@lru_cache(maxsize=512)
def party_lists(text: str) -> tuple[Span, ...]:
    """Where the text lists its parties, in order, perhaps overlapping."""
    found: list[Span] = []
    for pattern in (_LABELLED, _HEADED):
        for match in pattern.finditer(text, 0, min(len(text), _FRONT)):
            ends = _LIST_ENDS.search(text, match.start("list"), match.end("list"))
            found.append(Span(match.start("list"), ends.start() if ends else match.end("list")))
    for match in _BETWEEN.finditer(text):
        if match.start() > _FRONT and not text[match.start() : match.end()].lstrip(" *").startswith(
            ("Mellan", "mellan")
        ):
            continue
        last = min(len(text), match.end() + _LONGEST)
        ends = _ENDS.search(text, match.end(), last)
        if ends:
            found.append(Span(match.end(), ends.start()))
    return tuple(sorted(found, key=lambda span: span.start))


def subject_lists(text: str) -> Iterator[Span]:
    """What stands before the verb of a line's first sentence in the text's front: "A, B och C vill att …"."""
    for match in _SUBJECT.finditer(text, 0, min(len(text), _FRONT)):
        yield Span(match.start("list"), match.end("list"))


def front_rows(text: str) -> Iterator[Span]:
    """The first lines of the text that join two things, have no verb and end no sentence."""
    rows = list(_ROW.finditer(text, 0, min(len(text), _FRONT)))[:_ROWS]
    for i, row in enumerate(rows):
        alone = i + 2 < len(rows) and _JOINED.fullmatch(rows[i + 1].group().strip())
        span = Span(row.start(), rows[i + 2].end() if alone else row.end())
        line = text[span.start : span.end]
        joined = _JOINED.search(line) or line.count(", ") >= _COMMAS
        if joined and not _VERB.search(line) and not line.rstrip().endswith((".", ":")):
            yield span


_ROW = re.compile(r"[^\n]*\S[^\n]*")
_JOINED = re.compile(r"(?i)\b(?:och|samt|and)\b|\s[–-]\s")
_COMMAS = 2
"""Commas that join a row's names as well as a word does."""
_ROWS = 12
"""Lines on top of a text of which one may hold nothing but its parties."""


def names_in(text: str, span: Span) -> Iterator[Span]:
    """The parts of a list that read as proper names; what stands after a slash is the name before it in other words."""
    at, again = span.start, False
    for mark in (*_SPLIT.finditer(text, span.start, span.end), None):
        end = mark.start() if mark else span.end
        if end > at and not again and (found := _name(text[at:end])):
            yield Span(at + found.start, at + found.end)
        if mark:
            at, again = mark.end(), mark["other"] is not None


def _name(item: str) -> Span | None:
    if item.lstrip()[:1] in _QUOTES:
        return None
    item = item.rstrip()
    start = (
        max(item.rfind(": ") + 2, len(item) - len(item.lstrip(" \t*(–-")))
        if ": " in item
        else len(item) - len(item.lstrip(" \t*(–-"))
    )
    words = _CUT.sub("", item[start:]).rstrip()
    before = _BEFORE.match(words)
    if before:
        start, words = start + before.end(), words[before.end() :]
    if not _NAME.fullmatch(words) or _PLAIN.fullmatch(words) or _VERB.search(words) or "_" in words:
        return None
    return Span(start, start + len(words))
