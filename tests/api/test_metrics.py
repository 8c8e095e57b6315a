"""What the server counts of itself, read by Prometheus' own parser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.settings import Settings
from indexer.store import open_index


@pytest.fixture
def own(index: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(index=index))) as client:
        yield client


def counted(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_answers_and_abstentions_are_counted_by_kind(own: TestClient) -> None:
    for question in ("vilka avtal omfattar hyra?", "Vilket avtal reglerar parkeringsplatser?"):
        own.get("/api/ask", params={"q": question})
    found = counted(own)
    assert found["avtal_answers_total", (("kind", "agreements"),)] == 1
    assert found["avtal_answers_total", (("kind", "none"),)] == 1
    assert found["avtal_abstentions_total", ()] == 1


def test_requests_are_counted_by_route_with_their_time(own: TestClient) -> None:
    for path in ("/api/agreements/badet", "/api/agreements/hyra/ladan", "/api/agreements/borta"):
        own.get(path)
    route = ("route", "/api/agreements/{agreement_id:path}")
    found = counted(own)
    assert found["avtal_requests_total", (route, ("status", "200"))] == 2
    assert found["avtal_requests_total", (route, ("status", "404"))] == 1
    assert found["avtal_request_seconds_count", (route,)] == 3
    assert found["avtal_request_seconds_bucket", (("le", "+Inf"), route)] == 3
    assert found["avtal_request_seconds_bucket", (("le", "0.05"), route)] <= 3


def test_the_generation_that_answers_is_named(own: TestClient, index: Path) -> None:
    found = counted(own)
    opened = open_index(index)
    assert found["avtal_generation_info", (("generation", opened.generation),)] == 1
    assert (found["avtal_agreements", ()], found["avtal_passages", ()]) == (4, len(opened.passages))


def test_without_an_index_there_are_no_agreements(tmp_path: Path) -> None:
    found = counted(TestClient(create_app(Settings(index=tmp_path))))
    assert found["avtal_agreements", ()] == 0
    assert not any(name == "avtal_generation_info" for name, _ in found)
