"""The web application: routes, headers and metrics around one live engine."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CollectorRegistry, Counter, Histogram

from api.errors import add_error_handlers
from api.live import LiveEngine
from api.routes import agreements, health, pages, report, search
from api.settings import Settings, read_settings

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over the index that the settings name. Opening an index that is missing or damaged fails at start."""
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.live.get()
        yield

    app = FastAPI(
        title="Avtalssök",
        version="0.1.0",
        description="Sök och frågor över avtalstexter, med källa på varje svar.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = chosen
    app.state.live = LiveEngine(chosen.index)
    _measure(app)
    add_error_handlers(app)
    for router in (search.router, agreements.router, report.router, health.router, pages.router):
        app.include_router(router)
    app.mount("/page", StaticFiles(directory=pages.PAGE_FOLDER), name="page")
    return app


def _measure(app: FastAPI) -> None:
    registry = CollectorRegistry()
    requests = Counter("avtal_requests", "Besvarade anrop", ["route", "status"], registry=registry)
    seconds = Histogram("avtal_request_seconds", "Tid till svar", ["route"], registry=registry)
    app.state.registry = registry

    @app.middleware("http")
    async def measured(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        started = time.perf_counter()
        response = await call_next(request)
        route = getattr(request.scope.get("route"), "path", "other")
        requests.labels(route, str(response.status_code)).inc()
        seconds.labels(route).observe(time.perf_counter() - started)
        response.headers.update(HEADERS)
        return response
