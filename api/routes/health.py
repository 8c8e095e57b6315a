"""Health, readiness and metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.access.guard import Guard
from api.errors import NotReadyError
from api.schemas import Health
from corpus.types import AvtalError
from retriever.engine import Engine

router = APIRouter(tags=["Drift"])


@router.get("/healthz", summary="Processen lever")
async def get_health() -> Health:
    """Answers without touching the index, and without a worker thread: also when all of them are busy."""
    return Health(status="ok")


@router.get("/readyz", summary="Ett index är öppet")
def get_ready(request: Request) -> Health:
    """200 with the generation, or 503 with the reason. No generation where readers are told apart: it is of them all."""
    guard: Guard = request.app.state.guard
    try:
        whole: Engine = request.app.state.live.get()
    except AvtalError as error:
        raise NotReadyError(str(error)) from error
    return Health(status="ok", generation=None if guard.on else whole.index.generation)


@router.get("/metrics", summary="Mätvärden för Prometheus", response_class=PlainTextResponse)
def get_metrics(request: Request) -> Response:
    """Counts and times per route, answers by kind and the generation; no question text."""
    try:
        engine = request.app.state.live.get()
    except AvtalError:
        engine = None  # no generation and no agreements is what the numbers then say
    return Response(request.app.state.metrics.text(engine), media_type=CONTENT_TYPE_LATEST)
