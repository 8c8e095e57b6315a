"""The web application: routes, headers and metrics around one live engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from api.access import sign_in
from api.access.guard import Guard
from api.admin import page_door as admin_door
from api.admin import pages as admin_pages
from api.admin import routes as admin_routes
from api.admin.desk import at_work, open_desk
from api.audit import AuditLog
from api.envelope import Envelope
from api.errors import add_error_handlers
from api.feedback import DraftBox
from api.language_model import open_language_model
from api.live import LiveEngine
from api.metrics import Metrics
from api.overload import Overload, room_of
from api.question_log import QuestionLog
from api.reference import describe
from api.rendering.environment import environment
from api.request_limits import RequestLimits
from api.routes import (
    agreements,
    box,
    export,
    feedback,
    feeds,
    health,
    matrix,
    overview,
    pages,
    pictures,
    report,
    search,
)
from api.settings import Settings, read_settings
from api.telemetry import open_tracing
from indexer.manifest import current_generation

COMPRESSION = 4
"""Of 1 to 9. At 9 an answer of a megabyte keeps the server three times as long for a few percent fewer bytes."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over the index that the settings name.

    Raises AvtalError for settings that are unsafe together. Opening an index that is missing or damaged fails at start.
    """
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        environment()
        if chosen.folder is None or current_generation(chosen.index) is not None:
            app.state.live.get()
        dropping = asyncio.create_task(app.state.questions.keep_dropping())
        with app.state.live.watching(), at_work(app.state.desk):
            yield
        dropping.cancel()
        app.state.tracing.close()

    app = FastAPI(
        title="Avtalssök",
        version="0.1.0",
        description="Sök och frågor över avtalstexter, med källa på varje svar.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = chosen
    app.state.guard = Guard(chosen)
    app.state.live = LiveEngine(chosen.index)
    app.state.drafts = DraftBox(chosen.feedback) if chosen.feedback is not None else None
    app.state.questions = QuestionLog(chosen.question_log, chosen.question_log_days)
    app.state.audit = AuditLog(chosen.audit)
    app.state.desk = open_desk(chosen, app.state.live, app.state.audit)
    app.state.metrics = Metrics()
    app.state.tracing = open_tracing(chosen.telemetry)
    app.state.language_model = open_language_model(chosen)
    app.state.departing = overview.Departing()
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=COMPRESSION)
    room = room_of(chosen.at_work, chosen.request_seconds, has_model=bool(chosen.language_model_url))
    app.add_middleware(Overload, room=room)
    app.add_middleware(RequestLimits)
    app.add_middleware(Envelope, of=app)
    add_error_handlers(app)
    for router in (
        search.router,
        pictures.router,  # before agreements, whose ids may hold slashes
        agreements.router,
        export.router,
        feeds.router,
        matrix.router,
        feedback.router,
        report.router,
        health.router,
        box.router,
        overview.router,
        pages.router,
        sign_in.router,
    ):
        app.include_router(router)
    if app.state.desk is not None:
        app.include_router(admin_routes.router)
        app.include_router(admin_door.router)
        app.include_router(admin_pages.router)
    app.mount("/page", StaticFiles(directory=pages.PAGE_FOLDER), name="page")
    describe(app)
    return app
