"""Bounds on what a request may bring: the address's length, the body's size, and the time that the body takes."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusal import Both, refusal

MOST_ADDRESS = 16_384
"""Bytes of path and query: a question of a thousand characters of four bytes each, percent-encoded, and some filters."""
MOST_BODY = 262_144
"""Bytes; the longest that any route takes is a citation or a hit, some thousands."""
UPLOADS = ("/admin/skicka", "/api/admin/drafts")
"""Where the registrator sends files: the routes look at who sends before they read, and bound the size themselves."""
BODY_SECONDS = 10.0
"""For a whole body to arrive."""

_TOO_LONG_ADDRESS = (
    f"adressen är längre än {MOST_ADDRESS} byte; ställ en kortare fråga eller ge färre filter",
    f"the address is longer than {MOST_ADDRESS} bytes; ask a shorter question or give fewer filters",
)
_TOO_LARGE = (
    f"anropets innehåll är större än {MOST_BODY} byte; skicka mindre",
    f"the body is larger than {MOST_BODY} bytes; send less",
)
_TOO_LATE = (
    f"anropets innehåll kom inte inom {BODY_SECONDS:.0f} sekunder; skicka det igen",
    f"the body did not arrive within {BODY_SECONDS:.0f} seconds; send it again",
)


class RequestLimits:
    """ASGI middleware: the body is read to its end before anything is done for the request."""

    def __init__(self, app: ASGIApp, body_seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > MOST_ADDRESS:
            await _refuse(scope, receive, send, 414, _TOO_LONG_ADDRESS)
            return
        if scope["path"] in UPLOADS:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await _whole_body(scope, receive)
        except TimeoutError:
            await _refuse(scope, receive, send, 408, _TOO_LATE)
            return
        if body is None:
            await _refuse(scope, receive, send, 413, _TOO_LARGE)
            return
        await self._app(scope, _replay(body, receive), send)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, detail: Both) -> None:
    """Say no and close the connection, on which the rest of the request may still be coming."""
    response = refusal(Request(scope), status, detail)
    response.headers["Connection"] = "close"
    await response(scope, receive, send)


async def _whole_body(scope: Scope, receive: Receive) -> list[Message] | None:
    """The messages until the body's end; None for a body that is too large. Raises TimeoutError where the caller left."""
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if told.isdigit() and int(told) > MOST_BODY:
        return None
    messages: list[Message] = []
    size = 0
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
        if messages[-1]["type"] == "http.disconnect":
            raise TimeoutError("the caller left before the end of the body")
        size += len(messages[-1].get("body", b""))
        if size > MOST_BODY:
            return None
    return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    """Gives what was read, then what follows."""
    kept = iter(messages)

    async def again() -> Message:
        message = next(kept, None)
        return await receive() if message is None else message

    return again
