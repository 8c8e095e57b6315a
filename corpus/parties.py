"""Which organisations are parties to an agreement, told by where and how they are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.closing import SIGNER
from corpus.mentions import Mention, mentions_of
from corpus.names import canonical_name, former_and_short_names
from corpus.party_lists import party_lists
from corpus.types import Span

__all__ = ["Mention", "Places", "canonical_name", "former_and_short_names", "mentions_of", "parties_of"]

_AGREEMENT = r"(?:avtal\w*|\w+avtal\w*|avsiktsförklaring\w*|överenskommelse\w*|partnerskap\w*|\w*kontrakt\w*)"
_BETWEEN = re.compile(rf"(?i)\b{_AGREEMENT}\s+(?:\w+\s+){{0,6}}?(?:mellan|med)\b")
_JOINS = re.compile(
    rf"(?i)\b{_AGREEMENT}|\b(?:parterna|ingår|tecknar|tecknat|ingått|skrev under|samarbete|samverkan|samverkar)\b"
)
_CONCLUDES = re.compile(
    rf"(?i)[^.]{{0,120}}?\b(?:ingår|ingått|tecknar|tecknat|träffar|träffat|sluter|slutit|har\s+(?:ett|en|följande))\s+(?:\w+\s+){{0,4}}?{_AGREEMENT}|[^.]{{0,120}}?\bskr(?:ivit|iver|ev)\s+(?:under|på)\s+(?:\w+\s+){{0,4}}(?:{_AGREEMENT}|\w*löfte\w*)|[^.]{{0,120}}?\b(?:kommit\s+överens|överenskommit|inträder\s+som)\b|[^.]{{0,60}}?\bär\s+(?:\w+\s+)?(?:samarbets)?partner\b"
)
"""After a party's name: "… och NN ingår denna överenskommelse"."""
_DEFINES = re.compile(
    r"(?i)^\W*(?:\((?:[A-ZÅÄÖ]\w{1,9}|nedan|org)|,?\s*(?:nedan|org\.?\s*nr|organisationsnummer|härefter|fortsättningsvis))"
)


_ENTRY = re.compile(
    r"(?i)\bmellan\b|\bparter(?:na)?\b|^\W*(?:beställare\w*|leverantör\w*|utförare\w*|hyresvärd\w*|hyresgäst\w*|köpare\w*|säljare\w*|huvudman\w*|uppdragsgivare\w*|"
    r"uppdragstagare\w*|upplåtare\w*|nyttjanderättshavare\w*|arrendator\w*|jordägare\w*|kund\w*|personuppgifts\w+|licens\w+|värd\w*|sponsor\w*|part \w+|kommun\w*|region\w*|avtalspart\w*)[^:\n|]{0,40}[:|]"
)
"""A line above the first section that says who the parties are."""
_JOINER = re.compile(
    r"(?i)[\s,;:.()/&*#|–-]+|\b(?:och|samt|med|genom|nedan|kallad|kallat|org|nr|mellan)\b|\d+"
)
_LOOSE_WORDS = 40
"""Characters besides names and joining words that a line of nothing but parties may have ("genom tekniska nämnden")."""
_ABOUT_OTHERS = re.compile(
    r"(?i)\b(?:dnr|diarie\w*|tillägg\w*\s+till|ändrar|ersätter|bilaga\s+till|beslut\w*|upphandling\w*)\b"
)
_ROLE = re.compile(
    r"(?i)\W*(?:(?:landstinget|regionen|kommunen|namn|\w*(?:part|ägare|havare|givare|tagare|ställare|värd|gäst|köpare|säljare|utförare|leverantör|entreprenör|konsult|kund|huvudman))\b\W*){1,2}"
)
"""What may stand before a party's name in its cell or on its line."""
_HAVE = re.compile(r"(?i)\bhar\s+(?:[^.]{0,60}\s+(?:och|samt)\s+)?$")
_AN_AGREEMENT = rf"(?i)(?:\s+(?:och|samt)\s+[^.]{{2,60}}?)?\s+(?:ett|en)\s+(?:\w+\s+){{0,2}}?{_AGREEMENT}"
""" "Sedan 2009 har X och Y ett avtal": the verb stands before the names."""
_SURE, _LIKELY = 1.0, 0.34


@dataclass(frozen=True, slots=True)
class Places:
    """Where an agreement names its parties: offsets into its text.

    `title_end` ends the title; `front_end` what stands above the first section; `signatures` and `contacts` are
    the blocks of those kinds (for a contact block its heading), `presented` the sections that present the parties.
    """

    title_end: int = 0
    front_end: int = 0
    signatures: tuple[Span, ...] = ()
    presented: tuple[Span, ...] = ()
    contacts: tuple[Span, ...] = ()


def parties_of(text: str, places: Places) -> tuple[str, ...]:
    """Canonical names of the organisations that are parties, the most clearly named first.

    Judged by cues, not by mere mention. Where two or more are named in the title, above the first section, in
    the section of the parties, where they sign or where they "ingår" the agreement, these are the parties; else
    looser cues count: between "avtal mellan" and the sentence's end, a contact block, three mentions or more.
    """
    sure: dict[str, float] = defaultdict(float)
    scores: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    about: set[str] = set()
    for mention in mentions_of(text):
        if mention.name not in first and _ABOUT.search(text[: mention.start][-_LABEL:]):
            about.add(mention.name)
        first.setdefault(mention.name, mention.start)
        if mention.name in about and mention.start < max(places.front_end, places.title_end):
            continue
        sure[mention.name] += _sure(text, mention, places)
        scores[mention.name] += _likely(text, mention, places)
    chosen = [name for name, score in sure.items() if score >= _SURE]
    if len(chosen) < 2:
        chosen = [name for name in first if sure[name] + scores[name] >= _SURE]
    if len(chosen) < 2:
        chosen = list(dict.fromkeys([*chosen, *_first_named_together(text, places)]))
    chosen = [name for name in chosen if not any(_is_short_for(name, other) for other in chosen)]
    return tuple(sorted(chosen, key=lambda name: (-min(sure[name] + scores[name], 3.0), first[name])))


def _is_short_for(name: str, other: str) -> bool:
    """True for "Granboda" beside "Granboda kommun"."""
    return re.fullmatch(rf"{re.escape(name)}s?\s+(?:kommun|stad|universitet|högskola)", other) is not None


def _first_named_together(text: str, places: Places) -> list[str]:
    """The organisations of the first sentence below the title that names two or more: "Vi, X, Y och Z, avser …"."""
    opening = places.title_end + _OPENING
    together: dict[int, list[str]] = defaultdict(list)
    for mention in mentions_of(text):
        if places.title_end <= mention.start < opening:
            opens, _ = _around(text, mention)
            if not _ABOUT_OTHERS.search(text[opens : mention.start]):
                together[opens].append(mention.name)
    several = (names for _, names in sorted(together.items()) if len(set(names)) > 1)
    return next(several, [])


def _around(text: str, mention: Mention) -> tuple[int, int]:
    """The sentence that holds the mention, of a very long one what is near."""
    first, last = max(0, mention.start - _NEAR), min(len(text), mention.end + _NEAR)
    opens = (
        max(text.rfind(". ", first, mention.start), text.rfind("\n\n", first, mention.start), first - 1) + 1
    )
    closes = (text.find(". ", mention.end, last), text.find("\n\n", mention.end, last), last)
    return opens, min(x for x in closes if x >= 0)


_NEAR = 1500
"""Characters: the longest lists of parties in one sentence are shorter. A list of thousands of names is no sentence."""


def _opens_its_line(before: str) -> bool:
    """True where nothing but a role stands before the name in its cell, or on its line below a short one."""
    *above, own = re.split(r"[\n|]", before)
    if _ROLE.fullmatch(own):
        return True
    return not own.strip() and len(above[-1] if above else "") <= _LOOSE_WORDS


_OWNED = re.compile(r"(?i)\b\w*äg[dts]\w*\s+av\s+$")
"""Before an organisation that the text names because of another: "helägt av X"."""
_ABOUT = re.compile(r"(?i)\b(?:avseende|beträffande|rörande)\s+$")
"""Before the organisation that the agreement is about: "aktieägaravtal avseende X"."""
_LABEL = 20
_WITH = re.compile(r"(?i)\b(?:kommit\s+överens|överenskommit|ingått\s+(?:ett\s+)?avtal)\s+med\s+$")


def _signs(text: str, mention: Mention) -> bool:
    """True where the name stands by the one who signs for it: "Rektor, Högskolan Viken", "För Viks kommun"."""
    if mention.start < len(text) * _SIGNED_FROM:
        return False
    opens = text.rfind("\n", 0, mention.start) + 1
    closes = text.find("\n", mention.end)
    before = re.split(r"\s{3,}|\t|\|", text[opens : mention.start])[-1]
    after = re.split(r"\s{3,}|\t|\||:", text[mention.end : closes if closes >= 0 else len(text)])[0]
    return not after.strip() and _SIGNER.fullmatch(before) is not None


_SIGNED_FROM = 0.3
"""Share of the text above which nobody signs; long appendices may follow."""
_SIGNER = re.compile(
    rf"(?i)\W*(?:[^,.:]{{0,80}}{SIGNER.pattern[4:]}[^,.:]{{0,60}}(?:,|(?<=\w))\s+|f[öo]r\s+(?:the\s+)?)"
)


def _sure(text: str, mention: Mention, places: Places) -> float:
    opens, closes = _around(text, mention)
    before = text[opens : mention.start]
    if _OWNED.search(before):
        return 0.0
    score = 0.0
    if mention.start < places.title_end or (mention.start < places.front_end and _is_entry(text, mention)):
        score += _SURE
    if any(span.start <= mention.start < span.end for span in places.signatures) or _signs(text, mention):
        score += _SURE
    if any(span.start <= mention.start < span.end for span in party_lists(text)):
        score += _SURE
    if _WITH.search(before):
        score += _SURE
    if any(span.start <= mention.start < span.end for span in places.presented) and (
        _DEFINES.match(text[mention.end : mention.end + 30])
        or not before.strip(" \n-•–:|*")
        or _opens_its_line(before)
    ):
        score += _SURE
    if re.search(rf"(?i)\b{_AGREEMENT}\s+ingår\b|\bparter(?:na)?\s+(?:är|i)\b", before):
        score += _SURE
    if _HAVE.search(before) and re.match(_AN_AGREEMENT, text[mention.end : closes]):
        score += _SURE
    if _CONCLUDES.match(text[mention.end : closes]):
        score += _SURE
    if mention.start < _EARLY and _BETWEEN.search(before):
        score += _SURE
    if mention.start < places.title_end + _OPENING and _opens_with_will(text, mention, opens, closes):
        score += _SURE
    return score


_OPENING = 600
"""Characters below the title where "X och Y vill …" says who the parties are."""
_WILL = re.compile(
    r"(?i)[^.]{0,120}?\b(?:vill|avser|önskar|har\s+för\s+avsikt|är\s+överens|förklarar|enas\s+om|åtar\s+sig|förbinder\s+sig)\b"
)


def _opens_with_will(text: str, mention: Mention, opens: int, closes: int) -> bool:
    """True for each of "X och Y vill att …", where nothing but names stands before the verb."""
    verb = _WILL.match(text[mention.end : closes])
    if verb is None:
        return False
    subject = text[opens : mention.end + verb.end()]
    ends = opens + len(subject)
    named = [each for each in _mentions_in(text, opens, ends) if each.end <= ends]
    for each in named:
        subject = subject.replace(text[each.start : each.end], " ")
    rest = _JOINER.sub("", _WILL_WORDS.sub("", subject))
    return len({each.name for each in named}) > 1 and not rest


_WILL_WORDS = re.compile(
    r"(?i)\b(?:vill|avser|önskar|har|för|avsikt|är|överens|förklarar|enas|om|åtar|förbinder|sig|härmed|undertecknade|parter)\b"
)


_EARLY = 2500
"""Characters into the text where "avtal mellan" still speaks of this agreement."""


def _likely(text: str, mention: Mention, places: Places) -> float:
    opens, closes = _around(text, mention)
    score = _LIKELY
    if _BETWEEN.search(text[opens : mention.start]):
        score += _SURE
    elif _JOINS.search(text[opens:closes]):
        score += _LIKELY
    if _DEFINES.match(text[mention.end : mention.end + 30]):
        score += 0.6
    if any(span.start <= mention.start < span.end for span in places.contacts):
        score += _SURE
    return score


def _mentions_in(text: str, start: int, end: int) -> Sequence[Mention]:
    """The mentions that begin in `text[start:end]`. A list of thousands of parties is not gone through for each of them."""
    found = mentions_of(text)
    first = bisect_left(found, start, key=lambda mention: mention.start)
    return found[first : bisect_left(found, end, key=lambda mention: mention.start)]


def _is_entry(text: str, mention: Mention) -> bool:
    """True where the mention's line says who the parties are, or holds nothing but names."""
    opens = text.rfind("\n", 0, mention.start) + 1
    closes = text.find("\n", mention.end)
    line = text[opens : closes if closes >= 0 else len(text)]
    if _ABOUT_OTHERS.search(line[: mention.start - opens]):
        return False
    if _ENTRY.search(line[: mention.start - opens]) or _CONCLUDES.match(line[mention.end - opens :]):
        return True
    rest = line
    for each in _mentions_in(text, opens, opens + len(line)):
        if each.end <= opens + len(line):
            rest = rest.replace(text[each.start : each.end], " ")
    return len(_JOINER.sub("", rest)) <= _LOOSE_WORDS
