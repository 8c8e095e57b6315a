"""The API answers as its reference says; 20,000 requests by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.robustness.server import index_of
from tests.robustness.wire import query_is_valid


def test_a_departure_from_the_reference_is_found_and_none_else(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip(
        "schemathesis", reason="Schemathesis saknas: installera med pip install '.[robustness]'"
    )
    from tests.robustness import schema

    app = create_app(Settings(index=index_of(folder, tmp_path), feedback=tmp_path / "utkast"))
    schema.spoil(app)
    outcome = schema.examine(app, 1, each=2)
    assert {key.partition(":")[0] for key in outcome.wrong} == {"GET /healthz"}
    assert len(outcome.sent) > 20


@pytest.mark.parametrize(
    ("query", "valid", "status"),
    [
        ("limit=50&type=-116292&valid_on=0745-05-11", True, 200),
        ("", True, 200),
        ("format=csv&clause=term&clause=notice", True, 200),
        ("format=xml", False, 422),
        ("clause=term&clause=slut", False, 422),
        ("limit=0", False, 422),
        ("limit=%C2%B2", False, 422),
        ("valid_on=2024-02-30", False, 422),
        ("format=csv&format=json", False, 200),  # the last is taken, but the reference does not say so
        ("okänd=1", False, 200),  # left unread, as in any address
    ],
)
def test_a_query_is_judged_as_it_was_sent(
    query: str, valid: bool, status: int, folder: Path, tmp_path: Path
) -> None:
    app = create_app(Settings(index=index_of(folder, tmp_path), feedback=tmp_path / "utkast"))
    reference = app.openapi()
    operation = reference["paths"]["/api/matrix"]["get"]
    url = f"http://testserver/api/matrix?{query}"
    assert query_is_valid(url, operation, reference) is valid
    with TestClient(app) as client:
        assert client.get(url).status_code == status


def test_a_parameter_that_is_needed_is_missed() -> None:
    operation = {"parameters": [{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}]}
    assert query_is_valid("/api/ask?q=bad", operation, {})
    assert not query_is_valid("/api/ask", operation, {})
