"""The power goes while an index is written: `python -m evals.robustness.power --count 500`.

A storage double notes every write, sync, rename and removal. Then a disk is made of what a power cut may leave after any
number of them: synced bytes are there; others are missing, empty, cut off, zeros from somewhere on, or there; names
that were not synced with their folder are there or not, each by itself. The former or the new generation must open,
the new one wherever the writer had been told that it was published. `--unprotected` forgets every sync.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.types import AvtalError
from evals.robustness.remembered import Folder, Memory
from evals.robustness.world import Corpus, digest_of, half_removed, tell, two_corpora
from indexer.disk import Operation, Step
from indexer.generation import write_generation
from indexer.store import open_index

LAST = 12
"""Every other power cut comes after one of the last operations: there the names change."""


@dataclass
class Recorder:
    """A disk that does each operation and keeps what a power cut just before the next could leave."""

    memory: Memory
    forgets: bool = False
    moments: list[Memory] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)

    def __call__(self, operation: Operation, do: Callable[[], None]) -> None:
        """Do the operation and remember it."""
        do()
        if operation.to is not None:
            self.memory.rename(operation.path, operation.to)
        elif operation.step is Step.REMOVE:
            self.memory.remove(operation.path)
        elif operation.step in (Step.MAKE_FOLDER, Step.WRITE):
            self.memory.look(operation.path)
        elif not self.forgets:
            self.memory.sync(operation.path)
        self.moments.append(self.memory.copy())
        self.operations.append(operation)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One write: what the disk may hold after each operation, and the digests of before and after ("" for no index).

    From moment number `published` on the new generation must open.
    """

    moments: tuple[Memory, ...]
    published: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many states opened as what, and what was broken."""

    states: Counter[str]
    broken: tuple[str, ...]


def scenarios(work: Path, corpora: tuple[Corpus, Corpus], forgets: bool) -> list[Scenario]:
    """The first index ever, the second, and one that removes an old generation."""
    made: list[Scenario] = []
    root, digest = work / "disk" / "index", ""
    root.parent.mkdir()
    for turn in range(5):
        recorder = Recorder(Memory.of(root.parent), forgets)
        corpus = corpora[turn % 2]
        write_generation(root, corpus.contents, recorder)
        if turn in (0, 1, 4):
            last = Operation(Step.SYNC_FOLDER, root)
            published = max(i for i, each in enumerate(recorder.operations) if each == last)
            made.append(Scenario(tuple(recorder.moments), published, digest, corpus.digest))
        digest = corpus.digest
    return made


def examine(work: Path, count: int, seed: int = 1, forgets: bool = False) -> Outcome:
    """Open `count` disks as power cuts may have left them."""
    chance = random.Random(seed)
    cases = scenarios(work, two_corpora(work), forgets)
    states: Counter[str] = Counter()
    broken: list[str] = []
    for number in range(count):
        case = cases[number % len(cases)]
        near = max(0, len(case.moments) - LAST) if number % 2 else 0
        at = chance.randrange(near, len(case.moments))
        disk = work / "efter"
        _lay_out(case.moments[at].after_power_cut(chance), disk)
        state = _state(disk / "index", case)
        left = half_removed(disk / "index")
        states[state] += 1
        lost = at >= case.published and state != "den nya"
        if state not in ("den förra", "den nya") or lost or left:
            broken.append(f"efter steg {at + 1} av {len(case.moments)}: {state} {' '.join(left)}".strip())
        shutil.rmtree(disk)
    return Outcome(states, tuple(broken))


def _lay_out(folder: Folder, at: Path) -> None:
    at.mkdir()
    for name, node in folder.names.items():
        if isinstance(node, Folder):
            _lay_out(node, at / name)
        else:
            (at / name).write_bytes(node.data)


def _state(root: Path, case: Scenario) -> str:
    try:
        digest = digest_of(open_index(root))
    except AvtalError as error:
        return "den förra" if not case.before and "finns inget index" in str(error) else "öppnas inte"
    return {case.before: "den förra", case.after: "den nya"}.get(digest, "en blandning")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was broken."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness.power", description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="antal strömavbrott")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unprotected", action="store_true", help="glöm varje fsync")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        outcome = examine(Path(work), given.count, given.seed, given.unprotected)
    tell(outcome.states, outcome.broken)
    print(f"{given.count} strömavbrott, {len(outcome.broken)} trasiga, {time.perf_counter() - started:.0f} s")
    return int(bool(outcome.broken))


if __name__ == "__main__":
    sys.exit(main())
