"""The main paths by keyboard and mouse, with a script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PDF_QUOTE
from tests.browser.states import LIST

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]


def _focused(page: Page, expression: str) -> object:
    return page.evaluate(f"document.activeElement.{expression}")


def test_a_question_is_asked_and_its_quote_read_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert _focused(page, "className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert _focused(page, "id") == "q"
    page.keyboard.type("vilka avtal omfattar kompetensförsörjning?")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "av 5 avtal" in page.inner_text("#answer-title")
    while _focused(page, "className") != "go":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert _focused(page, "id") == "citat"
    assert page.locator("#citat").is_visible()


def test_all_of_it_works_without_a_script(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.fill("#q", "vilka avtal omfattar kompetensförsörjning?")
    page.click("#ask-form button")
    assert page.locator(".agreement").count() >= 2
    assert page.locator("[data-copy]").first.is_hidden()
    page.click(".facets > summary")
    page.click(".facets a >> nth=0")
    assert page.locator(".facets a.chosen").count() == 1
    page.click(".quote .go >> nth=0")
    assert page.locator("#citat").is_visible()
    page.click("text=In English")
    assert page.get_attribute("html", "lang") == "en"


def test_suggestions_follow_the_combobox_pattern(visit: Visit) -> None:
    page = visit("/")
    field = page.locator("#q")
    assert field.get_attribute("role") == "combobox"
    field.press_sequentially("kompe")
    page.wait_for_selector("#suggestions li")
    assert field.get_attribute("aria-expanded") == "true"
    assert "förslag" in page.inner_text("#status")
    field.press("ArrowDown")
    first = page.locator("#suggestions li").first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", "kompe")


def test_a_chosen_word_goes_on_in_the_field_and_a_chosen_title_opens_its_agreement(visit: Visit) -> None:
    page = visit("/")
    field = page.locator("#q")
    field.press_sequentially("vad är kompetensförsörj")
    page.wait_for_selector("#suggestions li")
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "vad är kompetensförsörjning "
    assert _focused(page, "id") == "q"
    field.fill("driftavtal")
    option = page.locator("#suggestions li", has_text="Driftavtal mellan")
    with page.expect_navigation():
        option.click()
    assert page.url.endswith("/avtal/badet")


def test_a_quote_is_copied_with_what_checks_it(visit: Visit) -> None:
    page = visit(LIST, permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").first.click()
    page.wait_for_selector("button.done")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "sha256:" in copied and "/avtal/" in copied and copied.startswith("”")
    assert page.inner_text("#status") == "Kopierat"
    page.locator("[data-copy-address]").click()
    page.wait_for_selector("[data-copy-address].done")
    assert "/?q=" in page.evaluate("navigator.clipboard.readText()")


def test_the_page_of_the_original_is_drawn_when_it_is_asked_for(visit: Visit, address: str) -> None:
    page = visit("/avtal/bod")
    text = page.evaluate(
        "fetch('/api/agreements/bod').then((reply) => reply.json()).then((body) => body.text)"
    )
    at = text.index(PDF_QUOTE)
    page.goto(f"{address}/avtal/bod?start={at}&end={at + len(PDF_QUOTE)}")
    page.click(".original summary")
    picture = page.locator(".original img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("(drawn) => drawn.decode().then(() => drawn.naturalWidth)") == 1200
    assert page.locator("#citat").inner_text() == PDF_QUOTE


def test_a_verdict_is_taken_and_said(visit: Visit) -> None:
    page = visit(LIST)
    page.locator("[data-verdict=right]").first.click()
    page.wait_for_selector(".thanks")
    assert page.inner_text("#status") == "Tack, det är noterat."
    assert _focused(page, "className") == "thanks"


def test_the_back_button_returns_to_the_answer(visit: Visit) -> None:
    page = visit(LIST)
    page.click(".agreement h4 a >> nth=0")
    page.wait_for_selector("#citat")
    page.go_back()
    assert page.locator(".agreement").count() >= 2
    assert page.get_attribute("body", "data-busy") is None


@pytest.mark.long
def test_on_paper_every_quote_is_unfolded_and_no_control_is_left(visit: Visit) -> None:
    page = visit(LIST)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(fold.get_attribute("open") is not None for fold in page.locator("details.more").all())
    for selector in ("#ask-form", ".tools", ".quote .actions", ".facets"):
        assert all(node.is_hidden() for node in page.locator(selector).all())
    assert page.locator(".proof").first.is_visible()
