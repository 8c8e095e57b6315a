"""The pictures of the page in docs/images, taken of the sample index: `.venv/bin/python docs/screenshots.py`.

Needs Chromium (`chromium` on the path, or the program that CHROMIUM names) and Playwright (`pip install '.[browser]'`).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
AVTAL = Path(sys.executable).with_name("avtal")
MOST_BYTES = 500_000
"""All pictures together: they are cloned by everyone."""
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take: `size` is in CSS pixels, `address` the page's path and query.

    `cited`: the picture is of the reading view, at the place that the answer cites in this agreement.
    """

    name: str
    address: str
    size: tuple[int, int]
    dark: bool = False
    cited: str = ""


LIST = f"q={quote('vilka avtal omfattar kompetensförsörjning?')}"
PICTURES = (
    Picture("svar.png", f"/?{LIST}", (1120, 860)),
    Picture(
        "kort-svar.png",
        f"/?q={quote('Kan avsiktsförklaringen med Region Västmanland sägas upp?')}",
        (1120, 600),
        dark=True,
    ),
    Picture("lasvy.png", f"/?{LIST}", (1120, 720), cited="naringsliv/industripark-dunderslatten"),
    Picture("oversikt.png", "/oversikt#timeline-title", (1120, 620)),
)


@contextmanager
def serving(index: Path) -> Iterator[str]:
    """The address of a server over the index, stopped afterwards. Raises RuntimeError where it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([AVTAL, "serve", "--index", index, "--port", str(port)])
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"servern på {address} startade inte på {START_SECONDS} s")


def _at_the_citation(picture: Picture, address: str) -> str:
    """The path of the place that the answer cites in the picture's agreement."""
    query = picture.address.removeprefix("/?")
    with urllib.request.urlopen(f"{address}/api/ask?{query}", timeout=60) as reply:
        agreements = json.load(reply)["agreements"]
    found = next(each for each in agreements if each["agreement_id"] == picture.cited)
    return f"{found['citations'][0]['url']}&{query}#citat"


def take(picture: Picture, address: str, browser: Browser) -> Path:
    """Take one picture; returns its file."""
    path = IMAGES / picture.name
    width, height = picture.size
    shown = _at_the_citation(picture, address) if picture.cited else picture.address
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if picture.dark else "light"
    )
    page.goto(address + shown, wait_until="networkidle")
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    """Index the samples, serve them, and take every picture."""
    browser = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if browser is None:
        sys.exit("Chromium saknas; installera det eller ange programmet i CHROMIUM")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        subprocess.run(
            [AVTAL, "index", ROOT / "corpus" / "samples", "--to", index, "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with serving(index) as address, sync_playwright() as started:
            opened = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            sizes = [take(picture, address, opened).stat().st_size for picture in PICTURES]
            opened.close()
    print(f"{len(sizes)} bilder i docs/images, {sum(sizes) // 1000} kB")
    if sum(sizes) > MOST_BYTES:
        sys.exit(f"bilderna får tillsammans vara högst {MOST_BYTES // 1000} kB")


if __name__ == "__main__":
    main()
