"""Settings: read from the environment by name, frozen, refused with key and value."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from api.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AVTAL_")]:
        monkeypatch.delenv(name)


def test_what_holds_when_nothing_is_set() -> None:
    settings = Settings()
    assert (settings.index, settings.host, settings.port) == (Path(".avtal"), "127.0.0.1", 8000)


def test_the_environment_is_read_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTAL_INDEX", "annan/mapp")
    monkeypatch.setenv("AVTAL_PORT", "9123")
    settings = Settings()
    assert (settings.index, settings.port) == (Path("annan/mapp"), 9123)


@pytest.mark.parametrize(("name", "value"), [("PORT", "sjutton"), ("PORT", "70000"), ("MOST_HITS", "0")])
def test_a_bad_value_is_refused_with_its_key(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"AVTAL_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_are_frozen_and_described() -> None:
    settings = Settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1
    assert all(field.description for field in Settings.model_fields.values())


def test_most_hits_caps_what_a_search_gives(index: Path) -> None:
    with TestClient(create_app(Settings(index=index, most_hits=2))) as client:
        assert len(client.get("/api/search", params={"q": "bolaget"}).json()["hits"]) == 2
        refused = client.get("/api/search", params={"q": "bolaget", "limit": 10})
        assert (refused.status_code, "högst 2" in refused.json()["detail"]) == (400, True)
