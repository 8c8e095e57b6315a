"""What a reader may not read changes nothing: `python -m tests.robustness.interference --count 50000`.

Random worlds of agreements, readers and publishings; random requests to every door of a reader. Each response of the
guarded service must be, byte for byte, that of two others:

- the same service in a world where the agreements that the reader may not read never were (every header too);
- an open service over an index of just the readable files, built without readers (body and status; the name of the
  generation is put in the other's place: it is a number in the one and a digest of the content in the other).

Only the milliseconds that an answer took are left out, and an ETag, which hashes the index's folder too, is compared as a
one-to-one renaming. `--unprotected` asks an open service over everything instead, and takes what may not be read out of
its answers afterwards: it must differ.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from api.access.api_keys import create_key
from api.access.identity import Scope
from indexer.encoder import open_encoder
from indexer.store import Index
from tests.robustness.asgi import Asgi, Reply
from tests.robustness.naive import without
from tests.robustness.random_requests import Asked, Requests
from tests.robustness.random_worlds import GROUPS, World, world_of
from tests.robustness.services import Services

READERS = 3
"""Readers of each world."""
ASKED = 90
"""Requests of each reader in a world."""
SLOW_ENCODER_EVERY = 8
"""Worlds between two by the encoder in the box; the others are by the table, which is a hundred times faster."""
TOLD_EVERY = 20
_TOOK = re.compile(rb'("took_ms": ?)[0-9.e-]+|((?:Svaret tog|Answered in) )(?:[0-9.,]|\xc2\xa0)+(?= ms)')
_SUBSETS = [subset for size in range(len(GROUPS) + 1) for subset in combinations(GROUPS, size)]


@dataclass
class Outcome:
    """How many comparisons there were by door, against how many open services, and what differed."""

    compared: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    open_too: int = 0
    worlds: int = 0
    views: int = 0
    different: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """So far, in a line."""
        return (
            f"{self.worlds} världar, {self.views} urval, {self.compared.total()} jämförelser, {self.open_too} också mot en "
            f"öppen tjänst, {self.different.total()} skillnader"
        )

    def note(self, asked: Asked, where: str, one: bytes, other: bytes) -> None:
        """Note a difference, with the place of the first byte that differs."""
        self.different[asked.door] += 1
        at = next(
            (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        near = slice(max(0, at - 60), at + 60)
        self.told.append(f"{where} {unquote(asked.path)}: byte {at}: {one[near]!r} ≠ {other[near]!r}")


class Comparison:
    """Compares worlds one after the other; `keys` are what a reader of some groups shows."""

    def __init__(self, work: Path, by: Asgi, seed: int, unprotected: bool) -> None:
        self._work, self._chance, self._unprotected = work, random.Random(seed), unprotected
        self._by = by
        path = work / "nycklar.json"
        self._keys = {
            groups: {"Authorization": f"Bearer {create_key(path, 'läsare', groups, (Scope.READ,), 1)[1]}"}
            for groups in _SUBSETS
        }
        self._by_encoder: dict[str, Services] = {}
        self._tags: dict[str, str] = {}
        self._tags_back: dict[str, str] = {}
        self.outcome = Outcome()

    def _services(self, name: str) -> Services:
        if name not in self._by_encoder:
            encoder = open_encoder(name or None)
            self._by_encoder[name] = Services.over(
                self._work / (name or "förvald"), self._work / "nycklar.json", encoder
            )
        return self._by_encoder[name]

    def run(self, count: int) -> None:
        """Compare until there are so many comparisons."""
        while self.outcome.compared.total() < count:
            if self.outcome.worlds % TOLD_EVERY == TOLD_EVERY - 1:
                print(self.outcome.summary(), file=sys.stderr, flush=True)
            slow = self.outcome.worlds % SLOW_ENCODER_EVERY == SLOW_ENCODER_EVERY - 1
            self._world(self._services("" if slow else "snabb"), count)

    def _world(self, services: Services, count: int) -> None:
        world = world_of(self._chance)
        self.outcome.worlds += 1
        services.guarded.publish(world)
        whole = services.guarded.index
        assert whole is not None
        if self._unprotected:
            services.whole.publish(world)
        for groups in self._chance.sample(_SUBSETS, READERS):
            readable = world.readable(groups)
            if not any(path in readable for path in world.steps[-1]):
                continue  # the service without the hidden would have no index at all: see `of_nothing`
            self.outcome.views += 1
            own = world.only(readable)
            services.bare.publish(own)
            plain = not _twins(own)
            if plain:
                services.open.publish(own, with_readers=False)
            names = {path for path in readable if path in whole.manifest.sources}
            ids = {name for name, path in whole.manifest.read_from.items() if path in names}
            requests = Requests(self._chance, world, sorted(whole.agreements), list(_places(whole)))
            for _ in range(ASKED):
                if self.outcome.compared.total() >= count:
                    return
                asked = requests.next()
                if self._unprotected:
                    if plain:
                        self._compare_naive(services, asked, ids)
                else:
                    self._compare(services, asked, self._keys[groups], plain and _told_alike(asked, own))

    def _compare(self, services: Services, asked: Asked, shown: Mapping[str, str], plain: bool) -> None:
        guarded, bare = (
            services.guarded.ask(asked, shown, self._by),
            services.bare.ask(asked, shown, self._by),
        )
        self.outcome.compared[asked.door] += 1
        self.outcome.statuses[guarded.status] += 1
        mine, other = _taken(guarded), _taken(bare)
        if mine != other:
            self.outcome.note(asked, "utan de dolda", mine, other)
        elif _headers(guarded) != _headers(bare) or not self._same_tag(guarded, bare):
            self.outcome.note(
                asked, "huvuden", repr(_headers(guarded)).encode(), repr(_headers(bare)).encode()
            )
        elif plain and asked.door not in _OF_THE_SERVICE:
            self.outcome.open_too += 1
            opened = _taken(services.open.ask(asked, {}, self._by))
            assert services.open.index is not None and services.guarded.index is not None
            renamed = opened.replace(services.open.index.generation.encode(), _generation(mine) or b"\0")
            if mine != renamed:
                self.outcome.note(asked, "öppet", mine, renamed)

    def _same_tag(self, guarded: Reply, bare: Reply) -> bool:
        """True where the two ETags always come together, and neither ever with another."""
        one, other = guarded.header("etag"), bare.header("etag")
        return self._tags.setdefault(one, other) == other and self._tags_back.setdefault(other, one) == one

    def _compare_naive(self, services: Services, asked: Asked, ids: set[str]) -> None:
        assert services.open.index is not None and services.whole.index is not None
        whole = services.whole.ask(asked, {}, self._by)
        filtered = without(whole, ids, services.whole.index)
        if filtered is None:
            return  # a door whose answers cannot be filtered afterwards
        self.outcome.compared[asked.door] += 1
        self.outcome.statuses[whole.status] += 1
        opened = without(services.open.ask(asked, {}, self._by), ids, services.open.index)
        assert opened is not None
        if filtered != opened:
            self.outcome.note(asked, "efterfiltrerat", filtered, opened)


_OF_THE_SERVICE = ("/metrics", "/readyz", "/openapi.json")
"""What the two kinds of service say differently of themselves, whatever they hold."""


def _twins(world: World) -> bool:
    """True where two files hold the same: with other readers they are two agreements, without readers one."""
    return any(len(set(step.values())) < len(step) for step in world.steps)


def _told_alike(asked: Asked, own: World) -> bool:
    """False for the report where it has a row of the manifest, or tells of earlier publishings: a reader's has neither."""
    return asked.door not in ("/api/report", "/rapport") or (len(own.steps) == 1 and not own.cards)


def _taken(reply: Reply) -> bytes:
    """Status and body, but for the milliseconds. Of a Word file its parts: the archive around them holds the time of day."""
    body = reply.body
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as archive:
            body = b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    return f"{reply.status}\n".encode() + _TOOK.sub(rb"\1\2_", body)


def _headers(reply: Reply) -> list[tuple[str, str]]:
    """All but the length, which follows from the body, and the ETag."""
    return sorted((name, value) for name, value in reply.headers if name not in ("content-length", "etag"))


def _generation(body: bytes) -> bytes | None:
    found = re.search(rb"vy-[0-9a-f]{16}", body)
    return found[0] if found else None


def _places(index: Index) -> Iterator[dict[str, object]]:
    """Citations of each agreement's first words, and one with words that it never had."""
    for row in index.passages:
        agreement = index.agreements[row.agreement_id]
        quote = agreement.text[row.start : row.start + 20]
        place = {"agreement_id": row.agreement_id, "start": row.start, "end": row.start + len(quote)}
        yield {**place, "quote": quote, "text_sha256": agreement.document.text_sha256}
        yield {**place, "quote": quote[::-1], "text_sha256": "0" * 64}


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as work:
        yield Path(work)


def examine(work: Path | None, count: int, seed: int = 1, unprotected: bool = False) -> Outcome:
    """`count` comparisons in a folder of one's own."""
    with _folder(work) as place, Asgi.opened() as by:
        comparison = Comparison(place, by, seed, unprotected)
        comparison.run(count)
        return comparison.outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.interference", description=__doc__)
    parser.add_argument("--count", type=int, default=50_000, help="antal jämförelser")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unprotected", action="store_true", help="filtrera svaren i efterhand i stället")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    outcome = examine(None, given.count, given.seed, given.unprotected)
    for door, times in sorted(outcome.compared.items()):
        print(
            f"{times:6} {door}{f', {outcome.different[door]} skilde sig' if outcome.different[door] else ''}"
        )
    print(
        ", ".join(f"{times} svar med status {status}" for status, times in sorted(outcome.statuses.items()))
    )
    for row in outcome.told[:10]:
        print(f"SKILLNAD: {row}")
    print(f"{outcome.summary()}, {time.perf_counter() - started:.0f} s")
    return int(bool(outcome.different))


if __name__ == "__main__":
    sys.exit(main())
