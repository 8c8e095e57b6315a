"""The server process over real sockets: slow clients are let go, and its end cuts nothing short."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from api.serving import MOST_HEAD, PatientProtocol, listen, server_of
from corpus.types import AvtalError

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Hasty(PatientProtocol):
    """A connection whose clocks are short."""

    head_seconds = 0.2
    stalled_seconds = 0.2


def answering(body: bytes, before: Callable[[], None] = lambda: None) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": f"{message['type']}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        before()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


@contextmanager
def running(app: ASGIApp) -> Iterator[tuple[int, Callable[[], None]]]:
    """A server in a thread: its port, and what tells it to end."""
    server = server_of(app, Hasty)
    listening = listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()

    def stop() -> None:
        server.should_exit = True

    try:
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1], stop
    finally:
        stop()
        thread.join(10)
        assert not thread.is_alive()


def connected(port: int, sent: bytes = b"") -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=5)
    opened.sendall(sent)
    return opened


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    data = b""
    with connection:
        while part := connection.recv(65536):
            data += part
    return data


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: "])
def test_a_head_that_does_not_come_is_not_waited_for(sent: bytes) -> None:
    with running(answering(b"klar")) as (port, _):
        assert everything(connected(port, sent)) == b""
        assert b"klar" in everything(
            connected(port, GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        )


def test_a_second_head_that_does_not_come_is_not_waited_for() -> None:
    with running(answering(b"klar")) as (port, _):
        connection = connected(port, GET)
        assert connection.recv(65536)
        connection.sendall(b"GET / HT")
        started = time.monotonic()
        everything(connection)
        assert time.monotonic() - started < 3


def test_a_head_without_end_is_refused() -> None:
    with running(answering(b"klar")) as (port, _):
        head = b"GET / HTTP/1.1\r\nX: " + b"x" * (MOST_HEAD + 1024)
        assert everything(connected(port, head)).startswith(b"HTTP/1.1 400 ")


def test_a_reader_who_takes_nothing_is_let_go() -> None:
    with running(answering(b"x" * 20_000_000)) as (port, _):
        connection = connected(port, GET)
        time.sleep(1.0)
        assert len(everything(connection)) < 20_000_000


def test_a_slow_reader_who_takes_something_gets_it_all() -> None:
    with running(answering(b"x" * 8_000_000)) as (port, _), connected(port, GET) as connection:
        taken = 0
        while taken < 8_000_000:
            taken += len(connection.recv(400_000))
            time.sleep(0.02)


def test_the_end_answers_who_is_at_work_who_has_sent_and_who_stands_in_line() -> None:
    let_go, begun = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        let_go.wait(5)  # the whole loop stands still, so that whoever comes now stays in the line

    with running(answering(b"klar", slow)) as (port, stop):
        at_work = connected(port, GET)
        begun.wait(5)
        idle = connected(port)
        in_line = [connected(port, GET) for _ in range(20)]
        stop()
        let_go.set()
        assert everything(at_work).endswith(b"klar")
        assert [everything(connection)[-4:] for connection in in_line] == [b"klar"] * 20
        assert everything(idle) == b""
    with pytest.raises(ConnectionRefusedError):
        connected(port)


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(AvtalError, match="kan inte lyssna på 127"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_port_handed_over_is_used() -> None:
    opened = listen("127.0.0.1", 0)
    port = opened.getsockname()[1]
    with listen("", 0, opened.detach()) as again:
        assert again.getsockname()[1] == port
    with pytest.raises(AvtalError, match="deskriptor 999"):
        listen("", 0, 999)
