"""Clients that open a connection and then take their time, while a question is asked beside them.

Half send a head that never ends, half a body that never ends. It holds where the question is answered meanwhile and every
slow connection is closed in the end. `--unprotected` runs uvicorn as it comes. (A reader who takes nothing of an answer:
tests/api/test_serving.py.)
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.request_limits import BODY_SECONDS
from api.serving import HEAD_SECONDS, IDLE_SECONDS
from tests.robustness.server import HOST, ROOT, get, index_of, running

SPARE_SECONDS = 10
KINDS = {
    "huvudet tar aldrig slut": b"GET /api/ask?q=hyra HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "innehållet tar aldrig slut": b"POST /api/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """By kind, how many of the slow connections are still open; and how many questions were answered meanwhile."""

    open: dict[str, int]
    asked: int
    answered: int


async def _still_open(reader: asyncio.StreamReader) -> bool:
    """False once the other end has closed."""
    try:
        async with asyncio.timeout(0.05):
            while await reader.read(65536):
                pass
    except TimeoutError:
        return True
    except ConnectionError:
        return False
    return False


async def examine_at(port: int, each: int, seconds: float) -> Outcome:
    """So many slow clients of each kind for so many seconds, then a look at each."""
    opened = []
    for kind, sent in KINDS.items():
        for _ in range(each):
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(sent)
            opened.append((kind, reader, writer))
    until, asked, answered = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        asked += 1
        answered += (await get(port, "/api/ask?q=Vad+%C3%A4r+hyran%3F")).status == 200
        await asyncio.sleep(0.5)
    left = dict.fromkeys(KINDS, 0)
    for kind, reader, writer in opened:
        left[kind] += await _still_open(reader)
        writer.transport.abort()
    return Outcome(left, asked, answered)


def examine(index: Path, each: int, unprotected: bool = False) -> Outcome:
    """As long as the slowest clock, and some seconds."""
    seconds = max(HEAD_SECONDS, BODY_SECONDS, IDLE_SECONDS) + SPARE_SECONDS
    with running(index, unprotected) as server:
        return asyncio.run(examine_at(server.port, each, seconds))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing slow is left and every question was answered."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.slow", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="antal långsamma klienter av varje slag")
    parser.add_argument("--index", type=Path, help="ett index; annars görs ett av exempelavtalen")
    parser.add_argument("--unprotected", action="store_true", help="uvicorn som det är")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        index = given.index or index_of(ROOT / "corpus/samples", Path(work))
        outcome = examine(index, given.count, given.unprotected)
    for kind, left in outcome.open.items():
        print(f"{'FEL' if left else 'ok '} {kind}: {left} av {given.count} kvar")
    print(f"{outcome.answered} av {outcome.asked} frågor besvarade under tiden")
    return int(any(outcome.open.values()) or outcome.answered < outcome.asked)


if __name__ == "__main__":
    sys.exit(main())
