"""Hostile HTML as titles, names of parties and files, bodies and questions: no page may hold an element or attribute of it.

Every agreement has a snippet for title, another for party, file name and text. Each page, feed and export that shows them
is read by a parser. With `--browser` a real Chromium parses every page too, many at a call, and opens the lists, which show
all titles, parties and file names, and so many others spread over all: no element or attribute may be a snippet's, nothing
may run, and the page's own policy may have had nothing to refuse. `--unprotected` writes the templates without
escaping, and without the policy.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import re
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.envelope import HEADERS
from api.rendering.environment import environment
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.encoder import open_encoder
from tests.robustness.html_snippets import MARK, marked, snippets

logger = logging.getLogger("snippets")

MANY = (
    "/",
    "/oversikt",
    "/oversikt/klausuler",
    "/oversikt/parter",
    "/rapport?alla=1",
    "/?q=avtal",
    "/?q=vilka+avtal+n%C3%A4mner+hyra%3F",
)
FEEDS = (
    "/api/feeds/new.atom",
    "/api/feeds/last-notice.atom",
    "/api/feeds/last-notice.ics",
    "/opensearch.xml",
)
SAFE_LINK = re.compile(r"(?:https?://|mailto:|[/?#.]|[\w%-]+(?:[/?#]|$))", re.IGNORECASE)
_WATCH = """
window.zq = [];
window.ran = n => window.zq.push('ran ' + n);
document.addEventListener('securitypolicyviolation', event => window.zq.push('policy ' + event.blockedURI + ' ' + event.sample));
"""
_LOOK = """mark => {
  const own = Array.from(document.querySelectorAll('*')).filter(each =>
    each.localName.includes(mark) || Array.from(each.attributes).some(one => one.name.includes(mark) || one.name.startsWith('on')));
  return window.zq.concat(own.map(each => 'element ' + each.outerHTML.slice(0, 120)));
}"""
_PARSE = """async ([paths, mark]) => {
  const wrong = [];
  const left = paths.slice();
  const parse = async () => {
    for (let path; (path = left.pop()) !== undefined; ) {
      const reply = await fetch(path, { headers: { Accept: 'text/html' } });
      if (reply.status >= 500) wrong.push([path, 'status ' + reply.status]);
      const parsed = new DOMParser().parseFromString(await reply.text(), 'text/html');
      for (const each of parsed.querySelectorAll('*'))
        if (each.localName.includes(mark) || Array.from(each.attributes).some(one => one.name.includes(mark) || one.name.startsWith('on')))
          wrong.push([path, 'element ' + each.outerHTML.slice(0, 120)]);
    }
  };
  await Promise.all([parse(), parse()]);
  return wrong;
}"""
"""An element or attribute must be there before anything of it can run; the parser finds it without drawing the page."""
BROWSER_SECONDS = 600
"""For one call; a busy machine takes long over a page."""
AT_A_CALL = 100
OPENED = 20
"""Pages of a world opened beside the lists."""
IN_A_WORLD = 200
"""Snippets of an index: a question about thousands of agreements takes long."""


@dataclass
class Found:
    """What was looked at, by kind, and what of it stems from a snippet."""

    looked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class _Watcher(HTMLParser):
    """Notes elements and attributes that are not the page's own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if MARK in tag or any(MARK in name or name.startswith("on") for name in names):
            self.wrong.append(f"<{tag} {names}>")
        for name, value in attrs:
            link = (value or "").strip()
            if (
                name in ("href", "src", "action", "formaction")
                and link
                and not link.startswith("data:image/")
                and not SAFE_LINK.match(link)
            ):
                self.wrong.append(f"<{tag} {name}={link[:60]!r}>")
        if tag == "script" and "src" not in names:
            self.wrong.append("<script> utan src")

    handle_startendtag = handle_starttag


def write_world(folder: Path, drawn: Sequence[str]) -> None:
    """An agreement for each snippet: title, party, file name and body are four different ones."""
    folder.mkdir()
    rows = []
    for number, body in enumerate(drawn):
        title, party = drawn[number - 1], drawn[number - 2]
        name = f"{number:04} {_file_name(drawn[number - 3])}.txt"
        text = f"Hyresavtal {number}\n\n§ 1 {body}\n\nKommunen hyr ut {body} till bolaget. Hyran är {number} kronor.\n\n§ 2 Tid\n\nAvtalet gäller till och med den 31 december 2030. Uppsägningstiden är sex månader.\n"
        (folder / name).write_text(text, encoding="utf-8")
        rows.append(
            f'[{_toml(name)}]\ntitle = {_toml(title)}\nparties = [{_toml(party)}, "Påhitta kommun"]\n'
        )
    (folder / "avtal.toml").write_text("\n".join(rows), encoding="utf-8")


def _toml(value: str) -> str:
    return json.dumps(value)


def _file_name(text: str) -> str:
    """The snippet as a name that a disk takes."""
    return re.sub(r"[/\\\x00-\x1f]", "_", text).encode()[:120].decode("utf-8", "ignore").strip(". ") or "x"


def look(client: TestClient, drawn: Sequence[str], found: Found) -> None:
    """Read everything that shows a snippet."""
    for path in MANY:
        _page(client, path, found)
    for row in _agreements(client):
        _page(client, f"/avtal/{quote(row)}", found)
    for snippet in drawn:
        _page(client, f"/?q={quote(snippet)}", found)
        _page(client, f"/?q=hyra&party={quote(snippet)}&lang=en", found)
    for path in FEEDS:
        _feed(client, path, found)
    for snippet in drawn[:: max(1, len(drawn) // 20)]:
        _feed(client, f"/api/feeds/search.atom?q={quote(snippet)}", found)
        for kind in ("md", "docx", "csv"):
            _export(client, f"/api/export?q={quote('hyra ' + snippet)}&format={kind}", kind, found)
        for path in ("/api/ask", "/api/search", "/api/suggest"):
            _json(client, f"{path}?q={quote(snippet)}", found)


def _agreements(client: TestClient) -> list[str]:
    names: list[str] = []
    while True:
        rows = client.get("/api/agreements", params={"limit": 500, "offset": len(names)}).json()
        names += [row["agreement_id"] for row in rows["agreements"]]
        if len(names) >= rows["total"] or not rows["agreements"]:
            return names


def _page(client: TestClient, path: str, found: Found) -> None:
    reply = client.get(path, headers={"Accept": "text/html"})
    watcher = _Watcher()
    watcher.feed(reply.text)
    watcher.close()
    found.looked["sidor"] += 1
    found.wrong += [f"{path}: {wrong}" for wrong in watcher.wrong]
    if reply.status_code >= 500 or "text/html" not in reply.headers["content-type"]:
        found.wrong.append(f"{path}: status {reply.status_code}, {reply.headers['content-type']}")


def _feed(client: TestClient, path: str, found: Found) -> None:
    """XML must be whole, and hold elements of Atom, or OpenSearch, alone."""
    reply = client.get(path)
    found.looked["flöden"] += 1
    if "calendar" in reply.headers["content-type"]:
        if any(not re.match(r"[A-Z-]+[:;]| |$", line) for line in reply.text.split("\r\n")):
            found.wrong.append(f"{path}: en rad är ingen rad i en kalender")
        return
    if reply.status_code != 200:
        return
    for element in ET.fromstring(reply.content).iter():
        if not element.tag.startswith(("{http://www.w3.org/2005/Atom}", "{http://a9.com/")):
            found.wrong.append(f"{path}: elementet {element.tag}")
        if element.tag.endswith("}content") and element.get("type", "text") not in ("text", None):
            found.wrong.append(f"{path}: innehåll av slaget {element.get('type')}")


def _export(client: TestClient, path: str, kind: str, found: Found) -> None:
    reply = client.get(path)
    found.looked["exporter"] += 1
    if reply.status_code != 200:
        return
    if not reply.headers.get("content-disposition", "").startswith("attachment"):
        found.wrong.append(f"{path}: ingen bilaga")
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(reply.content)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")) and any(
                    MARK in str(each.tag) for each in ET.fromstring(package.read(name)).iter()
                ):
                    found.wrong.append(f"{path}: element i {name}")
    elif kind == "md":
        raw = re.sub(r"\\.", "", reply.text)
        found.wrong += [
            f"{path}: {tag!r} i Markdown"
            for tag in re.findall(rf"<[^<>\s:]*{MARK}|<(?:script|img|svg|iframe)\b", raw, re.IGNORECASE)[:1]
        ]


def _json(client: TestClient, path: str, found: Found) -> None:
    reply = client.get(path)
    found.looked["JSON"] += 1
    kind = reply.headers["content-type"]
    if (
        not kind.startswith(("application/json", "application/problem+json"))
        or reply.headers.get("x-content-type-options") != "nosniff"
    ):
        found.wrong.append(f"{path}: {kind}")


@contextmanager
def unescaped() -> Iterator[None]:
    """Templates without escaping and pages without a policy."""
    policy = HEADERS.pop("Content-Security-Policy")
    environment.cache_clear()
    environment().autoescape = False
    kept = environment().cache
    if kept is not None:
        kept.clear()
    try:
        yield
    finally:
        HEADERS["Content-Security-Policy"] = policy
        environment.cache_clear()


def look_in_browser(app: FastAPI, paths: Sequence[str], found: Found) -> None:
    """Parse every page in Chromium, and open some of them."""
    from playwright.sync_api import sync_playwright  # an optional extra

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(BROWSER_SECONDS * 1000)
        page.add_init_script(_WATCH)
        page.on("dialog", lambda dialog: dialog.dismiss())
        opened = dict.fromkeys([*MANY, *paths[:: max(1, len(paths) // OPENED)]])
        for path in opened:
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="load")
            found.looked["sidor öppnade i Chromium"] += 1
            found.wrong += [f"Chromium {path[:80]}: {wrong}" for wrong in page.evaluate(_LOOK, MARK)]
        page.goto(f"http://127.0.0.1:{port}/tillganglighet", wait_until="load")
        for first in range(0, len(paths), AT_A_CALL):
            some = paths[first : first + AT_A_CALL]
            wrong = page.evaluate(_PARSE, [some, MARK])
            found.looked["sidor tolkade av Chromium"] += len(some)
            found.wrong += [f"Chromium {path[:80]}: {told}" for path, told in wrong]
            logger.info("%d av %d sidor tolkade", first + len(some), len(paths))
        browser.close()
    server.should_exit = True
    thread.join(10)


def examine(work: Path, drawn: Sequence[str], unprotected: bool = False, browser: bool = False) -> Found:
    """Index the snippets, so many at a time, and look at everything that shows them."""
    found = Found()
    for first in range(0, len(drawn), IN_A_WORLD):
        some, place = drawn[first : first + IN_A_WORLD], work / str(first)
        place.mkdir()
        write_world(place / "avtal", some)
        report = build_index(place / "avtal", place / "index", open_encoder("snabb"), read_document).report
        found.looked["avtal"] += sum(row.agreement_id is not None for row in report)
        app = create_app(Settings(index=place / "index", at_work=2))
        with unescaped() if unprotected else nullcontext():
            _look_at(app, some, found, browser)
        logger.info("%d av %d bitar", first + len(some), len(drawn))
    return found


def _look_at(app: FastAPI, drawn: Sequence[str], found: Found, browser: bool) -> None:
    with TestClient(app) as client:
        look(client, drawn, found)
        paths = [
            *MANY,
            *(f"/avtal/{quote(row)}" for row in _agreements(client)),
            *(f"/?q={quote(text)}" for text in drawn),
        ]
    if browser:
        look_in_browser(app, paths, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing of a snippet was more than text."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.snippets", description=__doc__)
    parser.add_argument("--count", type=int, default=1700)
    parser.add_argument(
        "--folder", type=Path, help="så många ur mappens HTML-filer i stället, märkta (html5lib-tests)"
    )
    parser.add_argument(
        "--browser", action="store_true", help="öppna sidorna i Chromium också (tillägget browser)"
    )
    parser.add_argument("--unprotected", action="store_true", help="utan omskrivning av tecken")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    drawn = marked(given.folder)[: given.count] if given.folder else snippets(given.count)
    with tempfile.TemporaryDirectory() as work:
        found = examine(Path(work), drawn, given.unprotected, given.browser)
    for row in found.wrong[:10]:
        print(f"FEL {row}")
    print(f"{len(drawn)} bitar, {dict(found.looked)}: {len(found.wrong)} fel")
    return int(bool(found.wrong))


if __name__ == "__main__":
    sys.exit(main())
