"""Four agreements with readers of their own, and the service over them with access by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.access.api_keys import create_key
from api.access.identity import Scope
from api.app import create_app
from api.settings import Access, Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from tests.conftest import write_agreements

READERS = """
["badet.html"]
readers = ["alla"]
["hyra/"]
readers = ["Ekonomi", "ledning"]
["skola/åkerby.md"]
readers = ["skolan"]
"""
"""Nobody may read vägar/snö och is.txt."""

Client = Callable[..., TestClient]


@dataclass(frozen=True, slots=True)
class Served:
    """The service, its settings, and clients of it by the groups and scopes of the key that they show."""

    client: TestClient
    settings: Settings
    key: Callable[..., str]
    by: Client


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory, shipped: Encoder) -> Path:
    """An index of the four agreements with their readers, by the encoder in the box; to read only."""
    place = tmp_path_factory.mktemp("stängt")
    folder = write_agreements(place / "avtal")
    (folder / "avtal.toml").write_text(READERS, encoding="utf-8")
    build_index(folder, place / "index", shipped, read_document)
    return place / "index"


@pytest.fixture
def served(closed: Path, tmp_path: Path) -> Iterator[Served]:
    """The service with access by keys; `by("hr")` is a client whose key is of the group hr."""
    path = tmp_path / "nycklar.json"
    create_key(path, "ingen", (), (Scope.READ,), 1)
    settings = Settings(index=closed, access=Access.KEYS, keys=path)
    app = create_app(settings)

    def key(*groups: str, scopes: tuple[Scope, ...] = (Scope.READ,)) -> str:
        return create_key(path, "någon", groups, scopes, 30)[1]

    def by(*groups: str, scopes: tuple[Scope, ...] = (Scope.READ,)) -> TestClient:
        return TestClient(app, headers={"Authorization": f"Bearer {key(*groups, scopes=scopes)}"})

    with TestClient(app) as client:
        yield Served(client, settings, key, by)
