"""More requests than the server can answer, and a server that ends under load.

First one request at a time, then several times as many as can be served, by turns; all the while /healthz is asked ten
times a second. Then the server gets SIGTERM under load. It holds where every refusal is a 503 with Retry-After, /healthz
stays within 100 ms, the slowest hundredth of the served requests takes at most three times the idle one's, and no request
that was let in is cut. `--unprotected` runs uvicorn as it comes, without queue and limits.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.robustness.server import ROOT, Reply, Server, get, index_of, running

HEALTH_EVERY = 0.1
MOST_HEALTH = 0.100
MOST_RATIO = 3.0
ROUNDS = 4
MOST_OPEN = 700
"""Requests of ours open at a time."""


@dataclass
class Seen:
    """What came back: seconds of served requests idle and under load, of /healthz, statuses, and what was wrong."""

    idle: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    ends: int = 0
    end_seconds: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The 99th percentile of the served requests by the idle one's."""
        return percentile(self.served, 99) / percentile(self.idle, 99)


def addresses() -> list[str]:
    """Every question of the evaluation, at one of four doors."""
    rows = (ROOT / "evals/cases/samples.jsonl").read_text("utf-8").splitlines()
    doors = ("/api/ask?q={}", "/?q={}", "/api/search?q={}", "/api/ask?q={}")
    return [doors[n % 4].format(quote(json.loads(row)["q"])) for n, row in enumerate(rows)]


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values are at or below (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(percent) // 100) - 1)]


async def idle(port: int, seconds: float, chance: random.Random, seen: Seen) -> None:
    """One request at a time."""
    until = time.monotonic() + seconds
    asked = addresses()
    while time.monotonic() < until:
        reply = await get(port, chance.choice(asked))
        seen.idle.append(reply.seconds)
        if reply.status != 200:
            seen.wrong[f"status {reply.status} i lugn drift"] += 1


async def flood(port: int, seconds: float, rate: float, chance: random.Random, seen: Seen) -> None:
    """`rate` requests a second at random moments, whether or not the former are answered; and /healthz beside them."""
    asked = addresses()
    until = time.monotonic() + seconds
    beside = asyncio.create_task(_health(port, until, seen))
    at_hand: set[asyncio.Task[None]] = set()
    while time.monotonic() < until:
        if len(at_hand) < MOST_OPEN:
            task = asyncio.create_task(_one(port, chance.choice(asked), seen))
            at_hand.add(task)
            task.add_done_callback(at_hand.discard)
        await asyncio.sleep(chance.expovariate(rate))
    await asyncio.gather(beside, *at_hand)


async def _one(port: int, path: str, seen: Seen) -> None:
    try:
        _judge(await get(port, path), seen)
    except OSError:
        seen.states["nekad anslutning"] += 1


def _judge(reply: Reply, seen: Seen) -> None:
    seen.states[str(reply.status or "avbruten")] += 1
    if reply.status == 200:
        seen.served.append(reply.seconds)
    elif reply.status == 503:
        if not reply.headers.get("retry-after", "").isdigit():
            seen.wrong["503 utan Retry-After"] += 1
    else:
        seen.wrong[f"status {reply.status or 'avbruten'}"] += 1


async def _health(port: int, until: float, seen: Seen) -> None:
    while time.monotonic() < until:
        reply = await get(port, "/healthz")
        seen.health.append(reply.seconds)
        if reply.status != 200:
            seen.wrong[f"/healthz gav status {reply.status}"] += 1
        await asyncio.sleep(HEALTH_EVERY)


async def end(server: Server, rate: float, chance: random.Random, seen: Seen) -> None:
    """SIGTERM after a second of load that goes on until the process has ended."""
    before = seen.states["avbruten"]
    asked = addresses()
    tasks: list[asyncio.Task[None]] = []
    sent = ended = 0.0
    started = time.monotonic()
    while not ended and time.monotonic() < started + 60:
        tasks.append(asyncio.create_task(_one(server.port, chance.choice(asked), seen)))
        await asyncio.sleep(chance.expovariate(rate))
        if not sent and time.monotonic() > started + 1:
            server.process.send_signal(signal.SIGTERM)
            sent = time.monotonic()
        if sent and server.process.poll() is not None:
            ended = time.monotonic()
    await asyncio.gather(*tasks)
    seen.ends += 1
    seen.cut += seen.states["avbruten"] - before
    seen.end_seconds.append(ended - sent)


def examine(index: Path, seconds: float, factor: float, ends: int, unprotected: bool = False) -> Seen:
    """Overload for so many seconds by turns with rest for as many, then `ends` servers that end under load."""
    seen, chance = Seen(), random.Random(11)
    with running(index, unprotected) as server:
        asyncio.run(idle(server.port, 1, chance, Seen()))  # its caches filled
        for _ in range(ROUNDS):
            asyncio.run(idle(server.port, seconds / ROUNDS, chance, seen))
            rate = factor * len(seen.idle) / sum(seen.idle)
            asyncio.run(flood(server.port, seconds / ROUNDS, rate, chance, seen))
    for _ in range(ends):
        with running(index, unprotected) as server:
            asyncio.run(end(server, 2 * len(seen.idle) / sum(seen.idle), chance, seen))
    return seen


def holds(seen: Seen) -> list[tuple[str, bool]]:
    """Each promise in words with figures, and whether it held."""
    shed, served = seen.states["503"], len(seen.served)
    slowest, p99 = max(seen.health), percentile(seen.served, 99)
    rows = [
        (f"{served} besvarade, {shed} avvisade med 503 och Retry-After, fel: {dict(seen.wrong)}", shed > 0 and not seen.wrong),
        (f"/healthz: 99:e percentil {percentile(seen.health, 99) * 1000:.0f} ms, högst {slowest * 1000:.0f} ms av {len(seen.health)}",
         slowest < MOST_HEALTH),
        (f"99:e percentil {p99 * 1000:.0f} ms under last, {percentile(seen.idle, 99) * 1000:.0f} ms i lugn drift ({len(seen.idle)} frågor): "
         f"{seen.ratio:.1f} gånger", seen.ratio <= MOST_RATIO),
    ]  # fmt: skip
    if seen.ends:
        slow = max(seen.end_seconds)
        rows.append(
            (
                f"{seen.ends} SIGTERM under last: {seen.cut} avbrutna anrop, slut inom {slow:.1f} s",
                not seen.cut,
            )
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where every promise held."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.load", description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=60, help="sekunder av överlast, och lika många lugna"
    )
    parser.add_argument(
        "--factor", type=float, default=4, help="så många gånger fler anrop än ett i taget ger"
    )
    parser.add_argument("--ends", type=int, default=20, help="antal servrar som avslutas under last")
    parser.add_argument("--index", type=Path, help="ett index; annars görs ett av exempelavtalen")
    parser.add_argument("--unprotected", action="store_true", help="utan kö och gränser")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        index = given.index or index_of(ROOT / "corpus/samples", Path(work))
        seen = examine(index, given.seconds, given.factor, given.ends, given.unprotected)
    print(dict(seen.states))
    rows = holds(seen)
    for words, held in rows:
        print(f"{'ok ' if held else 'FEL'} {words}")
    return int(not all(held for _, held in rows))


if __name__ == "__main__":
    sys.exit(main())
