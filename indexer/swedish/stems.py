"""Stems: Snowball's Swedish stemmer and the word families it leaves apart."""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer


class _OwnSnowball(threading.local):
    """A stemmer for each thread: it keeps the word it works on in itself, so two threads spoil each other's stems."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("swedish")


_snowball = _OwnSnowball()

_WHOLE = frozenset(
    """
        sedan utan innan redan annan någon ingen sådan bara kan man han hon dessutom organ japan
        roman plan
    """.split()
)
_IRREGULAR = {
    "giltig": "gäll", "giltigt": "gäll", "giltiga": "gäll", "giltighet": "gäll", "giltigheten": "gäll", "giltighetstid": "gälltid",
    "året": "år", "åren": "år", "årets": "år", "års": "år", "årens": "år",
    "städer": "stad", "städerna": "stad", "länder": "land", "länderna": "land", "böcker": "bok", "händer": "hand",
    "sagts": "säg", "sagt": "säg", "sade": "säg", "sägs": "säg", "sägas": "säg", "säga": "säg", "säger": "säg",
    "uppsägning": "uppsäg", "uppsägningen": "uppsäg", "uppsägningar": "uppsäg", "uppsagt": "uppsäg", "uppsagd": "uppsäg",
    "gav": "ge", "ger": "ge", "ge": "ge", "ges": "ge", "avgift": "avgift", "skrev": "skriv", "skrivit": "skriv", "skrevs": "skriv",
    "tolka": "tolkning", "tolkas": "tolkning", "tolkat": "tolkning", "tolkats": "tolkning", "tolkning": "tolkning",
    "tolkningen": "tolkning", "tolkningar": "tolkning", "tolkningarna": "tolkning",
    "landning": "landning", "landningen": "landning", "landningar": "landning",
    "tog": "ta", "tar": "ta", "ta": "ta", "tas": "ta", "fick": "få", "får": "få", "få": "få",
}  # fmt: skip
"""Forms that no suffix rule reaches: strong verbs, umlaut plurals, giltig/gäller, and tolkning that is no tolk."""

_ENDINGS = (
    "ornas",
    "orna",
    "ors",
    "or",
    "ans",
    "an",
    "na",
    "ning",
    "ings",
    "ing",
    "bart",
    "igt",
    "skt",
    "ets",
    "et",
    "orn",
    "eln",
    "s",
)
_KEEPS = {"bart": 3, "igt": 2, "skt": 2, "orn": 2, "eln": 2}
"""Endings that lose only their last letter (hållbart, rektorn): the letters that stay."""
_LEAVES = {
    "orn": 3,
    "eln": 3,
    "ing": 5,
    "ings": 5,
    "s": 5,
    "et": 3,
    "ets": 3,
    "an": 3,
    "ans": 3,
    "or": 3,
    "ors": 3,
    "orna": 3,
    "ornas": 3,
    "na": 3,
}
_NOT_DEFINITE = ("itet", "itets", "heten", "het", "hets", "paket", "kret", "ket", "get", "det")
"""Words whose -et is no article (universitet, paket, något, mycket)."""
KNOWN_WORDS = 32_768
"""Words kept with what they were found to be, by each step; twice that many are seldom met again (docs/robustness.md)."""
_SHORTEST_FIRST = 3
_SHORTEST = 4
"""Letters kept: three the first time (hyran, dagar), four from then on."""


@lru_cache(maxsize=KNOWN_WORDS)
def stem(word: str) -> str:
    """The stem of a lower-case word.

    Snowball and the endings it leaves (-an of skolan, -or of bilagor, the -ning of verbal nouns, the -t of hållbart),
    again and again until nothing more comes off: Snowball alone takes -ar from hållbar but only -a from hållbara.
    Three letters or more are kept, four after the first step, and the -er of verbs in -era (parkering is no park).
    """
    if word in _WHOLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    found = word
    while True:
        shorter = _shorten(found, first=found is word)
        verb = found is not word and found.endswith("er")
        least = _SHORTEST_FIRST if found is word else _SHORTEST
        if shorter == found or len(shorter) < least or verb:
            return found
        found = shorter


def _shorten(word: str, first: bool) -> str:
    found: str = _snowball.stemmer.stemWord(word)
    if found != word:
        return found
    for ending in _ENDINGS:
        if ending in ("et", "ets") and (not first or word.endswith(_NOT_DEFINITE)):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= _LEAVES.get(ending, _SHORTEST):
            return word[: len(word) - len(ending) + _KEEPS.get(ending, 0)]
    return word
