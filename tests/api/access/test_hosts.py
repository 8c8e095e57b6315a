"""A website that lets its own name point at this computer reads nothing through its visitor's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.access.hosts import host_name
from api.app import create_app
from api.settings import Settings
from tests.api.access.conftest import Served

HERE = "http://127.0.0.1:8000"


def asked(settings: Settings, host: str, at: str = HERE, path: str = "/api/agreements") -> int:
    with TestClient(create_app(settings), base_url=at) as client:
        return client.get(path, headers={"Host": host}).status_code


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "LOCALHOST:8000", "localhost.", "[::1]:8000", "127.0.0.1"]
)
def test_this_computers_own_names_are_answered(index: Path, host: str) -> None:
    assert asked(Settings(index=index), host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "angripare.example",
        "angripare.example:8000",
        "127.0.0.1.angripare.example",
        "localhost.x",
        "",
        "0.0.0.0",
    ],
)
def test_another_name_is_refused_at_this_computers_own_address(index: Path, host: str) -> None:
    assert asked(Settings(index=index), host) == 421
    assert asked(Settings(index=index), host, path="/") == 421
    assert asked(Settings(index=index), host, path="/healthz") == 200


def test_the_refusal_says_what_to_do(index: Path) -> None:
    with TestClient(create_app(Settings(index=index)), base_url=HERE) as client:
        told = client.get("/api/agreements", headers={"Host": "x.example"}).json()
        page = client.get("/", headers={"Host": "x.example", "Accept": "text/html"})
    assert (told["title"], "AVTAL_HOSTS" in told["detail"]) == ("Fel värdnamn", True)
    assert page.status_code == 421
    assert "Granboda" not in page.text


def test_the_names_in_the_settings_are_answered(index: Path) -> None:
    named = Settings.model_validate({"index": index, "hosts": "Avtal.example.se, avtal"})
    assert [asked(named, host) for host in ("avtal.example.se:8000", "AVTAL", "localhost")] == [200] * 3
    assert asked(named, "annan.example.se") == 421


def test_the_name_of_the_public_address_is_answered(index: Path) -> None:
    settings = Settings(index=index, public_url="http://localhost:9000")
    assert asked(settings, "localhost:9000") == 200


@pytest.mark.parametrize(
    ("settings", "at", "status"),
    [
        ({"open": True}, HERE, 200),
        ({}, "http://testserver", 200),
        ({"open": True, "hosts": "avtal.example.se"}, HERE, 421),
        ({"hosts": "avtal.example.se"}, "http://testserver", 421),
    ],
)
def test_where_any_name_is_answered(index: Path, settings: dict[str, object], at: str, status: int) -> None:
    assert asked(Settings.model_validate({"index": index, **settings}), "x.example", at) == status


def test_a_host_that_holds_a_path_opens_nothing(served: Served) -> None:
    for host in ("x/page/", "x/healthz?", "x/logga-in#"):
        reply = served.client.get("/metrics", headers={"Host": host})
        assert (reply.status_code, "private" in reply.headers["cache-control"]) == (401, True)


@pytest.mark.parametrize("value", ["https://avtal.example.se", "avtal:8000", "*.example.se"])
def test_a_name_is_a_name(value: str) -> None:
    with pytest.raises(ValidationError, match="hosts"):
        Settings.model_validate({"hosts": value})


def test_the_name_in_a_host_header() -> None:
    assert [host_name(each) for each in ("A.se:80", "[::1]:8000", "[::1", "a.se.")] == [
        "a.se",
        "::1",
        "::1",
        "a.se",
    ]
