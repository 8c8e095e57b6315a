"""Ways to narrow an answer: parties, types and being in force, each counted with its own filter left aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.rendering.request import PageRequest
from corpus.types import Agreement
from retriever.answer import ask
from retriever.engine import Engine
from retriever.lifetime import years_of
from retriever.types import Answer, AnswerKind, Filters

SHOWN_FIRST = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow by, how many of the answer's agreements have it, and where choosing it (again) leads."""

    value: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one filter: the first ones, and the rest to unfold."""

    name: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    swedish: bool = True


def facets_of(engine: Engine, asked: PageRequest, answer: Answer, day: date) -> tuple[Facet, ...]:
    """The facets of a list of agreements that have something to choose; none for other answers."""
    if answer.kind is not AnswerKind.AGREEMENTS:
        return ()
    filters, words = asked.filters(), asked.words
    by = _Counting(engine, asked.question, filters, answer)
    party = _choices(asked, "party", (party for each in by.without("party") for party in each.parties))
    kind = _choices(asked, "type", (each.kind for each in by.without("type") if each.kind))
    year = _years(asked, by.without("year"), day)
    found = [
        Facet(words("Part"), party[:SHOWN_FIRST], party[SHOWN_FIRST:]),
        Facet(words("Avtalstyp"), kind[:SHOWN_FIRST], kind[SHOWN_FIRST:]),
        Facet(words("Giltighet"), (_today(asked, by, filters, day),), (), swedish=False),
        Facet(words("Gäller under"), _latest(year[:SHOWN_FIRST]), _latest(year[SHOWN_FIRST:]), swedish=False),
    ]
    return tuple(facet for facet in found if _says_something(facet, len(answer.agreements)))


@dataclass(frozen=True, slots=True)
class _Counting:
    """The agreements of the answer with one filter left aside: asked again only where that filter was set."""

    engine: Engine
    question: str
    filters: Filters
    answer: Answer

    def without(self, name: str) -> Sequence[Agreement]:
        answer = self.answer
        if name in answer.interpreted.filters:
            wider = replace(
                self.filters,
                parties=() if name == "party" else self.filters.parties,
                kinds=() if name == "type" else self.filters.kinds,
                valid_on=None if name == "valid_on" else self.filters.valid_on,
                year=None if name == "year" else self.filters.year,
                without=(*self.filters.without, name),
            )
            answer = ask(self.engine, self.question, wider, 1)
        return [self.engine.index.agreements[each.agreement_id] for each in answer.agreements]


def _choices(asked: PageRequest, name: str, values: Iterable[str]) -> tuple[Choice, ...]:
    chosen = {value for key, value in asked.chosen if key == name}
    counts = Counter(values)
    ranked = sorted(counts.items(), key=lambda row: (row[0] not in chosen, -row[1], row[0]))
    return tuple(_choice(asked, name, value, count, value in chosen) for value, count in ranked)


def _choice(asked: PageRequest, name: str, value: str, count: int, chosen: bool) -> Choice:
    others = tuple(pair for pair in asked.chosen if pair[0] != name and pair != ("without", name))
    pairs = asked.without(name, value) if chosen else (*others, (name, value))
    return Choice(value, count, asked.to.answer(asked.question, pairs), chosen)


def _today(asked: PageRequest, by: _Counting, filters: Filters, day: date) -> Choice:
    """ "Gäller i dag": those that the engine lets through for the day."""
    inside = {a.agreement_id for a in by.engine.agreements_in_scope(Filters(valid_on=day))}
    count = sum(agreement.agreement_id in inside for agreement in by.without("valid_on"))
    choice = _choice(asked, "valid_on", day.isoformat(), count, filters.valid_on == day)
    return replace(choice, value=asked.words("Gäller i dag"))


def _years(asked: PageRequest, agreements: Sequence[Agreement], day: date) -> tuple[Choice, ...]:
    """The years in force: the chosen one first, then those nearest to the day."""
    chosen = {value for key, value in asked.chosen if key == "year"}
    choices = [
        _choice(asked, "year", str(year), count, str(year) in chosen) for year, count in years_of(agreements)
    ]
    return tuple(sorted(choices, key=lambda each: (not each.chosen, abs(int(each.value) - day.year))))


def _latest(years: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(years, key=lambda each: each.value, reverse=True))


def _says_something(facet: Facet, answered: int) -> bool:
    choices = (*facet.first, *facet.rest)
    return any(choice.chosen or 0 < choice.count < answered for choice in choices) and len(choices) > 0
