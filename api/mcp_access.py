"""Readers of the MCP server over HTTP: who asks is noted around the request, and its tools answer from that one's view."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import door
from api.access.guard import Guard
from api.access.identity import Identity
from api.live import LiveEngine
from retriever.engine import Engine

_reader: ContextVar[Identity | None] = ContextVar("reader", default=None)
"""Who asks. Nobody where it is not set, and nobody is answered from nothing."""


class KnownReaders:
    """ASGI middleware: lets in whom the guard knows."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = await door.refused(self._guard, request, with_page=False)
        if refused is not None:
            await refused(scope, receive, send)
            return
        asks = _reader.set(request.state.identity)
        try:
            await self._app(scope, receive, send)
        finally:
            _reader.reset(asks)


def engine_for_reader(guard: Guard, live: LiveEngine) -> Callable[[], Engine]:
    """Gives the engine over what the reader of the request at hand may read; over everything where access is off."""

    def engine() -> Engine:
        return guard.view(_reader.get(), live.get()).engine if guard.on else live.get()

    return engine
