"""The server process: uvicorn with clocks for slow clients, and an end that cuts no request short."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import Server

from api import collecting
from corpus.types import AvtalError

HEAD_SECONDS = 10.0
"""For a connection to send a whole request line with headers, from its first moment or its last answer."""
STALLED_SECONDS = 30.0
"""For a reader to take any byte of an answer that waits for it."""
IDLE_SECONDS = 15
"""For a connection to stay open between requests: a person's next click on a page."""
ENDING_SECONDS = 0.5
"""When the server ends: for what already has been sent to it to be read as a request."""
GRACE_SECONDS = 30
"""When the server ends: for the requests at work to be answered."""
MOST_CONNECTIONS = 800
"""Below the 1,024 open files that a process commonly may have."""
SWITCH_SECONDS = 0.001
"""For a thread at work to go on before another may: a fifth of Python's own, so that /healthz need not wait for it."""
MOST_HEAD = 32_768
"""Bytes of request line and headers."""


class PatientProtocol(H11Protocol):
    """uvicorn's connection, which itself waits for ever for a request's head and for a reader that takes nothing."""

    head_seconds = HEAD_SECONDS
    stalled_seconds = STALLED_SECONDS
    _head_clock: asyncio.TimerHandle | None = None
    _stall_clock: asyncio.TimerHandle | None = None
    _abort_clock: asyncio.TimerHandle | None = None
    _left_to_send = 0
    _ending = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._head_clock = self.loop.call_later(self.head_seconds, self._head_too_late)

    def connection_lost(self, exc: Exception | None) -> None:
        for clock in (self._head_clock, self._stall_clock, self._abort_clock):
            if clock is not None:
                clock.cancel()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        # Neither may be left as a knot that only a collection frees: what was set aside while it was open is in none.
        self.cycle = None  # type: ignore[assignment]
        vars(self.transport).pop("_read_ready_cb", None)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._at_work():
            self._stop_head_clock()
            if self._ending:
                self.cycle.keep_alive = False
        elif self._head_clock is None and not self.transport.is_closing():
            self._head_clock = self.loop.call_later(self.head_seconds, self._head_too_late)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._left_to_send = self.transport.get_write_buffer_size()
        self._stall_clock = self.loop.call_later(self.stalled_seconds, self._stalled)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stall_clock is not None:
            self._stall_clock.cancel()
            self._stall_clock = None

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._close()
        elif self._ending and self._at_work():  # a request that was sent before the last was answered
            self.cycle.keep_alive = False
        elif self._ending:
            self._close()

    def timeout_keep_alive_handler(self) -> None:
        self._close()

    def shutdown(self) -> None:
        """End when idle, but not before a request that has already been sent here has been read and answered."""
        self._ending = True
        if self._at_work():
            self.cycle.keep_alive = False
        else:
            self.loop.call_later(ENDING_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        if not self._at_work():
            self._close()

    def _close(self) -> None:
        """Close when what is left has been sent, or soon without: a reader that takes nothing must not keep it open."""
        self.transport.close()
        if self._abort_clock is None:
            self._abort_clock = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def _at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _stop_head_clock(self) -> None:
        if self._head_clock is not None:
            self._head_clock.cancel()
            self._head_clock = None

    def _head_too_late(self) -> None:
        self._head_clock = None
        if not self._at_work():
            self._close()

    def _stalled(self) -> None:
        """Give up a reader that took nothing since the clock was set; else set it again."""
        left = self.transport.get_write_buffer_size()
        if left >= self._left_to_send:
            self.transport.abort()
            return
        self._left_to_send = left
        self._stall_clock = self.loop.call_later(self.stalled_seconds, self._stalled)


class _Server(Server):
    """uvicorn's server, which at its end also answers who is connected but not yet let in."""

    def __init__(self, config: uvicorn.Config, protocol: type[PatientProtocol]) -> None:
        super().__init__(config)
        self._protocol = protocol
        self._tidied_at = 0

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: collect garbage when nobody waits for an answer."""
        asked = self.server_state.total_requests
        if not self.server_state.tasks and asked >= self._tidied_at + collecting.REQUESTS:
            self._tidied_at = asked
            collecting.tidy()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        def protocol() -> PatientProtocol:
            return self._protocol(self.config, self.server_state, self.lifespan.state)

        waiting = [
            listening.dup() for listening in sockets or ()
        ]  # closing the last handle would throw them out
        for server in self.servers:
            server.close()
        for connection in [each for queue in waiting for each in _let_in(queue)]:
            await asyncio.get_running_loop().connect_accepted_socket(protocol, connection)
        await super().shutdown(sockets)


def _let_in(listening: socket.socket) -> list[socket.socket]:
    """Everyone in the queue of a listening socket, which is closed at once after the last."""
    found: list[socket.socket] = []
    with listening, suppress(BlockingIOError):
        while True:
            connection, _ = listening.accept()
            connection.setblocking(False)
            found.append(connection)
    return found


def listen(host: str, port: int, descriptor: int | None = None) -> socket.socket:
    """A listening socket: the one that the service manager handed over as `descriptor`, else one at the address.

    Raises AvtalError where it cannot be had.
    """
    try:
        if descriptor is not None:
            return socket.socket(fileno=descriptor)
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        where = f"deskriptor {descriptor}" if descriptor is not None else f"{host}:{port}"
        raise AvtalError(
            f"servern kan inte lyssna på {where} ({error.strerror}); välj en annan med --host och --port"
        ) from error


def reached_at(listening: socket.socket) -> str:
    """The address that the socket listens at; this computer's own for one that has a place in the file system."""
    name = listening.getsockname()
    return str(name[0]) if isinstance(name, tuple) else "127.0.0.1"


def serve(app: ASGIApp, listening: socket.socket, believes_proxies: bool = True) -> None:
    """Answer until SIGTERM or SIGINT, and then what has been asked.

    `believes_proxies`: a proxy on this computer says in X-Forwarded-For who the caller is, and by which scheme.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    collecting.one_heap()
    collecting.collect_seldom()
    server_of(app, believes_proxies=believes_proxies).run(sockets=[listening])


def server_of(
    app: ASGIApp, protocol: type[PatientProtocol] = PatientProtocol, believes_proxies: bool = True
) -> Server:
    """uvicorn's server with our clocks and our end, not yet running."""
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=believes_proxies,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
    return _Server(config, protocol)
