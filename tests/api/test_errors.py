"""Problem details in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from api.app import create_app
from api.english import in_english
from api.errors import Problem
from api.language import Language, language_of
from api.settings import Settings
from tests.robustness.asgi import Asgi

ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        (None, Language.SWEDISH),
        ("", Language.SWEDISH),
        ("en", Language.ENGLISH),
        ("en-GB,en;q=0.9", Language.ENGLISH),
        ("sv-SE,sv;q=0.9,en;q=0.8", Language.SWEDISH),
        ("en;q=0.5, sv;q=0.4", Language.ENGLISH),
        ("de, en;q=0.3", Language.ENGLISH),
        ("*", Language.SWEDISH),
        ("en;q=0", Language.SWEDISH),
        ("en;q=mycket", Language.SWEDISH),
        ("en;q=0.5, *;q=0.9", Language.SWEDISH),
        (";;,,q=1", Language.SWEDISH),
    ],
)
def test_english_is_for_those_who_prefer_it(accepted: str | None, wanted: Language) -> None:
    assert language_of(accepted) is wanted


@pytest.mark.parametrize(
    ("path", "status", "title", "detail"),
    [
        ("/finns/inte", 404, "Not found", "there is nothing at this address"),
        ("/api/agreements/borta", 404, "Not found", "the agreement borta is not in the index; see /api/agreements"),
        ("/api/search?q=", 400, "Bad request", "the question is empty; write what you are looking for"),
        ("/api/ask?q=" + "ab+" * 300, 400, "Bad request", "the question is longer than 256 word pieces; shorten it"),
        ("/api/search?q=hyra&limit=60", 400, "Bad request", "limit is 60 but this server gives at most 50 at a time; give a lower number"),
        ("/api/search", 422, "Unusable value", "the value of q cannot be used: it is missing"),
        ("/api/search?q=a&offset=-1", 422, "Unusable value", "the value of offset cannot be used: the number is too small"),
    ],
)  # fmt: skip
def test_an_error_is_told_in_english(
    client: TestClient, path: str, status: int, title: str, detail: str
) -> None:
    reply = client.get(path, headers=ENGLISH)
    problem = Problem.model_validate(reply.json())
    assert (reply.status_code, problem.status, problem.title, problem.detail) == (
        status,
        status,
        title,
        detail,
    )
    assert (reply.headers["content-language"], reply.headers["vary"]) == ("en", "Accept-Language")
    assert client.get(path).headers["content-language"] == "sv"


def test_every_refused_value_is_listed(client: TestClient) -> None:
    problem = client.get("/api/search?limit=0&valid_on=snart&without=allt").json()
    assert {row["name"] for row in problem["errors"]} == {"q", "limit", "valid_on", "without.0"}
    assert {"name": "valid_on", "detail": "skriv datumet som ÅÅÅÅ-MM-DD"} in problem["errors"]


def test_a_sentence_without_a_translation_says_so() -> None:
    assert in_english("något nytt") == "the request was refused; the reason, in Swedish: något nytt"


def test_a_method_that_is_not_taken_names_those_that_are(client: TestClient) -> None:
    reply = client.delete("/api/search")
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET")
    assert reply.json()["detail"] == "adressen finns men tar inte emot den metoden"


def test_a_fault_is_a_problem_that_tells_nothing_of_the_inside(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app: FastAPI = create_app(Settings(index=index))

    @app.get("/trasig")
    def broken() -> None:
        try:
            int(client.get("/healthz").text)
        except ValueError as error:
            raise RuntimeError("hemlig sökväg") from error

    with TestClient(app) as client:
        reply = client.get("/trasig")
        measured = client.get("/metrics").text
    assert (reply.status_code, reply.json()["title"]) == (500, "Fel i servern")
    assert "hemlig" not in reply.text
    assert "hemlig" not in caplog.text and "status" not in caplog.text, "a message may quote a question"
    assert "builtins.ValueError" in caplog.text
    assert "builtins.RuntimeError" in caplog.text
    assert re.search(r"test_errors\.py:\d+ i broken", caplog.text)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert 'avtal_requests_total{route="/trasig",status="500"} 1.0' in measured


def test_a_fault_in_an_answer_that_has_begun_cuts_it_short_and_is_told_as_quietly(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(index=index))

    def half() -> Iterator[bytes]:
        yield b"hal"
        raise RuntimeError("hemlig sökväg")

    @app.get("/trasig")
    def broken() -> StreamingResponse:
        return StreamingResponse(half())

    with Asgi.opened() as client:
        reply = client.ask(app, "GET", "/trasig", {})
    assert (reply.status, reply.body) == (200, b"hal")
    assert "builtins.RuntimeError" in caplog.text
    assert "hemlig" not in caplog.text


def test_every_route_that_needs_an_index_is_not_ready_without_one(tmp_path: Path) -> None:
    bare = TestClient(create_app(Settings(index=tmp_path)))
    for path in ("/readyz", "/api/ask?q=hyra", "/api/agreements"):
        reply = bare.get(path, headers=ENGLISH)
        assert (reply.status_code, reply.json()["title"]) == (503, "Not ready")
        assert reply.json()["detail"] == "there is no index yet; build one with avtal index FOLDER"
