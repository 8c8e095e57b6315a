"""Feedback: off unless switched on, kept without a trace of the sender, and a draft that a review can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.feedback import DraftBox, FullError, TooManyError
from api.settings import Settings
from evals.drafts import DraftVerdict, load_drafts

Json = dict[str, Any]


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    return tmp_path / "utkast"


@pytest.fixture
def open_client(index: Path, drafts: Path) -> Iterator[TestClient]:
    """A client of a server that takes feedback."""
    with TestClient(create_app(Settings(index=index, feedback=drafts))) as opened:
        yield opened


def _hit(client: TestClient) -> Json:
    citation = client.get("/api/search", params={"q": "hyran per månad"}).json()["hits"][0]["citation"]
    return {name: citation[name] for name in ("agreement_id", "start", "end", "text_sha256")}


def test_it_is_off_unless_it_is_switched_on(client: TestClient) -> None:
    assert client.get("/api/feedback").json() == {"enabled": False}
    refused = client.post("/api/feedback", json={"q": "Vad är hyran?", "verdict": "missing"})
    assert refused.status_code == 404


def test_a_thumb_becomes_a_draft_that_a_review_reads(open_client: TestClient, drafts: Path) -> None:
    hit = _hit(open_client)
    assert open_client.get("/api/feedback").json() == {"enabled": True}
    for body in (
        {"q": "Vad är hyran?", "verdict": "right", "hit": hit},
        {"q": "Var är badet?", "verdict": "missing"},
    ):
        assert open_client.post("/api/feedback", json=body).status_code == 204
    right, missing = load_drafts(drafts)
    assert (right.q, right.verdict, missing.verdict, missing.hit) == (
        "Vad är hyran?",
        DraftVerdict.RIGHT,
        DraftVerdict.MISSING,
        None,
    )
    text = open_client.get(f"/api/agreements/{hit['agreement_id']}").json()["text"]
    assert right.hit is not None
    assert right.hit.quote == text[hit["start"] : hit["end"]]


def test_nothing_is_kept_of_who_sent_it_and_only_the_day(open_client: TestClient, drafts: Path) -> None:
    open_client.post(
        "/api/feedback",
        json={"q": "Vad är hyran?", "verdict": "missing"},
        headers={"User-Agent": "Webb", "X-Forwarded-For": "192.0.2.7", "Cookie": "namn=Kajsa"},
    )
    kept = json.loads((drafts / "utkast.jsonl").read_text(encoding="utf-8"))
    assert sorted(kept) == ["day", "format_version", "generation", "hit", "q", "verdict"]
    assert len(kept["day"]) == len("2026-01-31")


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "kanske"},
        {"q": "x" * 1001},
        {"q": ""},
        {"hit": None},
        {"verdict": "missing"},
        {"namn": "Kajsa"},
    ],
)
def test_what_is_no_feedback_is_refused(open_client: TestClient, drafts: Path, change: Json) -> None:
    body = {"q": "Vad är hyran?", "verdict": "right", "hit": _hit(open_client), **change}
    assert open_client.post("/api/feedback", json=body).status_code == 422
    assert not drafts.exists()


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"agreement_id": "borta"}, 404, "borta finns inte i indexet"),
        ({"text_sha256": "0" * 64}, 400, "har ändrats sedan svaret gavs"),
        ({"start": 5, "end": 5}, 400, "tecken 5–5 är inget ställe"),
        ({"end": 999_999}, 400, "är inget ställe"),
    ],
)
def test_a_hit_must_stand_in_the_index(
    open_client: TestClient, drafts: Path, change: Json, status: int, said: str
) -> None:
    body = {"q": "Vad är hyran?", "verdict": "wrong", "hit": {**_hit(open_client), **change}}
    refused = open_client.post("/api/feedback", json=body)
    assert (refused.status_code, said in refused.json()["detail"]) == (status, True)
    assert not drafts.exists()


def test_the_server_takes_so_many_a_minute_and_then_says_when_to_come_back(open_client: TestClient) -> None:
    body = {"q": "Vad är hyran?", "verdict": "missing"}
    answers = [open_client.post("/api/feedback", json=body) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [204] * 30 + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert "30 omdömen i minuten" in answers[-1].json()["detail"]


def test_the_minute_passes(tmp_path: Path) -> None:
    now = [0.0]
    box = DraftBox(tmp_path, per_minute=1, clock=lambda: now[0])
    box.put({"q": "ett"})
    now[0] = 59.9
    with pytest.raises(TooManyError):
        box.put({"q": "två"})
    now[0] = 60.0
    box.put({"q": "tre"})
    lines = (tmp_path / "utkast.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["q"] for line in lines] == ["ett", "tre"]


def test_a_full_file_takes_no_more(tmp_path: Path) -> None:
    box = DraftBox(tmp_path, most_bytes=20)
    box.put({"q": "ett"})
    with pytest.raises(FullError, match="avtal eval review"):
        box.put({"q": "två"})
    assert (tmp_path / "utkast.jsonl").read_text(encoding="utf-8") == '{"q": "ett"}\n'
