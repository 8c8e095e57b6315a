"""How a question was understood, as chips; filters among them can be taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.rendering.request import PageRequest
from retriever.types import Interpreted

NAMES = {
    "party": "part",
    "type": "avtalstyp",
    "valid_on": "gäller den",
    "year": "gäller under",
    "without": "utan tolkning av",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip; `href` leads to the answer without it, empty where it cannot be taken away."""

    name: str
    value: str
    href: str = ""
    swedish: bool = True
    """The value is quoted from the texts or the question."""


def chips_of(interpreted: Interpreted, asked: PageRequest) -> tuple[Chip, ...]:
    """Words, parties and filters of the question, then the filters of the address."""
    return tuple(_chips(interpreted, asked))


def _chips(interpreted: Interpreted, asked: PageRequest) -> Iterator[Chip]:
    words, chosen = asked.words, {value for _, value in asked.chosen}
    for term in interpreted.terms:
        yield Chip(words("ord"), term)
    set_by_words = {name: value for name, value in interpreted.filters.items() if value not in chosen}
    for party in interpreted.parties:
        if party not in chosen:
            yield Chip(words("part"), party, _off("party", asked) if "party" in interpreted.filters else "")
    for name, value in set_by_words.items():
        if not (name == "party" and set(value.split("; ")) <= {*interpreted.parties, *chosen}):
            yield Chip(words(NAMES[name]), value, _off(name, asked))
    for name, value in asked.chosen:
        shown = words(NAMES[value]) if name == "without" and value in NAMES else value
        href = asked.to.answer(asked.question, asked.without(name, value))
        yield Chip(words(NAMES[name]), shown, href, name != "without")


def _off(name: str, asked: PageRequest) -> str:
    """The answer where the question's own words do not set this filter."""
    return asked.to.answer(asked.question, (*asked.chosen, ("without", name)))
