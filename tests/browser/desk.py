"""A walk through every state of the registrator's pages, by what is written on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEW = (
    "Avtal om sjöboden mellan Granboda kommun och Tallviks AB\n\n§ 1 Boden\n\nBoden får målas röd.\n\n"
    "§ 3 Avtalstid\n\nAvtalet gäller till och med den 31 december 2030.\n"
)
PUBLISH_MS = 60_000


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the registrator's pages are, and the key to them."""

    address: str
    key: str


def sign_in(page: Page, key: str) -> None:
    """Through the form."""
    page.fill("#key", key)
    page.click("form.stacked button")
    page.wait_for_load_state()


def walk(page: Page, desk: Desk, script: bool = True) -> Iterator[str]:
    """From the signed-out page on; yields the name of each state when the page shows it."""
    yield "logga in"
    sign_in(page, "fel nyckel")
    yield "fel nyckel"
    sign_in(page, desk.key)
    yield "inget att göra"
    _send(page, "boden.txt", NEW.encode())
    yield "läst fil"
    page.click("text=För in i mappen")
    yield "att publicera"
    _send(page, "trasig.pdf", b"%PDF-1.4 trasig")
    yield "oläslig fil"
    page.goto(f"{desk.address}/admin")
    yield "inkorg"
    page.goto(f"{desk.address}/admin/avtal?sok=ladan")
    yield "avtal"
    page.click(".changes a")
    yield "kort"
    page.fill("#f-valid_to", "snart")
    page.click("text=Spara rättelserna")
    yield "fel på kortet"
    page.fill("#f-valid_to", "2032-01-31")
    page.click("text=Spara rättelserna")
    yield "rättat kort"
    page.click("text=Ta bort avtalet …")
    yield "ta bort"
    page.goto(f"{desk.address}/admin/kort/badet")
    page.click("text=Ta bort avtalet …")
    page.click(".danger")
    page.click("main form[action$=publicera] button")
    yield "publicerar"
    _until_published(page, script)
    yield "publicerat"
    page.goto(f"{desk.address}/admin/versioner")
    yield "versioner"
    page.goto(f"{desk.address}/admin/papperskorg")
    yield "papperskorg"
    page.goto(f"{desk.address}/admin/kort/finns/inte")
    yield "borta"


def _send(page: Page, name: str, content: bytes) -> None:
    page.goto(page.url.partition("/admin")[0] + "/admin")
    page.set_input_files("#files", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("text=Läs filerna")
    page.wait_for_selector("text=Kasta filen")


def _until_published(page: Page, script: bool) -> None:
    """The page shows it by itself where there is a script; the link does where there is none."""
    for _ in range(PUBLISH_MS // 500):
        page.wait_for_timeout(500)
        if page.locator("text=Publicerat kl.").count():
            return
        if not script:
            page.click("text=Uppdatera")
    raise TimeoutError("the publication was not shown as done")
