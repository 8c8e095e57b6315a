"""The page's words: Swedish as written in templates and code, English from one dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.language import Language
from api.rendering.english_words import COUNTED, ENGLISH

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_THIN = {Language.SWEDISH: "\u00a0", Language.ENGLISH: ","}


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language. The Swedish wording is the key."""

    language: Language

    def __call__(self, swedish: str, *values: object) -> str:
        """The wording with {0}, {1} … filled in. Raises KeyError for one that has no English."""
        pattern = swedish if self.language is Language.SWEDISH else ENGLISH[swedish]
        said = [self.number(value) if type(value) is int else value for value in values]
        return pattern.format(*said) if values else pattern

    def count(self, number: int, what: str) -> str:
        """ "1 sida", "3 sidor": the number with the word that goes with it. `what` is the Swedish plural."""
        one, english_one, english_many = COUNTED[what]
        swedish, english = (one, english_one) if number == 1 else (what, english_many)
        return f"{self.number(number)} {english if self.english else swedish}"

    def number(self, number: int) -> str:
        """A whole number with its thousands apart."""
        return f"{number:,}".replace(",", _THIN[self.language])

    def date(self, day: date) -> str:
        """ "29 november 2026"."""
        return f"{day.day} {self(MONTHS[day.month - 1])} {day.year}"

    @property
    def english(self) -> bool:
        """True where the page is in English: what is quoted is then marked as Swedish."""
        return self.language is Language.ENGLISH
