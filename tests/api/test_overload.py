"""A bound on work: so many at a time, a short queue, a prompt no, and a place kept by work that cannot be stopped."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine

import pytest
from fastapi import Request
from starlette.types import Message, Receive, Scope, Send

from api.overload import Overload, Room, room_of
from api.refusal import refusal


class Work:
    """An application that answers when it is told to, and counts those at work."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.now = self.most = 0

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if scope["path"] == "/fel":
                raise ValueError("gick sönder")
            await self.go.wait()
        finally:
            self.now -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"klar"})


async def asked(
    app: Overload, path: str = "/api/ask", accept: str = "*/*"
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of a GET."""
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        messages.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"accept", accept.encode())],
        "server": ("x", 80), "scheme": "http", "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
    return messages[0]["status"], dict(messages[0]["headers"]), messages[1]["body"]


def run(test: Coroutine[None, None, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 10))


def test_so_many_work_so_many_wait_and_the_rest_are_told_at_once() -> None:
    async def scenario() -> None:
        work = Work()
        app = Overload(work, Room(at_work=2, waiting=3, seconds=5))
        tasks = [asyncio.create_task(asked(app)) for _ in range(9)]
        await asyncio.sleep(0.05)
        refused = [task.result() for task in tasks if task.done()]
        assert (len(refused), work.now) == (4, 2)
        for status, headers, body in refused:
            assert (status, headers[b"retry-after"]) == (503, b"1")
            assert "för mycket att göra" in json.loads(body)["detail"]
        work.go.set()
        assert [status for status, _, _ in await asyncio.gather(*tasks)].count(200) == 5
        assert work.most == 2

    run(scenario())


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/page/style.css"])
def test_what_costs_nothing_does_not_queue(path: str) -> None:
    async def scenario() -> None:
        work = Work()
        app = Overload(work, Room(at_work=1, waiting=0, seconds=5))
        busy = asyncio.create_task(asked(app))
        await asyncio.sleep(0.01)
        free = asyncio.create_task(asked(app, path))
        await asyncio.sleep(0.01)
        assert work.now == 2
        work.go.set()
        assert (await free)[0] == (await busy)[0] == 200

    run(scenario())


def test_work_over_time_is_given_up_but_keeps_its_place_until_it_is_done() -> None:
    async def scenario() -> None:
        work = Work()
        app = Overload(work, Room(at_work=1, waiting=0, seconds=0.05))
        status, headers, body = await asked(app)
        assert (status, headers[b"retry-after"]) == (503, b"1")
        assert "tog för lång tid" in json.loads(body)["detail"]
        assert (await asked(app))[0] == 503, "the place is still taken"
        work.go.set()
        await asyncio.sleep(0.02)
        assert (await asked(app))[0] == 200

    run(scenario())


def test_a_fault_gives_its_place_back() -> None:
    async def scenario() -> None:
        work = Work()
        work.go.set()
        app = Overload(work, Room(at_work=1, waiting=0, seconds=5))
        for _ in range(3):
            with pytest.raises(ValueError, match="gick sönder"):
                await asked(app, "/fel")
        assert (await asked(app))[0] == 200

    run(scenario())


def test_who_leaves_while_waiting_or_at_work_gives_the_place_back() -> None:
    async def scenario() -> None:
        work = Work()
        app = Overload(work, Room(at_work=1, waiting=1, seconds=5))
        first, second = asyncio.create_task(asked(app)), asyncio.create_task(asked(app))
        await asyncio.sleep(0.01)
        second.cancel()
        await asyncio.sleep(0.01)
        third = asyncio.create_task(asked(app))
        await asyncio.sleep(0.01)
        first.cancel()
        work.go.set()
        assert (await third)[0] == 200
        assert (await asked(app))[0] == 200

    run(scenario())


def test_an_answer_that_has_begun_holds_no_place() -> None:
    """A reader who takes a large file slowly keeps nobody else waiting."""

    async def scenario() -> None:
        taken = asyncio.Event()

        async def slow(scope: Scope, _: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            if scope["path"] == "/stor":
                await taken.wait()
            await send({"type": "http.response.body", "body": b"klar"})

        app = Overload(slow, Room(at_work=1, waiting=0, seconds=0.05))
        large = asyncio.create_task(asked(app, "/stor"))
        await asyncio.sleep(0.1)
        assert (await asked(app))[0] == 200
        taken.set()
        assert (await large)[0] == 200, "the time limit is for work, not for reading"

    run(scenario())


def test_a_person_gets_a_page_and_a_program_a_problem() -> None:
    async def scenario() -> None:
        app = Overload(Work(), Room(at_work=1, waiting=0, seconds=0.01))
        asyncio.create_task(asked(app)).cancel()
        _, headers, body = await asked(app, "/", "text/html,*/*")
        assert headers[b"content-type"].startswith(b"text/html")
        assert "Svaret tog för lång tid" in body.decode()
        _, headers, _ = await asked(app, "/api/ask", "text/html")
        assert headers[b"content-type"] == b"application/problem+json"

    run(scenario())


@pytest.mark.parametrize(
    ("path", "query", "accept", "said"),
    [
        ("/api/x", b"", "*/*", '"detail":"too <much>"'),
        ("/", b"lang=en", "text/html", "<p>Too &lt;much&gt;.</p>"),
    ],
)
def test_a_refusal_in_english(path: str, query: bytes, accept: str, said: str) -> None:
    headers = [(b"accept", accept.encode()), (b"accept-language", b"en")]
    request = Request(
        {"type": "http", "path": path, "query_string": query, "headers": headers, "server": ("x", 80)}
    )
    given = refusal(request, 503, ("för <mycket>", "too <much>"), 7)
    assert (given.status_code, given.headers["retry-after"]) == (503, "7")
    assert said in bytes(given.body).decode()


def test_the_room_of_a_server() -> None:
    assert room_of(4, 9.0) == Room(4, 8, 9.0)
    assert room_of(0, 9.0) == Room(1, 2, 9.0)
    assert room_of(0, 9.0, has_model=True) == Room(8, 16, 9.0)
    assert room_of(3, 9.0, has_model=True) == Room(3, 6, 9.0)
