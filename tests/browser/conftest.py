"""A real browser over a served index. Skipped, with a word on why, where Chromium or Playwright is missing."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from reportlab.pdfgen.canvas import Canvas

from api.admin.key import new_key
from api.app import create_app
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from tests.browser.desk import Desk
from tests.browser.intranet import Intranet
from tests.conftest import write_agreements

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which(os.environ.get("CHROMIUM", "chromium"))
EVERYTHING = os.environ.get("BROWSER_TESTS") == "all"
PDF_QUOTE = "Kommunen hyr ut boden till bolaget."
START_SECONDS = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests run with BROWSER_TESTS=all (`make test-browser`)."""
    skipped = pytest.mark.skip(reason="hela webbläsarprovet körs med make test-browser (BROWSER_TESTS=all)")
    for item in items:
        if item.get_closest_marker("long") and not EVERYTHING:
            item.add_marker(skipped)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of a server with the settings, stopped at the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started, f"servern startade inte på {START_SECONDS} s"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def intranets() -> Iterator[tuple[Intranet, Intranet]]:
    """Two other websites with the box: one that the server of `address` knows, one that it does not."""
    with Intranet.open() as known, Intranet.open() as unknown:
        yield known, unknown


@pytest.fixture(scope="session")
def address(
    tmp_path_factory: pytest.TempPathFactory, shipped: Encoder, intranets: tuple[Intranet, Intranet]
) -> Iterator[str]:
    """The address of a server over the four agreements and a PDF, with feedback on."""
    place = tmp_path_factory.mktemp("webbläsare")
    folder = write_agreements(place / "avtal")
    canvas = Canvas(str(folder / "bod.pdf"))
    canvas.drawString(72, 760, "Hyresavtal om sjöboden mellan Granboda kommun och Tallviks AB")
    canvas.drawString(72, 700, PDF_QUOTE)
    canvas.save()
    build_index(folder, place / "index", shipped, read_document)
    known = (intranets[0].origin,)
    with served(Settings(index=place / "index", feedback=place / "utkast", box_origins=known)) as started:
        for intranet in intranets:
            intranet.server = started
        yield started


@pytest.fixture
def desk(tmp_path: Path, index: Path, folder: Path) -> Iterator[Desk]:
    """A server whose registrator may change `folder`, and the key."""
    root = Path(shutil.copytree(index, tmp_path / "index"))
    key, digest = new_key()
    with served(Settings(index=root, folder=folder, admin_key_hash=digest)) as started:
        yield Desk(started, key)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, shipped: Encoder) -> Path:
    """An index of the four agreements, to copy. Built of the path that the agreements have no more."""
    place = tmp_path_factory.mktemp("registrator")
    build_index(write_agreements(place / "avtal"), place / "index", shipped, read_document)
    return place / "index"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("Chromium saknas: installera det eller ange programmet i CHROMIUM")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright saknas: installera med pip install '.[browser]'"
    )
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page at a path; `options` are those of a browser context. Errors in the console fail the test,
    but for the statuses that are expected `later`."""
    complaints: list[str] = []
    contexts = []

    def opened(
        path: str, refused: int = 200, base: str = address, later: tuple[int, ...] = (), **options: Any
    ) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: _complain(complaints, said.type, said.text, (refused, *later)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith(base) else complaints.append(sent.url))
        reply = page.goto(base + path)
        assert reply is not None and reply.status == refused
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _complain(complaints: list[str], kind: str, text: str, refused: Sequence[int]) -> None:
    """Errors and warnings count, but for the browser's own line on a status that was asked for."""
    told = any(status != 200 and f"status of {status}" in text for status in refused)
    if kind in ("error", "warning") and not told:
        complaints.append(text)


def pytest_configure(config: pytest.Config) -> None:
    """The mark of the long tests."""
    config.addinivalue_line("markers", "long: körs med BROWSER_TESTS=all")
