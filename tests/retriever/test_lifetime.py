"""From when and until when agreements are in force, and the filter and facet of years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Fact, FactName
from retriever.engine import Engine
from retriever.lifetime import Lifetime, has_begun, in_force_during, in_force_on, lifetime_of, years_of
from retriever.results import search
from retriever.types import Filters


def test_the_lifetime_is_what_the_card_says(engine: Engine) -> None:
    assert lifetime_of(engine.index.agreements["hyra/ladan"]) == Lifetime(
        date(2024, 6, 1),
        False,
        date(2031, 5, 31),
        endless=False,
        extendable=False,
        notice=(),
    )


@pytest.mark.parametrize(("year", "holds"), [(2023, False), (2024, True), (2031, True), (2032, False)])
def test_a_year_holds_from_the_first_day_to_the_last(engine: Engine, year: int, holds: bool) -> None:
    assert in_force_during(engine.index.agreements["hyra/ladan"], year) is holds


def test_an_agreement_without_days_is_never_excluded(engine: Engine) -> None:
    inside = engine.agreements_in_scope(Filters(year=2023))
    assert [each.agreement_id for each in inside] == ["badet", "skola/åkerby", "vägar/snö och is"]


def test_years_are_counted_from_the_first_start_to_the_last_end(engine: Engine) -> None:
    counted = years_of(engine.index.agreements.values())
    assert counted == tuple((year, 4) for year in range(2031, 2023, -1))
    assert years_of([engine.index.agreements["badet"]]) == ()


def test_the_facet_of_years_leaves_its_own_filter_aside(engine: Engine) -> None:
    found = search(engine, "hyra", Filters(year=2023))
    assert found.searched == 3
    assert found.interpreted.filters == {"year": "2023"}
    assert [(each.value, each.count) for each in found.facets.year][:1] == [("2031", 4)]


def test_an_agreement_that_is_extended_by_itself_goes_on_until_another_replaces_it(engine: Engine) -> None:
    """Such agreements once counted as ended on the first day after their first period."""
    ladan = engine.index.agreements["hyra/ladan"]
    extension = Fact(FactName.EXTENSION, "P3Y", 0, 1)
    extended = replace(ladan, facts=(*ladan.facts, extension))
    after = date(2031, 6, 1)
    assert not in_force_on(ladan, after, replaced=False)
    assert in_force_on(extended, after, replaced=False)
    assert not in_force_on(extended, after, replaced=True)
    assert in_force_on(extended, date(2031, 5, 31), replaced=True)
    assert not in_force_on(extended, date(2024, 5, 31), replaced=False)
    assert in_force_during(extended, 2032)
    assert has_begun(ladan, date(2024, 6, 1))
    assert not has_begun(ladan, date(2024, 5, 31))


def test_the_years_of_an_agreement_that_is_extended_by_itself_reach_to_the_last_of_them_all(
    engine: Engine,
) -> None:
    ladan = engine.index.agreements["hyra/ladan"]
    early = replace(
        ladan,
        facts=(
            Fact(FactName.VALID_FROM, "2020-01-01", 0, 1),
            Fact(FactName.VALID_TO, "2022-12-31", 0, 1),
            Fact(FactName.EXTENSION, "P1Y", 0, 1),
        ),
    )
    assert dict(years_of([early, ladan]))[2030] == 2
