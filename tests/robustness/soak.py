"""Hours in minutes: questions never asked before at every door, while the server's memory and descriptors are read.

The server keeps the words of each sentence it has read, what it found of 32,768 words, and what a sentence's figures and names
are; so all that can be read first is, the places for words are filled with words made up, and as many requests are sent as fill
the rest. That is what a server that has been up for long holds. Then memory
(its own, not the files it maps), open descriptors and threads are read every second; a line is fitted to the medians of forty parts,
the first quarter left out. It holds where the line's slope is not above the bound, with the whole of its 95 % interval. `--leaks` keeps a kilobyte of every request:
that grows after any number of requests, and is found.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

import numpy as np
from scipy import stats

from indexer.swedish.stems import KNOWN_WORDS
from tests.robustness.server import HOST, ROOT, Server, get, index_of, running

POINTS = 40
"""Points of a run; a minute each is thirty seconds in a run of twenty."""
WARM = 0.25
"""The part of the run in which caches fill."""
MOST_SLOPE = {"minne, MiB": 12.0, "deskriptorer": 6.0, "trådar": 6.0}
"""An hour. Twelve megabytes an hour is a restart a month on a small machine; a kilobyte a request would be several times that."""
PATHS = (
    "/api/ask?q={q}", "/?q={q}", "/api/search?q={q}&limit=20", "/api/suggest?q={q}", "/api/export?q={q}&format=docx",
    "/api/export?q={q}&format=csv", "/api/feeds/search.atom?q={q}", "/api/agreements?limit=10", "/avtal/{id}", "/api/agreements/{id}",
    "/api/agreements/{id}/source", "/oversikt", "/oversikt/parter", "/rapport", "/metrics", "/api/agreements/finns-inte", "/healthz",
)  # fmt: skip


WARMING = ("/api/matrix", "/oversikt", "/oversikt/klausuler", "/oversikt/parter", "/rapport")
"""Read first, with every question of the evaluation: what the server keeps of each sentence grows until all have been read."""
WARM_REQUESTS = 8_000
"""Sent before the run, drawn as those of the run: what is kept of each sentence (32,768 of them by kind of expression) was 72 % full after the evaluation's
questions, 85 after 2,000 requests, 97 after 8,000; the memory grew 7.0 MiB on these 8,000, 0.2 on the next 4,000 (docs/robustness.md)."""
WORDS_AT_A_TIME = 50
"""Made-up words in one question that fills the places for words. It is refused as too long for the encoder, when its words have been looked up."""


def memory(pid: int) -> int:
    """Kilobytes that the process has made for itself, in memory or swapped out; not the files it maps, whose pages are its
    own only until another process maps them too."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").split("\n")
    return sum(int(row.split()[1]) for row in rollup if row.startswith(("Anonymous:", "Swap:")))


@dataclass
class Samples:
    """What was read of the process: seconds since the start, and each figure at that time."""

    seconds: list[float] = field(default_factory=list)
    figures: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in MOST_SLOPE})
    states: Counter[int] = field(default_factory=Counter)

    def read(self, pid: int, at: float) -> None:
        """Read the process now."""
        found = (
            memory(pid) / 1024,
            len(list(Path(f"/proc/{pid}/fd").iterdir())),
            len(list(Path(f"/proc/{pid}/task").iterdir())),
        )
        self.seconds.append(at)
        for name, value in zip(MOST_SLOPE, found, strict=True):
            self.figures[name].append(float(value))


@dataclass(frozen=True, slots=True)
class Line:
    """A figure's level at the end, and its slope an hour with the half of the 95 % interval."""

    last: float
    slope: float
    half: float


def line(samples: Samples, name: str) -> Line:
    """The line through the medians of the run's parts, after the warm part (ordinary least squares)."""
    seconds, values = np.array(samples.seconds), np.array(samples.figures[name])
    edges = np.linspace(WARM * seconds[-1], seconds[-1] + 1e-9, POINTS + 1)
    points = [
        (float(seconds[part].mean()) / 3600, median(values[part]))
        for low, high in itertools.pairwise(edges)
        if (part := (seconds >= low) & (seconds < high)).any()
    ]
    hours, levels = np.array(points).T
    if len(set(levels)) == 1:
        return Line(levels[-1], 0.0, 0.0)
    fitted = stats.linregress(hours, levels)
    half = float(stats.t.ppf(0.975, len(points) - 2) * fitted.stderr)
    return Line(levels[-1], float(fitted.slope), half)


def questions() -> list[str]:
    """Those of the evaluation."""
    rows = (ROOT / "evals/cases/samples.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(row)["q"]) for row in rows]


def made_up(count: int, chance: random.Random) -> Iterator[str]:
    """Questions of so many words in all that nobody has asked for: two of the evaluation's joined, and three letters."""
    known = sorted(
        {word for question in questions() for word in question.casefold().split() if word.isalpha()}
    )
    for _ in range(-(-count // WORDS_AT_A_TIME)):
        drawn = (
            "".join([*chance.choices(known, k=2), *chance.choices("abdefgiklmnoprstuvåäö", k=3)])
            for _ in range(WORDS_AT_A_TIME)
        )
        yield " ".join(drawn)[:1000]


def addresses(ids: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Doors in random order, each with a question that nobody has asked."""
    known = questions()
    words = sorted({word for question in known for word in question.split()})
    for number in itertools.count():
        asked = " ".join([chance.choice(known), *chance.choices(words, k=3), str(number)])
        yield chance.choice(PATHS).format(q=quote(asked), id=quote(chance.choice(ids)))


async def soak(server: Server, seconds: float, warm: int, samples: Samples, chance: random.Random) -> None:
    """One request at a time: so many unread, then for so many seconds."""
    listed = json.loads((await get(server.port, "/api/agreements?limit=200")).body)["agreements"]
    for path in (*WARMING, *(f"/api/ask?q={quote(question)}" for question in questions())):
        await get(server.port, path)
    for question in made_up(KNOWN_WORDS, chance):
        await get(server.port, f"/api/search?q={quote(question)}")
    asked = addresses([row["agreement_id"] for row in listed], chance)
    for path in itertools.islice(asked, warm):
        await get(server.port, path)
    started = time.monotonic()
    for path in asked:
        samples.states[(await get(server.port, path)).status] += 1
        at = time.monotonic() - started
        if not samples.seconds or at - samples.seconds[-1] >= min(1.0, seconds / 200):
            samples.read(server.process.pid, at)
        if at >= seconds:
            return


def examine(index: Path, minutes: float, warm: int = WARM_REQUESTS, leaks: bool = False) -> Samples:
    """A server under one request after the other for so many minutes."""
    samples = Samples()
    with running(index, leaks=leaks) as server:
        asyncio.run(soak(server, 60 * minutes, warm, samples, random.Random(17)))
    return samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where every figure is flat and every request was answered as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--index", type=Path, help="ett index; annars görs ett av exempelavtalen")
    parser.add_argument("--warm", type=int, default=WARM_REQUESTS, help="anrop före mätningen")
    parser.add_argument("--leaks", action="store_true", help="en server som läcker")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        index = given.index or index_of(ROOT / "corpus/samples", Path(work))
        samples = examine(index, given.minutes, given.warm, given.leaks)
    wrong = {status: times for status, times in samples.states.items() if status not in (200, 400, 404)}
    print(
        f"{samples.states.total()} anrop till {HOST} på {given.minutes:g} minuter, status {dict(samples.states)}"
    )
    flat = not wrong
    for name, most in MOST_SLOPE.items():
        found = line(samples, name)
        holds = found.slope + found.half <= most
        flat &= holds
        quarters = np.array_split(np.array(samples.figures[name]), 4)
        print(
            f"    {name}: median i varje fjärdedel {[round(float(np.median(part)), 1) for part in quarters]}"
        )
        print(
            f"{'ok ' if holds else 'FEL'} {name}: {found.last:.1f} vid slutet, {found.slope:+.1f} ± {found.half:.1f} i timmen (högst {most:g})"
        )
    return int(not flat)


if __name__ == "__main__":
    sys.exit(main())
