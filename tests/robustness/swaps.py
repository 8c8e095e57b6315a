"""New generations under load: `python -m tests.robustness.swaps --count 1000`.

Threads ask every door while one generation after another is published. No request may fail, and each response must be
of one generation: every text of the one is marked with one word, every text of the other with another.
`--unprotected` writes each generation's files over the current one's instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from corpus.reading.document import read_document
from evals.robustness.kills import overwrite
from indexer.build import build_index
from indexer.disk import Operation
from indexer.encoder import open_encoder
from indexer.generation import Contents, write_generation
from indexer.store import Index, open_index
from tests.conftest import refresh

MARKS = ("rödmärkt", "blåmärkt")
_TEXT = """Hyresavtal om den {mark}a ladan mellan Granboda kommun och Tallviks AB

§ 1 Lokalen

Kommunen hyr ut den {mark}a ladan till bolaget.

§ 2 Uppsägning

Det {mark}a avtalet har en uppsägningstid om {months} månader.
"""
DOORS = (
    "/api/search?q=ladan",
    "/api/ask?q=Vilken uppsägningstid gäller för ladan?",
    "/api/agreements",
    "/api/agreements/ladan",
    "/api/agreements/ladan/source",
    "/api/export?q=uppsägningstid",
    "/api/suggest?q=Hyresavtal",
    "/avtal/ladan",
    "/?q=ladan",
)
SLOW_DOOR, SLOW_EVERY = "/api/matrix", 100
"""The first table of a generation takes a second, whatever its size: it is asked for more seldom."""


@dataclass
class Load:
    """What the askers have seen: how many responses by door and mark, and what was wrong."""

    names: dict[str, str]
    """Generation -> its mark."""
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopped: bool = False

    def judge(self, door: str, status: int, text: str) -> None:
        """Note a response."""
        marks = [mark for mark in MARKS if mark in text.casefold()]
        if status != 200 or len(marks) != 1:
            self.wrong.append(f"{door}: status {status}, {' och '.join(marks) or 'ingen generation'}")
        elif door == "/api/agreements" and self.names.get(json.loads(text)["generation"]) != marks[0]:
            self.wrong.append(f"{door}: generationens namn är en annans än texternas")
        self.seen[f"{door} {marks[0] if marks else ''}"] += 1


def ask_on(client: TestClient, load: Load, first: int) -> None:
    """Ask one door after the other until the load is stopped."""
    number = first
    while not load.stopped:
        door = DOORS[number % len(DOORS)] if (number + 1) % SLOW_EVERY else SLOW_DOOR
        response = client.get(door)
        load.judge(door, response.status_code, response.text)
        number += 1


def two_generations(work: Path) -> tuple[tuple[Contents, Path], tuple[Contents, Path]]:
    """What each generation holds, and a folder where it lies finished."""
    made = []
    for mark, months in zip(MARKS, ("sex", "nio"), strict=True):
        folder = work / mark
        folder.mkdir()
        (folder / "ladan.txt").write_text(_TEXT.format(mark=mark, months=months), encoding="utf-8")
        build_index(folder, work / f"index-{mark}", open_encoder(None), read_document)
        index = open_index(work / f"index-{mark}")
        made.append((_contents(index), index.folder))
    return made[0], made[1]


def _contents(index: Index) -> Contents:
    return Contents(
        encoder=index.manifest.encoder,
        agreements=list(index.agreements.values()),
        passages=index.passages,
        words=index.words,
        vectors=index.vectors,
        links=index.links,
        report=index.report,
        source_folder=Path(index.manifest.source_folder),
        sources={path: index.source_of(name) for name, path in index.manifest.read_from.items()},
        hashes=index.manifest.sources,
        sentences=index.sentences,
    )


def examine(work: Path, count: int, threads: int = 4, unprotected: bool = False) -> Load:
    """Publish `count` generations while so many threads ask; each stays until every thread has asked again."""
    both = two_generations(work)
    root = work / "index"
    load = Load({write_generation(root, both[0][0]): MARKS[0]})
    app = create_app(Settings(index=root, at_work=threads))
    with TestClient(app) as client:
        askers = [threading.Thread(target=ask_on, args=(client, load, 3 * n)) for n in range(threads)]
        for asker in askers:
            asker.start()
        try:
            for number in range(1, count + 1):
                turn = number % 2
                if unprotected:
                    overwrite(root, both[turn][1])
                else:
                    _publish(root, both[turn][0], MARKS[turn], load)
                refresh(client)
                _answered(load, load.seen.total() + threads, askers)
        finally:
            load.stopped = True
            for asker in askers:
                asker.join()
    return load


def _publish(root: Path, contents: Contents, mark: str, load: Load) -> None:
    """Publish, the name known to the askers before the pointer is moved."""

    def told(operation: Operation, do: Callable[[], None]) -> None:
        to = operation.to
        if to is not None and to.parent.name == "generations" and not to.name.startswith("."):
            load.names[to.name] = mark
        do()

    write_generation(root, contents, told)


def _answered(load: Load, wanted: int, askers: Sequence[threading.Thread]) -> None:
    """Return when so many responses have been seen."""
    while load.seen.total() < wanted:
        if not all(asker.is_alive() for asker in askers):
            raise RuntimeError("an asker ended before its time")
        time.sleep(0.002)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where no request failed and none was of two generations."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.swaps", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="antal byten av generation")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--unprotected", action="store_true", help="skriv över filerna i stället")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        load = examine(Path(work), given.count, given.threads, given.unprotected)
    for row, times in sorted(load.seen.items()):
        print(f"{times:6} {row}")
    for row in load.wrong[:10]:
        print(f"FEL: {row}")
    seconds = time.perf_counter() - started
    print(f"{given.count} byten, {load.seen.total()} svar, {len(load.wrong)} fel, {seconds:.0f} s")
    return int(bool(load.wrong))


if __name__ == "__main__":
    sys.exit(main())
