"""A request to an application in this process, without a client library between: that takes half of a short answer's time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI

Message = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; the headers as they were sent, in order, their names in small letters."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The header's value, "" where there is none."""
        return next((value for each, value in self.headers if each == name), "")


class Asgi:
    """Asks an application, one request at a time, on an event loop of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator[Asgi]:
        """With a loop that is closed at the end of the block."""
        with asyncio.Runner() as runner:
            yield cls(runner.get_loop())

    def ask(
        self, app: FastAPI, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Reply:
        """The whole response."""
        return self._loop.run_until_complete(_asked(app, _scope(method, path, headers, body), body))


async def _asked(app: FastAPI, scope: Message, body: bytes) -> Reply:
    sent: list[Message] = []
    received = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if received:
            return received.pop()
        await asyncio.Event().wait()  # nobody hangs up
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    begun = sent[0]
    pairs = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in begun["headers"])
    return Reply(begun["status"], pairs, b"".join(message.get("body", b"") for message in sent[1:]))


def _scope(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Message:
    raw, _, query = path.partition("?")
    given = {"host": "testserver", "content-length": str(len(body)), **headers}
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(raw), "raw_path": raw.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": ("testclient", 50000), "server": ("testserver", 80), "state": {}, "extensions": {},
    }  # fmt: skip
