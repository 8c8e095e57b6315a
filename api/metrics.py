"""What the server counts of itself, for Prometheus: no question text, no address of a reader."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from retriever.engine import Engine
from retriever.types import Answer

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the latency buckets: suggestions within 0.05, answers within 1 to 2."""


class Metrics:
    """Counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "avtal_requests", "Besvarade anrop", ["route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "avtal_request_seconds", "Tid till svar", ["route"], buckets=SECONDS, registry=self._registry
        )
        self._answers = Counter("avtal_answers", "Svar efter slag", ["kind"], registry=self._registry)
        self._abstentions = Counter("avtal_abstentions", "Svar utan stöd i avtalen", registry=self._registry)
        self._generation = Gauge(
            "avtal_generation_info", "Den generation som svarar", ["generation"], registry=self._registry
        )
        self._agreements = Gauge("avtal_agreements", "Avtal i indexet", registry=self._registry)
        self._passages = Gauge("avtal_passages", "Stycken i indexet", registry=self._registry)

    def requested(self, route: str, status: int, seconds: float) -> None:
        """Count a request by its route, not by its address."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """Count an answer by its kind."""
        self._answers.labels(answer.kind.value).inc()
        if answer.abstained:
            self._abstentions.inc()

    def text(self, engine: Engine | None) -> bytes:
        """Everything in Prometheus' text format, with the generation that answers now."""
        self._generation.clear()
        if engine is not None:
            self._generation.labels(engine.index.generation).set(1)
        self._agreements.set(len(engine.index.agreements) if engine else 0)
        self._passages.set(len(engine.index.passages) if engine else 0)
        return generate_latest(self._registry)
