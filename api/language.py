"""The reader's language: Swedish unless Accept-Language asks for English before it."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The languages that errors are told in. Answers quote Swedish texts and are always Swedish."""

    SWEDISH = "sv"
    ENGLISH = "en"


def language_of(accepted: str | None) -> Language:
    """The language that an Accept-Language header (RFC 9110, 12.5.4) prefers; Swedish for none, a tie or nonsense."""
    weights = {Language.SWEDISH: 0.0, Language.ENGLISH: 0.0}
    anything = 0.0
    for part in (accepted or "").split(","):
        tag, _, parameter = part.strip().partition(";")
        primary, weight = tag.strip().casefold().partition("-")[0], _weight(parameter)
        if primary == "*":
            anything = max(anything, weight)
        elif primary in (Language.SWEDISH, Language.ENGLISH):
            weights[Language(primary)] = max(weights[Language(primary)], weight)
    swedish = weights[Language.SWEDISH] or anything
    return Language.ENGLISH if weights[Language.ENGLISH] > swedish else Language.SWEDISH


def _weight(parameter: str) -> float:
    """The q of a language range: 0..1, 1 where none is given, 0 where it is no number."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0.0 <= weight <= 1.0 else 0.0
