"""A writer killed at any moment leaves a whole index: `python -m evals.robustness.kills --count 2000`.

Half of the rounds kill (SIGKILL) at a named point: before, after or in the middle of one file operation. The other half
kill at a random time after the write's first file operation. Then the former or the new generation must open with all its
content, and every generation that can be rolled back to must be whole. `--unprotected` writes straight over the index instead.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus.types import AvtalError
from evals.robustness.world import Corpus, digest_of, half_removed, tell, two_corpora
from indexer.disk import Operation, Step, real_disk
from indexer.generation import write_generation
from indexer.manifest import MANIFEST_SHA, POINTER, read_pointer
from indexer.store import open_index

USUAL_OF = 9
"""Writes that are timed first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rounds ended in each state, at how many named points, and what was broken.

    `halfway` of those that were to be killed at a random time were: after the write's first operation, before its end.
    """

    rounds: int
    halfway: int
    points: int
    states: Counter[str]
    broken: tuple[str, ...]


@dataclass
class KillAt:
    """A disk that ends its process at the n-th operation (0-based): before it, in the middle of it, or after it."""

    at: int
    moment: str
    done: int = 0

    def __call__(self, operation: Operation, do: Callable[[], None]) -> None:
        """Do the operation, or end."""
        here, self.done = self.done == self.at, self.done + 1
        if here and self.moment == "före":
            os.kill(os.getpid(), signal.SIGKILL)
        do()
        if here and self.moment == "mitt i" and operation.path.is_file():
            os.truncate(operation.path, operation.path.stat().st_size // 2)
        if here:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Told:
    """A disk that tells, through a descriptor, when its first operation begins."""

    through: int
    done: int = 0

    def __call__(self, operation: Operation, do: Callable[[], None]) -> None:
        """Do the operation."""
        if not self.done:
            os.write(self.through, b"x")
        self.done += 1
        real_disk(operation, do)


@dataclass
class Noted:
    """A disk that notes its operations."""

    operations: list[Operation] = field(default_factory=list)

    def __call__(self, operation: Operation, do: Callable[[], None]) -> None:
        """Do the operation."""
        self.operations.append(operation)
        real_disk(operation, do)


def points_of(operations: Sequence[Operation]) -> list[tuple[int, str, str]]:
    """Every place to kill at: the operation's number, the moment, and the point's name."""
    return [
        (number, moment, f"{moment} {operation.step.value} {operation.path.name}")
        for number, operation in enumerate(operations)
        for moment in ("före", "mitt i", "efter")
        if moment != "mitt i" or operation.step is Step.WRITE
    ]


def overwrite(root: Path, finished: Path) -> None:
    """What a simple program does, for comparison: the new files copied over those of the current generation."""
    folder = root / "generations" / read_pointer(root)[0]
    for path in sorted(finished.rglob("*")):
        if path.is_file():
            shutil.copyfile(path, folder / path.relative_to(finished))
    sha256 = (folder / MANIFEST_SHA).read_text("utf-8").strip()
    (root / POINTER).write_text(f"{folder.name} {sha256}\n", encoding="utf-8")


def killed(write: Callable[[], object]) -> bool:
    """Run `write`, which kills itself, in a process of its own; False if it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            write()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def killed_after(write: Callable[[Told], object], seconds: float | None) -> tuple[bool, float]:
    """Run `write` in a process of its own, killed so many seconds after its first operation; never where they are None.

    True where it was killed before its end, and the seconds from its first operation until it was gone.
    """
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write(Told(telling))
        finally:
            os._exit(0)
    os.close(telling)
    os.read(reading, 1)
    os.close(reading)
    began = time.perf_counter()
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    died = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return died, time.perf_counter() - began


def usual_seconds(write: Callable[[Told], object]) -> float:
    """How long a write in a process of its own usually takes from its first operation on."""
    return statistics.median(killed_after(write, None)[1] for _ in range(USUAL_OF))


def examine(work: Path, count: int, seed: int = 1) -> Outcome:
    """Kill `count` writers, one after the other on the same index, and look at what each left."""
    chance = random.Random(seed)
    corpora = two_corpora(work)
    root, now, noted = work / "index", 0, Noted()
    for turn in (0, 1, 0, 1, 0):
        noted.operations.clear()
        write_generation(root, corpora[turn].contents, noted)
    usual = usual_seconds(partial(write_generation, root, corpora[0].contents))
    points = points_of(noted.operations)
    chance.shuffle(points)
    states: Counter[str] = Counter()
    broken: list[str] = []
    halfway = 0
    for number in range(count):
        other = corpora[1 - now].contents
        at, moment, name = points[number // 2 % len(points)]
        if number % 2:
            name = "slumpad tid"
            died, _seconds = killed_after(
                partial(write_generation, root, other), chance.uniform(0, 1.2 * usual)
            )
            halfway += died
        else:
            died = killed(partial(write_generation, root, other, KillAt(at, moment)))
        state = _state(root, corpora, now)
        left = half_removed(root)
        states[("dödad, " if died else "hann klart, ") + state] += 1
        if state not in ("den förra", "den nya") or left or (state == "den förra" and not died):
            broken.append(f"{name}: {state} {' '.join(left)}".strip())
            shutil.rmtree(root)
            write_generation(root, corpora[now].contents)
        elif state == "den nya":
            now = 1 - now
    return Outcome(count, halfway, len(points), states, tuple(broken))


def examine_unprotected(work: Path, count: int, seed: int = 1) -> Outcome:
    """The same random times, with a writer that writes over the current generation."""
    chance = random.Random(seed)
    corpora = two_corpora(work)
    finished = [open_index(work / f"index-{name}").folder for name in "ab"]
    states: Counter[str] = Counter()
    broken: list[str] = []
    whole, root = work / "hel", work / "index"
    write_generation(whole, corpora[0].contents)
    shutil.copytree(whole, root)

    def write(told: Told) -> None:
        told(Operation(Step.WRITE, root), lambda: overwrite(root, finished[1]))

    usual = usual_seconds(write)
    for _ in range(count):
        shutil.rmtree(root)
        shutil.copytree(whole, root)
        died, _seconds = killed_after(write, chance.uniform(0, 1.2 * usual))
        state = _state(root, corpora, 0)
        states[("dödad, " if died else "hann klart, ") + state] += 1
        if state not in ("den förra", "den nya"):
            broken.append(state)
    return Outcome(count, 0, 0, states, tuple(broken))


def _state(root: Path, corpora: tuple[Corpus, Corpus], now: int) -> str:
    """What the index opens as."""
    try:
        digest = digest_of(open_index(root))
    except AvtalError:
        return "öppnas inte"
    known = {corpora[now].digest: "den förra", corpora[1 - now].digest: "den nya"}
    return known.get(digest, "en blandning")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was broken."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="antal dödade skrivningar")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unprotected", action="store_true", help="skriv rakt över indexet i stället")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    run = examine_unprotected if given.unprotected else examine
    with tempfile.TemporaryDirectory() as work:
        outcome = run(Path(work), given.count, given.seed)
    tell(outcome.states, outcome.broken)
    seconds = time.perf_counter() - started
    print(
        f"{outcome.rounds} rundor, {outcome.points} namngivna punkter, {outcome.halfway} dödade mitt i vid en slumpad tid, {len(outcome.broken)} trasiga, {seconds:.0f} s"
    )
    return int(bool(outcome.broken))


if __name__ == "__main__":
    sys.exit(main())
