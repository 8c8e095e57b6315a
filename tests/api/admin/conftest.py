"""A server whose registrator may change the folder of the tiny world, and a browser that is signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.admin.desk import Desk
from api.admin.key import new_key
from api.app import create_app
from api.settings import Settings

ORIGIN = {"Origin": "http://testserver"}
NEW = "Avtal om sjöboden mellan Granboda kommun och Tallviks AB\n\n§ 1 Boden\n\nBoden får målas röd. Avtalet gäller till och med den 31 december 2030.\n"


@dataclass(frozen=True, slots=True)
class Registrator:
    """A client with the key; `post` sends a form as the page would."""

    client: TestClient
    key: str

    def sign_in(self) -> None:
        reply = self.client.post(
            "/admin/logga-in", data={"nyckel": self.key}, headers=ORIGIN, follow_redirects=False
        )
        assert (reply.status_code, reply.headers["location"]) == (303, "/admin")

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/admin").text)
        assert found
        return found[1]

    def post(self, path: str, files: Any = None, **fields: str) -> httpx2.Response:
        data = {"csrf": self.csrf(), **fields}
        return self.client.post(path, data=data, files=files, headers=ORIGIN, follow_redirects=False)

    def send(self, name: str, content: bytes, **fields: str) -> httpx2.Response:
        reply = self.post("/admin/skicka", {"fil": (name, content)}, **fields)
        for draft in self.desk.drafts.all():
            self.desk.drafts.wait(draft.draft_id, 60)
        return reply

    def api(self, method: str, path: str, **options: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        return self.client.request(method, f"/api/admin/{path}", headers=headers, **options)

    @property
    def desk(self) -> Desk:
        assert isinstance(self.client.app, FastAPI)
        found: Desk = self.client.app.state.desk
        return found

    def published(self) -> None:
        """Publish, and wait until it is done."""
        assert self.api("POST", "publish").status_code == 202
        self.desk.publisher.wait(180)


@pytest.fixture
def registrator(root: Path, folder: Path, tmp_path: Path) -> Iterator[Registrator]:
    """Over `folder`, published in `root`, not yet signed in; at most a megabyte a file."""
    key, digest = new_key()
    settings = Settings(
        index=root, folder=folder, admin_key_hash=digest, upload_megabytes=1, audit=tmp_path / "logg.jsonl"
    )
    with TestClient(create_app(settings)) as client:
        yield Registrator(client, key)
