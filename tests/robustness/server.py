"""A real server in a process of its own, and requests to it over plain sockets; on this machine only."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from api.overload import Overload
from api.request_limits import RequestLimits
from api.settings import Settings
from corpus.reading.document import read_document
from corpus.reading.tesseract import recognise_nothing
from corpus.types import Document
from indexer.build import build_index
from indexer.encoder import open_encoder

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
START_SECONDS = 60
REQUEST_SECONDS = 60.0
_PROTECTION: tuple[object, ...] = (Overload, RequestLimits)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response's status, headers in small letters, body, and seconds from connecting to its end. Status 0: cut."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `port`."""

    process: subprocess.Popen[bytes]
    port: int
    said: IO[str]
    """What the server writes, from where it was last read."""


@contextmanager
def running(index: Path, unprotected: bool = False, leaks: bool = False) -> Iterator[Server]:
    """A server over the index: `avtal serve`, or uvicorn as it comes around the same routes, or one that leaks."""
    words = [str(Path(sys.executable).with_name("avtal")), "serve", "--port", "0"]
    if unprotected or leaks:
        words = [sys.executable, "-m", "tests.robustness.server", *(["--leaks"] if leaks else [])]
    command = [*words, "--index", str(index)]
    with (
        tempfile.NamedTemporaryFile("r", encoding="utf-8") as said,
        Path(said.name).open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, stdout=errors, stderr=errors) as process,
    ):
        server = Server(process, _port(process, said), said)
        try:
            _await_ready(server)
            yield server
        finally:
            process.kill()
            process.wait()


def _port(process: subprocess.Popen[bytes], said: IO[str]) -> int:
    """The port that the server says that it has."""
    until, text = time.monotonic() + START_SECONDS, ""
    while process.poll() is None and time.monotonic() < until:
        text += said.read()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", text)
        if found:
            return int(found[1])
        time.sleep(0.02)
    process.kill()
    raise RuntimeError(f"the server did not start: {text}")


def _await_ready(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if asyncio.run(get(server.port, "/readyz")).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"the server was not ready within {START_SECONDS} seconds")


async def get(port: int, path: str) -> Reply:
    """One GET on a connection of its own. Raises OSError where nobody listens there; a cut response has status 0."""
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode("ascii"))
        async with asyncio.timeout(REQUEST_SECONDS):
            data = await reader.read(-1)
    except (ConnectionError, TimeoutError):
        data = b""
    finally:
        writer.close()
    return _parsed(data, time.perf_counter() - started)


def get_all(port: int, paths: Sequence[str]) -> list[Reply]:
    """One GET after the other."""

    async def every() -> list[Reply]:
        return [await get(port, path) for path in paths]

    return asyncio.run(every())


def _parsed(data: bytes, seconds: float) -> Reply:
    head, blank, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    whole = len(body) == int(headers.get("content-length", len(body)))
    if "chunked" in headers.get("transfer-encoding", ""):
        whole = body.endswith(b"0\r\n\r\n")
    if not blank or not whole:
        return Reply(0, {}, data, seconds)
    return Reply(int(lines[0].split()[1]), headers, body, seconds)


def index_of(folder: Path, work: Path) -> Path:
    """An index of the folder, without text recognition."""

    def read(path: Path, relative: str) -> Document:
        return read_document(path, relative, recognise_nothing)

    build_index(folder, work / "index", open_encoder(None), read)
    return work / "index"


class _Leaking:
    """Keeps a kilobyte of every request, and an open file of every hundredth."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._kept.append(os.urandom(1024))
        if len(self._kept) % 100 == 0:
            os.open(os.devnull, os.O_RDONLY)
        await self._app(scope, receive, send)


def main(arguments: Sequence[str] | None = None) -> None:
    """The server without its protection."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.server")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--leaks", action="store_true", help="behåll något av varje anrop")
    given = parser.parse_args(arguments)
    app = create_app(Settings(index=given.index))
    if given.leaks:
        app.add_middleware(_Leaking)
    app.user_middleware = [row for row in app.user_middleware if row.cls not in _PROTECTION]
    uvicorn.run(app, host=HOST, port=0, log_level="info", access_log=not given.leaks)


if __name__ == "__main__":
    main()
