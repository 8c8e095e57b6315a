"""Which party a word of an agreement stands for: its name, "kommunen", or the role that the text gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest

from corpus.parties import mentions_of
from corpus.types import Agreement, Span
from indexer.swedish.words import Word, words_of
from retriever.party_names import named_at
from retriever.question import Question
from retriever.short_texts import question_words

_AFTER = re.compile(
    r"[^\n(]{0,60}?(?:\(|\bnedan\s+(?:kalla[dt]\s+)?|\bhärefter\s+(?:kalla[dt]\s+)?)[\"”“']?([A-ZÅÄÖa-zåäö]{4,24}[nt])[\"”“']?(?=[),.\s])"
)
""" "Norrsala kommun, nedan Beställaren"; "Stålforsen AB (Bolaget)"."""
_BEFORE = re.compile(r"(?m)^\W*([A-ZÅÄÖ][a-zåäö]{3,24})\s*(?:[:|]|är)\s*\**\s*$")
""" "Hyresvärd: Tärnåsa kommun", "Utlämnare är Region Hjälmdal"."""
_TAIL = re.compile(r"(?<=\w)(?:biträde|ansvarig|leverantör|beställare|utförare|förvaltare|ägare)$")
"""A "Personuppgiftsbiträde" is "Biträdet" further on."""
_KINDS: Mapping[str, str] = {
    r"\b(?:kommun|stad)\b": "kommunen staden",
    r"\b(?:Region|Landstinget)\b|region(?:en)?$": "regionen landstinget",
    r"universitet": "universitetet lärosätet",
    r"högskola": "högskolan lärosätet",
    r"\b(?:AB|Aktiebolag|HB|KB)\b": "bolaget företaget leverantören",
    r"^Länsstyrelsen": "länsstyrelsen",
    r"^Polis": "polisen polismyndigheten",
    r"[Ff]örening": "föreningen",
    r"[Ss]tiftelse": "stiftelsen",
    r"museum|[Mm]useet": "museet",
    r"(?:verket|myndigheten)\b": "myndigheten",
}
_SAME_KIND = (("universitetet", "högskolan"), ("högskolan", "universitetet"))
"""Where no party is of the first kind, people mean the other by it."""
_GETS = re.compile(r"(?i)\b(?:får|fick|fått|erhåll\w*|betalt|tjäna[rd]?e?)\b")
"""Who gets is asked about: the sum is told of the one who gives."""
_RECEIVES = re.compile(r"(?i)\b(?:till|från|för|mot|hos|med|åt|av)\s+(?:\w+\s+)?$")
"""Before the one who is paid, not the one who pays."""


def asked_owners(question: Question, agreement: Agreement) -> frozenset[str]:
    """The party whose figure is asked for: the first that the question names, by name or as "kommunen"; empty for none."""
    return _asked_owners(question.read_as, question.parties, agreement.text, agreement.parties)


@lru_cache(maxsize=1_000)
def _asked_owners(asked: str, named: tuple[str, ...], text: str, parties: tuple[str, ...]) -> frozenset[str]:
    """Of each agreement once a question, whatever the number of its figures."""
    if _GETS.search(asked):
        return frozenset()
    places = [(span[0], frozenset([party])) for party in named if (span := named_at(party, asked))]
    places.extend((m.start(), frozenset([party])) for party in parties for m in _mentions(party, asked))
    places.extend(_by_role(text, parties, question_words(asked)))
    places = [place for place in places if not _RECEIVES.search(asked[: place[0]])]
    found = min(places, key=lambda place: place[0], default=None)
    return found[1] if found else frozenset()


def asked_side(question: Question, agreement: Agreement) -> frozenset[str]:
    """The one party whose person is asked for, however it is joined: "vem skrev under för universitetet?"; empty for none."""
    asked, parties = question.read_as, agreement.parties
    places = [frozenset([party]) for party in parties if next(_mentions(party, asked), None)]
    places.extend(names for _, names in _by_role(agreement.text, parties, question_words(asked)))
    return places[0] if len({*places}) == 1 and len(places[0]) == 1 else frozenset()


def side_of(agreement: Agreement, sentence: Span, person: Span) -> frozenset[str]:
    """The party on whose side a person stands: named right behind it ("X, rektor vid Y"), else last before it."""
    text = agreement.text
    behind = _BEHIND.match(text, person.end, sentence.end)
    for words, place in ((behind.group() if behind else "", 0), (text[sentence.start : person.start], -1)):
        named = _named(agreement, words)
        if named:
            return named[place][1]
    return frozenset()


_BEHIND = re.compile(r"\s*(?:[,(]|vid\b|på\b|för\b|från\b)[^,;()\n.]{0,60}")


def owners_in(agreement: Agreement, words: str) -> list[tuple[int, frozenset[str]]]:
    """Where the words name a party that gives or has, offsets into them, with the parties it may be."""
    return [place for place in _named(agreement, words) if not _RECEIVES.search(words[: place[0]])]


_PAYER = re.compile(
    r"\b(?:[Bb]etala[rd]?e?|[Ss]tår|[Bb]idrar|[Ss]varar|[Ss]atsar|[Ss]kjuter|[Ll]ägger)\s+([A-ZÅÄÖ][a-zåäö][\wåäö-]+)"
)
"""Who is asked about by name: "hur mycket betalar Granboda?". An abbreviation may be a party's own."""


def is_anothers(question: Question, agreement: Agreement, words: str) -> bool:
    """True where the question names a payer that neither the words nor the agreement's parties hold, and the words another."""
    asked = _PAYER.search(question.read_as)
    if asked is None:
        return False
    name = asked[1].casefold().removesuffix("s")
    if any(name in held.casefold() for held in (words, *agreement.parties)):
        return False
    return bool(owners_in(agreement, words))


def _named(agreement: Agreement, words: str) -> list[tuple[int, frozenset[str]]]:
    named = [
        (match.start(), frozenset([party]))
        for party in agreement.parties
        for match in _mentions(party, words)
    ]
    taken = {place for place, _ in named}
    read = words_of(words)
    roles = [place for place in _by_role(agreement.text, agreement.parties, read) if place[0] not in taken]
    return sorted([*named, *roles], key=lambda place: place[0])


def _mentions(party: str, words: str) -> Iterator[re.Match[str]]:
    own = next((word for word in party.split() if word.casefold() not in _NO_NAME), party)
    return re.finditer(rf"\b{re.escape(own.removesuffix('s'))}", words)


_NO_NAME = frozenset(
    ["region", "länsstyrelsen", "kommunerna", "högskolan", "myndigheten", "aktiebolaget", "stiftelsen"]
)


def _by_role(text: str, parties: tuple[str, ...], words: Iterable[Word]) -> list[tuple[int, frozenset[str]]]:
    roles = roles_of(text, parties)
    found = ((word.start, roles.get(word.word) or roles.get(word.word.removesuffix("s"))) for word in words)
    return [(start, meant) for start, meant in found if meant]


@lru_cache(maxsize=2_000)
def roles_of(text: str, parties: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Definite noun that stands for parties -> these: "kommunen" for each municipality, "bolaget" for the one so called."""
    found: dict[str, set[str]] = {}
    for party in parties:
        for pattern, nouns in _KINDS.items():
            if re.search(pattern, party):
                for noun in nouns.split():
                    found.setdefault(noun, set()).add(party)
    defined: dict[str, set[str]] = {}
    mentions = [mention for mention in mentions_of(text) if mention.name in parties]
    for mention, following in zip_longest(mentions, mentions[1:]):
        until = following.start if following else len(text)
        for noun in _roles_beside(text, mention.start, mention.end, until):
            defined.setdefault(noun, set()).add(mention.name)
    for noun, other in _SAME_KIND:
        if noun not in found and other in found:
            found[noun] = found[other]
    return {noun: frozenset(names) for noun, names in {**found, **defined}.items()}


def _roles_beside(text: str, start: int, end: int, until: int) -> list[str]:
    """What the text calls the party named there: before another is named, and on the same line."""
    line = text.rfind("\n", 0, start) + 1
    after, before = _AFTER.match(text, end, until), _BEFORE.match(text[line:start])
    label = before[1].casefold() if before else ""
    tails = {label, *_TAIL.findall(label)}
    return [
        *([after[1].casefold()] if after else []),
        *(f"{tail}{ending}" for tail in sorted(tails) for ending in ("en", "n", "et", "t") if tail),
    ]


_THEIRS = re.compile(r"\s+(?:[a-zåäö]{2,}a\s+)?[a-zåäö-]{3,}")


def with_what_is_theirs(text: str, name: str, end: int, last: int) -> int:
    """Where a name in the genitive ends with what is theirs: "Granboda kommuns antagningskansli"."""
    if name.endswith("s") or not text.endswith("s", 0, end):
        return end
    theirs = _THEIRS.match(text, end, last)
    return theirs.end() if theirs else end
