"""A bound on the work done at a time: a few requests at work, a short queue, and a prompt no to the rest."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusal import refusal
from api.request_limits import UPLOADS

logger = logging.getLogger("avtal")

FREE = ("/healthz", "/readyz", "/metrics", "/page/", "/avtalssok.js", "/opensearch.xml")
"""What costs next to nothing, and is needed most when all else is too much."""
SLOW = ("/admin/logga-in", *UPLOADS)
"""What takes its time without working: a file that comes over a slow line, and the answer to a wrong key."""
RETRY_AFTER = 1
"""Seconds; a full queue is empty again in less."""
AT_WORK, AT_WORK_WITH_MODEL = 1, 8
"""Python computes for one request at a time, however many processors there are: with two at work a sixth more are
answered, and the slowest take 3.9 times an idle server's instead of 2.5 (`python -m tests.robustness.load`). With a
language model a request mostly waits for that."""
WAITING_FOR_EACH = 2
"""Queued requests for each at work: the last of them waits for two others' time, so the slowest served request stays
within three times an idle one's."""

BUSY = (
    "servern har för mycket att göra just nu; försök igen om en stund",
    "the server has too much to do just now; try again in a moment",
)
TOO_SLOW = (
    "svaret tog för lång tid och avbröts; gör frågan snävare eller försök igen om en stund",
    "the answer took too long and was given up; narrow the question or try again in a moment",
)


@dataclass(frozen=True, slots=True)
class Room:
    """How many requests are worked on at a time, how many wait, and for how many seconds one may be worked on."""

    at_work: int
    waiting: int
    seconds: float


def room_of(at_work: int, seconds: float, has_model: bool = False) -> Room:
    """The room of a server; 0 at work means as many as suits it."""
    chosen = at_work or (AT_WORK_WITH_MODEL if has_model else AT_WORK)
    return Room(chosen, WAITING_FOR_EACH * chosen, seconds)


class Overload:
    """ASGI middleware. A request holds its place until its answer begins, or until the thread behind it is done."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app = app
        self._room = room
        self._places = asyncio.Semaphore(room.at_work)
        self._waiting = 0
        self._given_up: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith((*FREE, *SLOW)):
            await self._app(scope, receive, send)
        elif await self._entered():
            await self._within_time(scope, receive, send)
        else:
            await refusal(Request(scope), 503, BUSY, RETRY_AFTER)(scope, receive, send)

    async def _entered(self) -> bool:
        """True with a place, after waiting for one where need be; False where too many wait already."""
        if self._places.locked() and self._waiting >= self._room.waiting:
            return False
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        return True

    async def _within_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or after the time limit say so; a thread cannot be stopped, so it then keeps its place until it is done."""
        answer = _Answer(send, self._places)
        work = asyncio.ensure_future(self._answered(answer, scope, receive))
        try:
            await asyncio.wait({work}, timeout=self._room.seconds)
            if work.done() or answer.begun:
                await work
                return
        except asyncio.CancelledError:
            work.cancel()
            raise
        answer.given_up = True
        self._given_up.add(work)
        work.add_done_callback(self._done_late)
        await refusal(Request(scope), 503, TOO_SLOW, RETRY_AFTER)(scope, receive, send)

    async def _answered(self, answer: _Answer, scope: Scope, receive: Receive) -> None:
        try:
            await self._app(scope, receive, answer.pass_on)
        finally:
            answer.leave()

    def _done_late(self, work: asyncio.Task[None]) -> None:
        self._given_up.discard(work)
        error = None if work.cancelled() else work.exception()
        if error is not None:
            logger.error("ett anrop som gavs upp slutade med ett fel: %s", type(error).__name__)


class _Answer:
    """The way out for one answer. It leaves its place when it begins: sending to a slow reader is no work."""

    def __init__(self, send: Send, places: asyncio.Semaphore) -> None:
        self._send = send
        self._places: asyncio.Semaphore | None = places
        self.begun = False
        self.given_up = False

    async def pass_on(self, message: Message) -> None:
        if self.given_up:
            return
        self.begun = True
        self.leave()
        await self._send(message)

    def leave(self) -> None:
        """Give the place to the next, once."""
        places, self._places = self._places, None
        if places is not None:
            places.release()
