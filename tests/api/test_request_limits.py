"""What a request may bring: an address, a body and a time for it, each with its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.types import Message

from api.request_limits import MOST_ADDRESS, MOST_BODY, RequestLimits

app = FastAPI()
app.add_middleware(RequestLimits)


@app.post("/eka")
async def echo(request: Request) -> int:
    return len(await request.body())


def test_a_body_of_the_most_is_taken_and_one_byte_more_is_not() -> None:
    with TestClient(app) as client:
        assert client.post("/eka", content=b"x" * MOST_BODY).json() == MOST_BODY
        refused = client.post("/eka", content=b"x" * (MOST_BODY + 1))
    assert (refused.status_code, refused.json()["title"], refused.headers["connection"]) == (
        413,
        "För stort",
        "close",
    )


def test_a_body_of_no_told_length_is_counted() -> None:
    def parts(number: int) -> Iterator[bytes]:
        for _ in range(number):
            yield b"x" * 1024

    with TestClient(app) as client:
        assert client.post("/eka", content=parts(MOST_BODY // 1024)).json() == MOST_BODY
        assert client.post("/eka", content=parts(MOST_BODY // 1024 + 1)).status_code == 413


def test_an_address_has_an_end() -> None:
    with TestClient(app) as client:
        assert client.post("/eka?q=" + "x" * (MOST_ADDRESS - len("/ekaq=")), content=b"").status_code == 200
        refused = client.post("/eka?q=" + "x" * MOST_ADDRESS, content=b"")
    assert (refused.status_code, refused.json()["title"]) == (414, "För lång adress")


def test_the_longest_question_fits_in_an_address(client: TestClient) -> None:
    assert client.get("/api/ask", params={"q": "𝒜" * 1000}).status_code in (200, 400)
    refused = client.get("/api/ask", params={"q": "x" * 1001})
    assert (refused.status_code, "för lång" in refused.json()["detail"]) == (422, True)


@pytest.mark.parametrize("leaves", [False, True])
def test_a_body_that_does_not_come_is_not_waited_for(leaves: bool) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        if leaves:
            return {"type": "http.disconnect"}
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/eka", "raw_path": b"/eka", "query_string": b"", "headers": [],
        "server": ("x", 80),
    }  # fmt: skip
    asyncio.run(RequestLimits(app, body_seconds=0.05)(scope, receive, send))
    assert sent[0]["status"] == 408
