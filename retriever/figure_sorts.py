"""What an amount is paid for and by what it is counted: a rent is no damages, nor a price per hour one of the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.types import Span

ABOVE = 200
"""Characters before a sentence in which its heading or the sentence before may say what it is about."""
LEAST_PART = 5
"""Letters of a word that may be the end of a compound: läkarstudent, student."""
_SORTS: Mapping[str, re.Pattern[str]] = {
    "pay": re.compile(r"(?i)\b\w*(?:lön(?:en|er|erna)?|löne\w*|arvode\w*|tjäna[rd]?e?)\b"),
    "rent": re.compile(r"(?i)\b\w*(?:hyra|hyran|hyres\w*|hyror\w*|arrende\w*)\b"),
    "fine": re.compile(r"(?i)\b(?:vite\w*|straff\w*|böter|sanktion\w*|avdrag\w*)\b"),
    "damages": re.compile(
        r"(?i)\b(?:skadestånd\w*|ansvar\w*\s+(?:är\s+)?begräns\w*|självrisk\w*|försäkring\w*)\b"
    ),
    "ticket": re.compile(r"(?i)\b\w*(?:biljett\w*|entré\w*|inträde\w*)\b"),
}
"""The words for sums that are not taken for each other."""
_COUNTED_BY = re.compile(
    r"(?i)\bper\s+(\w{3,})(?:\s+och\s+(\w{3,}))?|\b(?:i|om|varje)\s+(timm|månad|veck|dag|dygn|natt|termin)(?:en|an|et)?\b"
)
_YEAR = re.compile(r"(?i)(?:kalender|läs|verksamhets)?år(?:et)?$|säsong|year")
"""What is paid by the year is often told without the word."""


def sort_told(asked: str, text: str, sentence: Span) -> float:
    """1 where the sentence, or what stands above it, names the sort of sum asked for, -1 where not; 0 for no such sort."""
    wanted = _asked_sorts(asked)
    if not wanted:
        return 0.0
    near = text[max(0, sentence.start - ABOVE) : sentence.end]
    return 1.0 if any(_SORTS[name].search(near) for name in wanted) else -1.0


def other_sort(asked: str, words: str) -> float:
    """1 where a price is asked for and the sentence speaks of a fine, damages or somebody's pay; else 0."""
    if _asked_sorts(asked) or not _PRICE.search(asked):
        return 0.0
    return float(any(_SORTS[name].search(words) for name in ("pay", "fine", "damages")))


_PRICE = re.compile(r"(?i)\bvad\s+kosta\w*|\bpris\w*|\bavgift\w*")


@lru_cache(maxsize=256)
def _asked_sorts(asked: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _SORTS.items() if pattern.search(asked))


def uncounted(asked: str, text: str, sentence: Span) -> float:
    """How surely the sentence counts by another unit than the one asked for ("per timme"): 1 where neither it nor what
    stands above it holds the word, half where only the end of a compound does; 0 for a year and where none is asked for."""
    units = _asked_units(asked)
    if not units:
        return 0.0
    near = text[max(0, sentence.start - ABOVE) : sentence.end].casefold()
    return max(_apart(unit, near) for unit in units)


@lru_cache(maxsize=256)
def _asked_units(asked: str) -> tuple[str, ...]:
    named = (unit.casefold() for match in _COUNTED_BY.finditer(asked) for unit in match.groups() if unit)
    return tuple(unit for unit in named if not _YEAR.match(unit))


def _apart(unit: str, near: str) -> float:
    if _SHORT.get(unit, unit[: max(3, len(unit) - 2)]) in near:
        return 0.0
    ends = any(len(word) >= LEAST_PART and unit.endswith(word) for word in re.findall(r"\w+", near))
    return 0.5 if ends else 1.0


_SHORT = {"kvm": "kv", "kvadratmeter": "kv", "timme": "tim", "dygn": "dygn", "vecka": "veck"}
