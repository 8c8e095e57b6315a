"""Health, readiness and metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.errors import problem
from api.schemas import Health
from corpus.types import AvtalError

router = APIRouter(tags=["Drift"])


@router.get("/healthz", summary="Processen lever")
def get_health() -> Health:
    """Answers without touching the index."""
    return Health(status="ok")


@router.get("/readyz", summary="Ett index är öppet", response_model=Health)
def get_ready(request: Request) -> Health | JSONResponse:
    """200 with the generation, or 503 with the reason."""
    try:
        return Health(status="ok", generation=request.app.state.live.get().index.generation)
    except AvtalError as error:
        return problem(503, str(error))


@router.get("/metrics", summary="Mätvärden för Prometheus")
def get_metrics(request: Request) -> Response:
    """Counts and times per route, no question text."""
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)
