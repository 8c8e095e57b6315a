"""From when and until when agreements are in force, and the filter and facet of years."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.engine import Engine
from retriever.lifetime import Lifetime, in_force_during, lifetime_of, years_of
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
