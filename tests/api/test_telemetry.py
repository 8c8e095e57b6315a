"""Spans by choice: what they say of a request, and that no question is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import ValidationError

from api.app import create_app
from api.settings import Settings
from api.telemetry import Tracing, open_tracing

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_nothing_is_made_unless_it_is_asked_for() -> None:
    assert open_tracing("").provider is None
    assert Settings().telemetry == ""
    with pytest.raises(ValidationError, match="telemetry"):
        Settings(telemetry="collector:4318")


def test_a_span_says_route_status_and_kind_and_never_the_question(index: Path) -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    app = create_app(Settings(index=index))
    app.state.tracing = Tracing(provider)
    with TestClient(app) as client:
        parent = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
        client.get(
            "/api/ask", params={"q": "Hur lång är hemliga uppsägningstiden för ladan?"}, headers=parent
        )
        client.get("/avtal/hyra/ladan", params={"q": "hemligt"})
        client.get("/", params={"q": "vilka avtal omfattar hemligheter?", "party": "Hemliga AB"})
        client.get("/hemlig/adress")
        client.get("/api/search", params={"q": "hemlig", "limit": "hemlig"})
    spans = kept.get_finished_spans()
    assert [span.name for span in spans] == [
        "GET /api/ask", "GET /avtal/{agreement_id:path}", "GET /", "GET other", "GET /api/search",
    ]  # fmt: skip
    assert not any("hemlig" in span.to_json().casefold() for span in spans)
    first = spans[0]
    assert first.attributes is not None and first.context is not None
    assert dict(first.attributes) == {
        "http.request.method": "GET",
        "http.route": "/api/ask",
        "http.response.status_code": 200,
        "avtal.answer": "fact",
        "avtal.agreements": 0,
    }
    assert f"{first.context.trace_id:032x}" == TRACE
    assert first.start_time is not None and first.end_time is not None
    assert 0 < first.end_time - first.start_time < 60e9
    assert [(span.attributes or {})["http.response.status_code"] for span in spans] == [
        200,
        200,
        200,
        404,
        422,
    ]
