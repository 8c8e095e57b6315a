"""Revalidation: the same answer is not sent twice, and another generation is another answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from tests.conftest import refresh

PATHS = (
    "/api/search?q=hyra",
    "/api/ask?q=hyra",
    "/api/suggest?q=hy",
    "/api/agreements",
    "/api/agreements/badet",
    "/api/agreements/badet/source",
    "/api/report",
    "/api/export?q=hyra&format=docx",
    "/api/feeds/last-notice.ics",
    "/api/feeds/last-notice.atom",
    "/api/feeds/new.atom",
    "/api/feeds/search.atom?q=hyra",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_answer_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    etag = first.headers["etag"]
    assert (first.status_code, etag.startswith('W/"')) == (200, True)
    assert first.headers["cache-control"] == "private, no-cache"
    for held in (etag, f'"annat", {etag}', etag.removeprefix("W/")):
        again = client.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
        assert again.headers["x-content-type-options"] == "nosniff"
    assert client.get(path, headers={"If-None-Match": '"annat"'}).status_code == 200


def test_another_question_is_another_etag(client: TestClient) -> None:
    tags = {
        client.get(path).headers["etag"]
        for path in ("/api/ask?q=hyra", "/api/ask?q=snö", "/api/search?q=hyra", "/api/ask?q=hyra&limit=2")
    }
    assert len(tags) == 4


def test_an_error_has_no_etag(client: TestClient) -> None:
    assert "etag" not in client.get("/api/ask?q=").headers
    assert "etag" not in client.get("/api/agreements/borta").headers
    assert "etag" not in client.get("/healthz").headers


def test_another_generation_is_another_etag(folder: Path, root: Path, shipped: Encoder) -> None:
    with TestClient(create_app(Settings(index=root))) as client:
        before = client.get("/api/agreements").headers["etag"]
        (folder / "badet.html").unlink()
        build_index(folder, root, shipped, read_document)
        refresh(client)
        after = client.get("/api/agreements", headers={"If-None-Match": before})
    assert (after.status_code, after.json()["total"], after.headers["etag"] != before) == (200, 3, True)
