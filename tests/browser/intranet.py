"""Another website: one page with the search box, and a content policy of its own that lets nothing else in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Intranätet</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><script src="{server}/avtalssok.js" defer></script></head>
<body><main><h1>Intranätet</h1><avtals-sok></avtals-sok></main></body></html>"""


@dataclass(slots=True)
class Intranet:
    """A website at `origin`; `server` is where its box comes from."""

    origin: str
    server: str = ""

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Intranet]:
        """The website, answering until the end of the block."""

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = _PAGE.format(server=site.server).encode()
                policy = (
                    f"default-src 'none'; script-src {site.server}; connect-src {site.server}; img-src data:"
                )
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
            site = cls(f"http://127.0.0.1:{httpd.server_address[1]}")
            thread = threading.Thread(target=httpd.serve_forever, daemon=True)
            thread.start()
            yield site
            httpd.shutdown()
            thread.join(timeout=5)
