"""Parts of Swedish compounds: kompetensförsörjning is kompetens and försörjning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from indexer.swedish.stems import KNOWN_WORDS, stem

_NO_PART = frozenset(
    """
        sam över under före efter till från inom utom emot genom mellan igen fram hop bort dels
        själv varje många flera andra isk iska ning ande ende ling erna arna orna het heten lig liga
        samhet tion ation itet ering else elser skap ling åter vara vari innan alla detta denna
        dessa skulle blir bliv haft mot vid den det som för upp nya nytt hela ring ringar tering
        sering inter anti auto gäng plikt avt eller sven ens ser mels tels hets inget ingen gand
        nisation vitet rens ters ners lers sens bar bart sel seln ande ar er or en et ad ade are
        else hand ansvars
    """.split()
)
"""Prefixes, endings and function words that the list holds as stems but that never make a part."""

_LINKS = ("s", "", "o", "u", "e", "a")
_SHORTEST_FIRST = 4
_SHORTEST_LAST = 3
_SHORTEST_SPLIT_AGAIN = 11
_RATHER_WHOLE = 20
"""A word this many times as frequent as its rarest part is no compound of them (tjänsten, transporter)."""
_SHORT_LAST = frozenset(
    """
        tid liv lag råd mål väg hus dag tåg bil båt län ort kod del rum bok
    """.split()
)
"""The three-letter nouns that end compounds (avtalstid, arbetsliv); any other short ending is an inflection."""


@cache
def _list() -> Mapping[str, tuple[int, frozenset[str]]]:
    """Stem -> how often it occurs, and its common forms."""
    rows = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split("\n")
    return {row[0]: (int(row[1]), frozenset(row[2:])) for row in (line.split(" ") for line in rows if line)}


@lru_cache(maxsize=KNOWN_WORDS)
def parts_of(word: str) -> tuple[str, ...]:
    """The stems of a lower-case word's parts, first to last; the empty tuple for a word that is no compound.

    Every split into two known stems, with or without a linking letter, is weighed by the parts' frequency (the
    geometric mean of Koehn & Knight 2003), and the best one's parts are split again.
    """
    if len(word) < _SHORTEST_FIRST + _SHORTEST_LAST or not word.isalpha():
        return ()
    best: tuple[float, str, str] | None = None
    for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_LAST + 1):
        last = _last(word[cut:])
        if last is None:
            continue
        first = _first(word[:cut])
        if first is None:
            continue
        weight = (math.log(first[1]) + math.log(last)) / 2 + 0.15 * min(cut, len(word) - cut)
        if best is None or weight > best[0]:
            best = (weight, first[0], word[cut:])
    if best is None or _count(word) > _RATHER_WHOLE * min(_count(best[1]), _count(best[2])):
        return ()
    _, first_word, last_word = best
    return (*_split_again(first_word), *_split_again(last_word))


def _split_again(word: str) -> tuple[str, ...]:
    """A long part's own parts; a shorter one is whole (kontrakt, praktik)."""
    return (parts_of(word) if len(word) >= _SHORTEST_SPLIT_AGAIN else ()) or (stem(word),)


def _first(written: str) -> tuple[str, int] | None:
    """A first part without its linking letter, as a word that occurs by itself, and how often its stem occurs.

    arbets- is arbete, skol- is skola; a stem that is no word (besk-, transp-) is no part. A long first part may be a
    compound itself (personuppgiftsbiträdes-).
    """
    for link in _LINKS:
        plain = (
            written[: len(written) - len(link)]
            if link and written.endswith(link)
            else ("" if link else written)
        )
        if len(plain) < _SHORTEST_FIRST - (1 if link == "s" else 0) or plain in _NO_PART:
            continue
        for form in (plain, f"{plain}a", f"{plain}e", f"{plain.removesuffix('e')}a"):
            found = _list().get(stem(form))
            if found and form in found[1] and stem(form) not in _NO_PART:
                return form, found[0]
    long = written.removesuffix("s")
    if len(long) >= _SHORTEST_SPLIT_AGAIN and parts_of(long):
        return long, 1
    return None


def _last(written: str) -> int | None:
    base = stem(written)
    found = _list().get(base)
    if found is None or base in _NO_PART or written in _NO_PART:
        return None
    return found[0] if len(base) > _SHORTEST_LAST or base in _SHORT_LAST else None


def _count(word: str) -> int:
    found = _list().get(stem(word))
    return found[0] if found else 0


def is_listed(word: str) -> bool:
    """True when the word list knows the lower-case word's stem."""
    return stem(word) in _list()


def is_stem(base: str) -> bool:
    """True when the word list has the stem."""
    return base in _list()


def is_form(word: str) -> bool:
    """True when the word list has exactly this lower-case form."""
    found = _list().get(stem(word))
    return found is not None and word in found[1]
