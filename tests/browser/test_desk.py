"""The registrator's pages in a browser: every state by axe-core, in every scheme and width, with and without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk, walk
from tests.browser.test_accessibility import SCHEMES, WIDTHS, fits, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]
REFUSED = (401, 404, 422)
"""The statuses of the states that say no: a wrong key, a page that is gone, a card that cannot be saved."""


def test_axe_finds_nothing_from_signing_in_to_publication(visit: Visit, desk: Desk) -> None:
    page = visit("/admin", base=desk.address, later=REFUSED)
    seen = {state: violations(page) for state in walk(page, desk)}
    assert len(seen) == 17
    assert {state: found for state, found in seen.items() if found} == {}


@pytest.mark.long
@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if scheme != "ljust"])
def test_axe_finds_nothing_in_other_colours(visit: Visit, desk: Desk, scheme: str) -> None:
    page = visit("/admin", base=desk.address, later=REFUSED, **SCHEMES[scheme])
    assert {state: found for state in walk(page, desk) if (found := violations(page))} == {}


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge(visit: Visit, desk: Desk, width: int) -> None:
    page = visit("/admin", base=desk.address, later=REFUSED, viewport={"width": width, "height": 800})
    for _ in walk(page, desk):
        fits(page)


@pytest.mark.long
def test_all_of_it_works_without_a_script(visit: Visit, desk: Desk) -> None:
    page = visit("/admin", base=desk.address, later=REFUSED, java_script_enabled=False)
    assert len(list(walk(page, desk, script=False))) == 17
