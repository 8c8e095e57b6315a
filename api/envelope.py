"""Around every request: let it in, count it, give its answer the headers; a fault is logged and told as a problem."""

from __future__ import annotations

import logging
import time

from fastapi import FastAPI, Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import caching
from api.access import door
from api.box.origins import allow
from api.errors import fault
from api.faults import told

logger = logging.getLogger("avtal")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Envelope:
    """ASGI middleware. Nothing of a request outlives it: Starlette's own middleware by function ties each in a knot,
    which held its answer until the next full collection (docs/robustness.md)."""

    def __init__(self, app: ASGIApp, of: FastAPI) -> None:
        self._app = app
        self._of = of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = _Answer(self._of, request, send)
        try:
            refused = await door.refused(self._of.state.guard, request)
            await (refused or self._app)(scope, receive, answer.pass_on)
        except caching.NotModifiedError as held:
            await caching.not_modified(held.etag)(scope, receive, answer.pass_on)
        except Exception as error:  # noqa: BLE001 - told in the log and answered as a problem
            logger.error("anropet %s gav ett fel:\n%s", _route(request), told(error))
            if not answer.begun:  # else the server cuts it short
                await fault(request)(scope, receive, answer.pass_on)


class _Answer:
    """The answer on its way out."""

    def __init__(self, of: FastAPI, request: Request, send: Send) -> None:
        self._of = of
        self._request = request
        self._send = send
        self._began, self._started = time.time_ns(), time.perf_counter()
        self.begun = False

    async def pass_on(self, message: Message) -> None:
        """Send the message; the first with the headers, when it is counted too."""
        if message["type"] == "http.response.start":
            self.begun = True
            response = Response(status_code=message["status"])
            response.raw_headers = list(message["headers"])
            self._label(response)
            message = {**message, "headers": response.raw_headers}
        await self._send(message)

    def _label(self, response: Response) -> None:
        request, state = self._request, self._of.state
        caching.label(response, request)
        route, seconds = _route(request), time.perf_counter() - self._started
        state.metrics.requested(route, response.status_code, seconds)
        state.tracing.record(request, route, response.status_code, self._began)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        state.guard.label(request, response)
        allow(request, response, state.settings.box_origins)


def _route(request: Request) -> str:
    """The template of the route's address, "other" where there is none: never the address, which may hold a question."""
    path: str = getattr(request.scope.get("route"), "path", "other")
    return path
