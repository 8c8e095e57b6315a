"""The parties that a question names: by name, short form, former name, bare place, or spelled nearly so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from corpus.bodies import places
from corpus.types import Agreement
from indexer.swedish.compounds import is_stem
from indexer.swedish.stems import stem
from indexer.swedish.vocabulary import Vocabulary
from retriever.party_names import KNOWN, named_at, place_at
from retriever.party_spelling import respelled

_PARTY_PREPOSITION = re.compile(
    r"(?i)(?:\b(?:med|mellan|och|för|har|hos|tecknat|by|with|between)\s+(?:den\s+|det\s+)?)$"
)


def asked_parties(
    text: str, agreements: Mapping[str, Agreement], vocabulary: Vocabulary, places: bool
) -> tuple[str, tuple[str, ...], list[tuple[int, int]], tuple[str, ...]]:
    """The text with the parties' names as they write them, the parties that it names, where, and notes for the reader.

    A second party that is on no card leaves the first without effect: "avtalet mellan Trosa kommun och Scoutkåren".
    """
    known = _known(frozenset(party for agreement in agreements.values() for party in agreement.parties))
    parties, spans = _parties(text, known, places)
    spelled, notes = respelled(text, known, vocabulary)
    more = _parties(spelled, known, places) if notes else ((), [])
    if _reach(more[1]) > _reach(spans) and {*parties} <= {*more[0]}:
        text, (parties, spans) = spelled, more
    else:
        notes = ()
    unmet = _OTHER_PARTY.search(text)
    if unmet and parties and not any(start <= unmet.start("other") < end for start, end in spans):
        return text, (), [], notes
    return text, parties, spans, notes


@lru_cache(maxsize=8)
def _known(cards: frozenset[str]) -> tuple[str, ...]:
    """The parties on the cards that a question may name, in order."""
    bare = {party.rpartition(" ")[0] for party in cards if _OF_A_PLACE.search(party)}
    return tuple(sorted(party for party in cards - bare if not _BARE_ROLE.fullmatch(party)))


_BARE_ROLE = re.compile(
    r"(?i)(?:kommunen|staden|regionen|landstinget|universitetet|högskolan|lärosätet|bolaget|företaget|föreningen|stiftelsen|"
    r"myndigheten|länsstyrelsen|leverantören|beställaren|hyresvärden|hyresgästen|parten)"
)
"""A card's "Universitetet" names no one: each agreement has its own. Nor does its "Granboda" where others say "Granboda kommun"."""


def _reach(spans: Sequence[tuple[int, int]]) -> int:
    """How many characters the named parties take."""
    return sum(end - start for start, end in spans)


_OTHER_PARTY = re.compile(r"\bmellan\s+[^?.,]{3,80}?\s+och\s+(?P<other>[A-ZÅÄÖ][\w-]+)")


def _parties(text: str, known: Sequence[str], places: bool) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """The known parties that the question names: by name, short form, former name, or bare place."""
    by_name = {
        party: span for party in known if (span := named_at(party, text)) and not _COURT.match(text, span[1])
    }
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    for party, span in by_name.items():
        if not any(
            start <= span[0] and span[1] <= end and span != (start, end) for start, end in by_name.values()
        ):
            found[party] = None
            spans.append(span)
    if not found and places:
        at: dict[tuple[int, int], list[str]] = {}
        folded = text.casefold()
        for party in known:
            for place in _places(party):
                match = place_at(place, text) if place.casefold() in folded else None
                if match is None or _is_plain_word(match.group()) or _OTHERS_NAME.match(text, match.end()):
                    continue
                if _PARTY_PREPOSITION.search(text[: match.start()]):
                    at.setdefault(match.span(), []).append(party)
        for span, named in at.items():
            found |= dict.fromkeys([party for party in named if _OF_A_PLACE.search(party)] or named)
            spans.append(span)
    return tuple(found), spans


_COURT = re.compile(r"(?i)\s+(?:tingsrätt|hovrätt|förvaltningsrätt|domstol|hyresnämnd)\w*")
"""A place before it names a court, no party: "Lurös tingsrätt"."""
_OTHERS_NAME = re.compile(rf"{_COURT.pattern}|(?-i:\s+(?:[A-ZÅÄÖ]\w+\s+){{0,2}}(?:AB|HB|KB|Aktiebolag)\b)")
"""… and before a firm's words it begins the firm's name: "Lurös Bostads AB" is not Lurö kommun."""
_OF_A_PLACE = re.compile(r"\b(?:kommun|stad|[Rr]egion)\b")
"""A bare place means its municipality before the company there: "Tornhede" is not Tornhede Energi AB as well."""


def _is_plain_word(written: str) -> bool:
    """True for "öppna" in small letters: a word of the language is no party's place, unless it is a municipality's."""
    word = written.casefold()
    return written[:1].islower() and is_stem(stem(word)) and not {word, word.removesuffix("s")} & _towns()


@cache
def _towns() -> frozenset[str]:
    return frozenset(place.casefold() for place in places())


_NO_PLACE = frozenset(
    """
        kommun stad region länsstyrelsen högskola högskolan universitet universitetet i på för
        tekniska ab västra östra norra södra förbund kommunalförbund myndigheten stiftelsen
        räddningstjänsten university municipality city statens kungliga frivilliga
    """.split()
)


_COMPANY = re.compile(
    r"\b(?:AB|Aktiebolag|HB|KB|Ltd|Inc)\b|(?:förening|klubb|sällskap|allians|folkhögskola|förvaltning)\b"
)


@lru_cache(maxsize=KNOWN)
def _places(party: str) -> tuple[str, ...]:
    """The place in a party's name, with and without its genitive: "Trollhättans stad" -> Trollhättans, Trollhättan.

    What follows a company's first word is a trade and no place: "fastigheter" names no agreement of Tallviks Fastigheter AB.
    """
    words = [word for word in party.split() if word.casefold() not in _NO_PLACE and word[:1].isupper()]
    words = words[:1] if _COMPANY.search(party) else words
    return tuple(form for word in words if len(word) > 3 for form in (word, word.removesuffix("s")))
