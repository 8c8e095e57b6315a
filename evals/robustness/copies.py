"""Damaged copies of an index: `python -m evals.robustness.copies --count 5000`.

Each round damages a whole index of two generations in one way: a flipped bit, a file cut off, lengthened, deleted,
swapped with another, taken from the former generation, unreadable, or foreign. Then either everything is answered as
before, or the index is refused by a sentence that names a damaged file, and `avtal rollback` gives the former generation
unless that is what was damaged, or a folder stands where the pointer was. `--unprotected` opens the copies without checksums.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.types import AvtalError
from evals.robustness.world import digest_of, two_corpora
from indexer.generation import rollback, write_generation
from indexer.manifest import MANIFEST, MANIFEST_SHA, POINTER, Manifest
from indexer.store import open_index

Damage = Callable[[Path, Path, random.Random], tuple[Path, ...]]
"""Given a file, the same file of the former generation (or another of this one): damages, returns what was damaged."""

OF_CURRENT = 0.8
"""Share of the rounds that damage a file of the current generation; the others any file of the index."""


def _flip(path: Path, _: Path, chance: random.Random) -> tuple[Path, ...]:
    data = bytearray(path.read_bytes() or b"\0")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return (path,)


def _cut(path: Path, _: Path, chance: random.Random) -> tuple[Path, ...]:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(max(1, len(data)))])
    return (path,)


def _lengthen(path: Path, _: Path, chance: random.Random) -> tuple[Path, ...]:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randrange(1, 200)))
    return (path,)


def _delete(path: Path, _: Path, __: random.Random) -> tuple[Path, ...]:
    path.unlink()
    return (path,)


def _swap(path: Path, other: Path, _: random.Random) -> tuple[Path, ...]:
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)
    return (path, other)


def _stale(path: Path, other: Path, _: random.Random) -> tuple[Path, ...]:
    path.write_bytes(other.read_bytes())
    return (path,)


def _unreadable(path: Path, _: Path, __: random.Random) -> tuple[Path, ...]:
    path.unlink()
    path.symlink_to("/proc/self/mem")  # Linux: can be opened, and gives EIO when read from its start
    return (path,)


def _folder_instead(path: Path, _: Path, __: random.Random) -> tuple[Path, ...]:
    path.unlink()
    path.mkdir()
    return (path,)


def _foreign(path: Path, _: Path, chance: random.Random) -> tuple[Path, ...]:
    stray = path.with_name(f"främmande-{path.name}")
    stray.write_bytes(chance.randbytes(50))
    return (stray,)


def _folder_gone(path: Path, _: Path, __: random.Random) -> tuple[Path, ...]:
    shutil.rmtree(path.parent)
    path.parent.parent.mkdir(exist_ok=True)
    return (path, path.parent)


DAMAGES: Mapping[str, Damage] = {
    "vänd bit": _flip,
    "avkortad": _cut,
    "förlängd": _lengthen,
    "borttagen": _delete,
    "bytt med en annan": _swap,
    "från den förra generationen": _stale,
    "oläsbar": _unreadable,
    "mapp i stället": _folder_instead,
    "främmande fil": _foreign,
    "mapp borta": _folder_gone,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many copies were refused and how many answered, by damage, and what was wrong."""

    states: Counter[tuple[str, str]]
    broken: tuple[str, ...]


def examine(work: Path, count: int, seed: int = 1, checked: bool = True) -> Outcome:
    """Damage `count` copies, each in one way, and open them; `checked` False puts every checksum right first."""
    chance = random.Random(seed)
    one, two = two_corpora(work)
    whole, root = work / "hel", work / "index"
    former = write_generation(whole, one.contents)
    current = write_generation(whole, two.contents)
    names = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    of_current = [name for name in names if current in name.parts]
    states: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    for number in range(count):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(whole, root)
        kind = list(DAMAGES)[number % len(DAMAGES)]
        path = root / chance.choice(of_current if chance.random() < OF_CURRENT else names)
        if kind == "mapp borta" and path.parent == root:
            path = root / "generations" / current / POINTER
        damaged = DAMAGES[kind](path, _counterpart(root, path, (former, current), chance), chance)
        if not checked:
            put_right(root, current)
        state, wrong = _state(root, damaged, two.digest)
        if checked and state == "vägrad" and not any(former in str(p) for p in damaged):
            either = {one.digest, two.digest} if root / POINTER in damaged else {one.digest}
            wrong = wrong or _after_rollback(root, either)
        states[kind, state] += 1
        if wrong:
            broken.append(f"{kind} {path.relative_to(root)}: {wrong}")
    return Outcome(states, tuple(broken))


def _counterpart(root: Path, path: Path, names: tuple[str, str], chance: random.Random) -> Path:
    """The same file in the other generation, else another file of the same folder, else the pointer."""
    former, current = names
    twin = Path(str(path).replace(current, "\0").replace(former, current).replace("\0", former))
    if twin != path and twin.is_file():
        return twin
    others = (
        [other for other in sorted(path.parent.iterdir()) if other.is_file() and other != path]
        if path.parent.is_dir()
        else []
    )
    return chance.choice(others) if others else root / POINTER


def _state(root: Path, damaged: Sequence[Path], digest: str) -> tuple[str, str | None]:
    """What the copy does when it is opened, and what is wrong with that."""
    try:
        seen = digest_of(open_index(root))
    except AvtalError as error:
        said = str(error)
        named = any(str(path) in said for path in damaged) or (
            str(root) in said
            and any(path.name == POINTER or path == root / "generations" for path in damaged)
        )
        return "vägrad", None if named and "\n" not in said else f"namnger inte filen: {said}"
    except Exception as error:  # noqa: BLE001 - what an unchecked copy raises is the measure
        return "kraschar", f"{type(error).__name__}: {error}"
    return ("svarar som förut", None) if seen == digest else ("SVARAR FEL", "svarar annat än vad som skrevs")


def _after_rollback(root: Path, digests: set[str]) -> str | None:
    """What is wrong after `avtal rollback`, which gives the former generation, or where the pointer names none the newest.

    A folder in the pointer's place is refused by name.
    """
    try:
        rollback(root)
        return None if digest_of(open_index(root)) in digests else "rollback gav något annat än den förra"
    except AvtalError as error:
        in_the_way = (root / POINTER).is_dir() and f"{root / POINTER} kan inte bytas" in str(error)
        return None if in_the_way else f"rollback gick inte: {error}"


def put_right(root: Path, current: str) -> None:
    """Make every checksum say what the files are now: an index that checks nothing."""
    folder = root / "generations" / current
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in manifest.files}
    except (OSError, ValueError):
        return
    text = manifest.model_copy(update={"files": files}).model_dump_json(indent=1)
    digest = sha256(text.encode()).hexdigest()
    for path, said in (
        (folder / MANIFEST, text),
        (folder / MANIFEST_SHA, digest + "\n"),
        (root / POINTER, f"{current} {digest}\n"),
    ):
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)
        path.write_text(said, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where every copy was refused by name or answered as before."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness.copies", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="antal skadade kopior")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unprotected", action="store_true", help="öppna utan kontrollsummor")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        outcome = examine(Path(work), given.count, given.seed, not given.unprotected)
    for (kind, state), times in sorted(outcome.states.items()):
        print(f"{times:6} {kind}: {state}")
    for row in outcome.broken[:10]:
        print(f"FEL: {row}")
    print(f"{given.count} skadade kopior, {len(outcome.broken)} fel, {time.perf_counter() - started:.0f} s")
    return int(bool(outcome.broken))


if __name__ == "__main__":
    sys.exit(main())
