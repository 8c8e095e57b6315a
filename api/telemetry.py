"""Spans for OpenTelemetry, by choice: which route, which status, how long, what kind of answer. Never a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import Request

from corpus.types import AvtalError
from retriever.types import Answer

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

SERVICE = "avtalssok"


@dataclass(frozen=True, slots=True)
class Tracing:
    """Makes one span a request, where there is a provider; a caller's trace goes on in it (W3C traceparent).

    The library's own instrumentation notes the whole address, and the question stands in it: this notes the route's
    template.
    """

    provider: TracerProvider | None

    def record(self, request: Request, route: str, status: int, began: int) -> None:
        """A span of the request that `began` then and ends now, in nanoseconds since 1970."""
        if self.provider is None:
            return
        from opentelemetry import trace  # an optional extra
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        context = TraceContextTextMapPropagator().extract(dict(request.headers))
        span = self.provider.get_tracer(SERVICE).start_span(
            f"{request.method} {route}", context, trace.SpanKind.SERVER, start_time=began
        )
        span.set_attribute("http.request.method", request.method)
        span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        for name, value in getattr(request.state, "measured", {}).items():
            span.set_attribute(f"avtal.{name}", value)
        if status >= 500:
            span.set_status(trace.StatusCode.ERROR)
        span.end()

    def close(self) -> None:
        """Send what is left."""
        if self.provider is not None:
            self.provider.shutdown()


def measures_of(answer: Answer) -> Mapping[str, str | int]:
    """What a span may say of an answer: its kind, and how many agreements it names."""
    return {"answer": answer.kind.value, "agreements": len(answer.agreements)}


def open_tracing(address: str) -> Tracing:
    """Sends spans to an OTLP collector at the address; empty: nothing is made. Raises AvtalError without the extra."""
    if not address:
        return Tracing(None)
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.exporter.otlp") is None:
        raise AvtalError(
            "AVTAL_TELEMETRY behöver tillägget telemetry; installera det med pip install 'avtalssok[telemetry]'"
        )
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # an optional extra
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource({"service.name": SERVICE}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    return Tracing(provider)
