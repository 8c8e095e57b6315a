"""Every state of the pages by axe-core, at every width, in every colour scheme, enlarged, and by the CSP."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.states import LIST, STATES, State

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES: dict[str, dict[str, Any]] = {
    "ljust": {"color_scheme": "light"},
    "mörkt": {"color_scheme": "dark"},
    "egna färger": {"forced_colors": "active"},
    "stilla": {"reduced_motion": "reduce"},
}
WIDTHS = (320, 768, 1280)
FEW = tuple(state for state in STATES if state.name in ("start", "lista", "läsvy", "giltighet", "klausuler"))


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: rule and place."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python saknas")
    found = axe.Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def _named(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", FEW, ids=_named)
def test_axe_finds_nothing_in_the_main_states(visit: Visit, state: State) -> None:
    assert violations(visit(state.path, state.status)) == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", STATES, ids=_named)
def test_axe_finds_nothing_in_any_state(visit: Visit, state: State, scheme: str) -> None:
    page = visit(state.path, state.status, **SCHEMES[scheme])
    for fold in page.locator("details").all():
        fold.evaluate("(fold) => { fold.open = true; }")
    assert violations(page) == []


@pytest.mark.long
def test_axe_finds_nothing_while_suggestions_are_open(visit: Visit) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("kompe")
    page.wait_for_selector("#suggestions li")
    page.locator("#q").press("ArrowDown")
    assert violations(page) == []


@pytest.mark.parametrize("state", FEW, ids=_named)
def test_nothing_runs_over_the_edge_at_320_pixels(visit: Visit, state: State) -> None:
    fits(visit(state.path, state.status, viewport={"width": 320, "height": 640}))


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES, ids=_named)
def test_nothing_runs_over_the_edge(visit: Visit, state: State, width: int) -> None:
    """320 pixels is also what a window of 1280 leaves at 400 % (WCAG 2.2, 1.4.10)."""
    fits(visit(state.path, state.status, viewport={"width": width, "height": 800}))


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    beside = page.evaluate(
        "Array.from(document.querySelectorAll('.aside, .contents'), each => each.scrollWidth - each.clientWidth)"
    )
    assert not any(beside), "a column beside the text scrolls sideways"
    assert over == 0


@pytest.mark.long
@pytest.mark.parametrize("state", STATES, ids=_named)
def test_text_spaced_out_as_a_reader_may_wish_is_not_cut(visit: Visit, state: State) -> None:
    """WCAG 2.2, 1.4.12: nothing of the main column is clipped."""
    page = visit(state.path, state.status, viewport={"width": 768, "height": 800}, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    )
    fits(page)


@pytest.mark.long
@pytest.mark.parametrize("state", STATES, ids=_named)
def test_controls_are_large_enough_to_hit(visit: Visit, state: State) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links inside a sentence."""
    page = visit(state.path, state.status, viewport={"width": 320, "height": 800})
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, .chip.removable, summary, .facets a, .go, .contents a, .tabs a, .clauses td a, select")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert small == []


@pytest.mark.long
def test_the_focus_is_always_seen(visit: Visit) -> None:
    page = visit(LIST)
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if not focused.startswith("<body"):  # past the last control the browser's own come before the first
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", focused
