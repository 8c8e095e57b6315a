"""Where a text names a party: by its name, a short form, a former name, or its bare place."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from corpus.parties import former_and_short_names
from indexer.swedish.compounds import is_form

KNOWN = 20_000
"""Parties and places whose patterns are kept: compiled anew for each question they cost more than the search."""


def named_at(party: str, text: str) -> tuple[int, int] | None:
    """The span of the party's longest name in the text; None where it is not named."""
    folded = text.casefold()
    found = (pattern.search(text) for opening, pattern in _names(party) if opening in folded)
    return next((match.span() for match in found if match), None)


_SECTION = re.compile(
    r",?\s+(?:\w*avdelning\w*|avd\b|\w*sektion\w*|\w*krets\w*|\w*distrikt\w*|\w*klubb\w*)", re.IGNORECASE
)


def is_among(party: str, parties: Collection[str]) -> bool:
    """True where the party is one of the parties, or one of them is its section: "Förbundet Folkhand avdelning 14"."""
    return party in parties or any(
        other.startswith(party) and _SECTION.match(other, len(party)) for other in parties
    )


def place_at(place: str, text: str) -> re.Match[str] | None:
    """Where the text holds the place as a word, with or without a genitive s."""
    return _place(place).search(text) if place.casefold() in text.casefold() else None


@lru_cache(maxsize=KNOWN)
def _names(party: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The pattern of each of the party's names, longest first, and how the name opens, in lower case."""
    names = sorted([party, *former_and_short_names(party)], key=len, reverse=True)
    return tuple((_parts(name)[0].casefold(), _name(name)) for name in names)


def _parts(name: str) -> list[str]:
    return [part.rstrip("s") for part in name.split()] or [""]


def _name(name: str) -> re.Pattern[str]:
    as_written = (name.isupper() and len(name) <= 3) or (" " not in name and is_form(name.casefold()))
    flags = re.NOFLAG if as_written else re.IGNORECASE
    words = r"\s+".join(re.escape(part) + "s?" for part in _parts(name))
    return re.compile(rf"(?<![\w-]){words}(?:e?n|et)?(?!\w)", flags)


@lru_cache(maxsize=KNOWN)
def _place(place: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(place)}s?(?!\w)", re.IGNORECASE)
