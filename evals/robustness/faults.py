"""The disk fails while an index is written: `python -m evals.robustness.faults --count 1000`.

The n-th file operation fails with ENOSPC, EIO or EACCES, before it has done anything or with half a file written; every
tenth round the kernel itself refuses, by a limit on the size of files. Then the generation that the sentence names must
open whole, and the sentence must be one, in Swedish. `--unprotected` writes straight over the index instead.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.types import AvtalError
from evals.robustness.kills import Noted, overwrite
from evals.robustness.world import digest_of, half_removed, tell, two_corpora
from indexer.disk import Operation, Step, in_swedish
from indexer.generation import write_generation
from indexer.store import open_index

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass
class FailAt:
    """A disk whose n-th operation (0-based) fails, where `half` after half of a file is written."""

    at: int
    code: int
    half: bool
    done: int = 0
    failed: str = ""

    def __call__(self, operation: Operation, do: Callable[[], None]) -> None:
        """Do the operation, or fail."""
        here, self.done = self.done == self.at, self.done + 1
        if not here:
            do()
            return
        self.failed = f"{operation.step.value} {operation.path.name}"
        if self.half and operation.step is Step.WRITE:
            do()
            if operation.path.is_file():
                os.truncate(operation.path, operation.path.stat().st_size // 2)
        raise OSError(self.code, os.strerror(self.code), str(operation.path))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rounds ended how, and what was broken."""

    states: Counter[str]
    broken: tuple[str, ...]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may become larger than `size` bytes, as on a disk that is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def examine(work: Path, count: int, seed: int = 1) -> Outcome:
    """Let `count` writes fail, one after the other on the same index, and look at what each left and said."""
    chance = random.Random(seed)
    corpora = two_corpora(work)
    root, now, noted = work / "index", 0, Noted()
    for turn in (0, 1, 0, 1, 0):
        noted.operations.clear()
        write_generation(root, corpora[turn].contents, noted)
    largest = max(path.stat().st_size for path in root.rglob("*") if path.is_file())
    places = [
        (at, code, half) for at in range(len(noted.operations)) for code in CODES for half in (False, True)
    ]
    chance.shuffle(places)
    states: Counter[str] = Counter()
    broken: list[str] = []
    for number in range(count):
        other = corpora[1 - now]
        if number % 10 == 9:
            what = "filstorleken begränsad"
            with largest_file(chance.randrange(largest)):
                said = _said(lambda other=other: write_generation(root, other.contents))  # type: ignore[misc]
        else:
            disk = FailAt(*places[number % len(places)])
            said = _said(lambda other=other, disk=disk: write_generation(root, other.contents, disk))  # type: ignore[misc]
            what = f"{errno.errorcode[disk.code]} vid {disk.failed}"
        digest = digest_of(open_index(root))
        published = digest == other.digest
        wrong = _wrong(said, published) or (
            None if published or digest == corpora[now].digest else "en blandning"
        )
        left = half_removed(root)
        states["den nya" if published else "den förra"] += 1
        if wrong or left:
            broken.append(f"{what}: {wrong} {' '.join(left)}: {said}")
        now = 1 - now if published else now
    return Outcome(states, tuple(broken))


def _said(write: Callable[[], object]) -> str | None:
    """What the write said, None where nothing failed."""
    try:
        write()
    except AvtalError as error:
        return str(error)
    return None


def _wrong(said: str | None, published: bool) -> str | None:
    """What is wrong with the sentence, None where it is one clear sentence, or nothing failed and nothing was said."""
    if said is None:
        return None if published else "inget sades"
    reasons = [in_swedish(OSError(code, "")) for code in (*CODES, errno.EFBIG)]
    if "\n" in said or not said.endswith("kör avtal index igen") or not any(each in said for each in reasons):
        return "ingen klar mening"
    if ("gäller fortfarande" in said) == published:
        return "meningen säger fel generation"
    return None


def examine_unprotected(work: Path, count: int, seed: int = 1) -> Outcome:
    """The kernel's refusals alone, with a writer that writes over the current generation."""
    chance = random.Random(seed)
    corpora = two_corpora(work)
    finished = open_index(work / "index-b").folder
    whole, root = work / "hel", work / "index"
    write_generation(whole, corpora[0].contents)
    largest = max(path.stat().st_size for path in finished.rglob("*") if path.is_file())
    states: Counter[str] = Counter()
    broken: list[str] = []
    for _ in range(count):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(whole, root)
        try:
            with largest_file(chance.randrange(largest)):
                overwrite(root, finished)
            states["den nya"] += 1
        except OSError as error:
            try:
                open_index(root)
                states["den förra"] += 1
            except AvtalError:
                states["öppnas inte"] += 1
                broken.append(f"{errno.errorcode[error.errno or 0]}: öppnas inte")
    return Outcome(states, tuple(broken))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was broken."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="antal diskfel")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unprotected", action="store_true", help="skriv rakt över indexet i stället")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    run = examine_unprotected if given.unprotected else examine
    with tempfile.TemporaryDirectory() as work:
        outcome = run(Path(work), given.count, given.seed)
    tell(outcome.states, outcome.broken)
    print(f"{given.count} diskfel, {len(outcome.broken)} trasiga, {time.perf_counter() - started:.0f} s")
    return int(bool(outcome.broken))


if __name__ == "__main__":
    sys.exit(main())
