"""The box on other websites: one that may ask, and one that may not; with axe-core in each state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.intranet import Intranet
from tests.browser.test_accessibility import SCHEMES, fits, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Intranets = tuple[Intranet, Intranet]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens an address; the page's `said` holds what the console complained of."""
    contexts = []

    def open_page(address: str, **options: Any) -> tuple[Page, list[str]]:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **options})
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda told: said.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page, said

    yield open_page
    for context in contexts:
        context.close()


def _ask(page: Page, question: str) -> None:
    page.locator("avtals-sok input").fill(question)
    page.locator("avtals-sok input").press("Enter")
    page.wait_for_selector("avtals-sok .answer[aria-busy=false]")


@pytest.mark.usefixtures("address")
def test_a_known_website_gets_the_answer_and_the_way_to_all_of_it(opened: Any, intranets: Intranets) -> None:
    page, said = opened(intranets[0].origin)
    page.locator("avtals-sok input").press_sequentially("kompe")
    page.wait_for_selector("avtals-sok .list li")
    page.keyboard.press("Escape")
    _ask(page, "vilka avtal omfattar kompetensförsörjning?")
    assert "av 5 avtal" in page.inner_text("avtals-sok .statement")
    way = page.get_attribute("avtals-sok .more a", "href")
    assert way is not None and way.startswith(f"{intranets[0].server}/?q=vilka")
    assert page.context.cookies() == []
    page.click("avtals-sok .plain")
    assert page.locator("avtals-sok .answer").is_hidden()
    assert page.evaluate("document.activeElement.localName") == "avtals-sok"
    assert said == []


@pytest.mark.usefixtures("address")
def test_an_unknown_website_is_told_that_it_may_not_ask(opened: Any, intranets: Intranets) -> None:
    page, said = opened(intranets[1].origin)
    _ask(page, "hyra")
    assert "når inte Avtalssök från den här webbplatsen" in page.inner_text("avtals-sok .answer")
    assert "granboda" not in page.inner_text("avtals-sok").casefold()
    assert said and all("CORS" in line or "net::ERR_FAILED" in line for line in said)
    assert violations(page) == []


@pytest.mark.long
@pytest.mark.usefixtures("address")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_box(opened: Any, intranets: Intranets, scheme: str) -> None:
    page, said = opened(intranets[0].origin, **{**SCHEMES[scheme], "viewport": {"width": 320, "height": 640}})
    assert violations(page) == []
    page.locator("avtals-sok input").press_sequentially("kompe")
    page.wait_for_selector("avtals-sok .list li")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Escape")
    for question in (
        "vilka avtal omfattar kompetensförsörjning?",
        "Hur lång är uppsägningstiden för ladan?",
        "vad kostar en månraket?",
    ):
        _ask(page, question)
        assert violations(page) == []
        fits(page)
    assert said == []
