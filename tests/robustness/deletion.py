"""A deleted agreement is found nowhere: `python -m tests.robustness.deletion --count 10`.

Each round an agreement with words of its own is among the files, then deleted, and the folder is indexed again. No
door may give one of its words (the questions use others), no old address may lead to it, and after
`prune` no byte of any file of the index holds them. Before the deletion the same questions must find it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.encoder import open_encoder
from indexer.generation import prune
from indexer.types import Encoder
from tests.conftest import refresh

KEPT = """Hyresavtal om ladan mellan Granboda kommun och Tallviks AB

§ 1 Hyra

Hyran är 12 500 kronor per månad.
"""
_START, _MIDDLE, _END = (
    "bar fal gran hav klin lum mor nor pil ros".split(),
    "an el in or us".split(),
    "dex fen gol mira stam".split(),
)


@dataclass(frozen=True, slots=True)
class Secret:
    """An agreement to delete: its path, its text, and three invented words that nothing else holds."""

    path: str
    text: str
    words: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many answers there were, how many gave the agreement before it was deleted, and where it was after."""

    answers: int
    found_before: int
    files_before_pruning: int
    left: tuple[str, ...]


def secret_of(chance: random.Random, number: int) -> Secret:
    """An agreement of invented words, as text, Markdown or HTML."""
    made = {f"{a}{b}{c}" for a in _START for b in _MIDDLE for c in _END}
    party, place, thing = chance.sample(sorted(made), 3)
    suffix = (".txt", ".md", ".html")[number % 3]
    title = f"Driftavtal för {thing}banan mellan {place.capitalize()}s kommun och {party.capitalize()} AB"
    duty = f"Bolaget sköter {thing}banan i {place.capitalize()} till och med den 31 december 2031. Vitet är 4 711 kronor."
    notice = f"{party.capitalize()} AB säger upp avtalet senast sex månader före avtalstidens slut."
    if suffix == ".html":
        text = f"<!doctype html><html><body><h1>{title}</h1><h2>§ 1 Drift</h2><p>{duty}</p><h2>§ 2 Uppsägning</h2><p>{notice}</p></body></html>"
    else:
        text = (
            f"{'# ' if suffix == '.md' else ''}{title}\n\n§ 1 Drift\n\n{duty}\n\n§ 2 Uppsägning\n\n{notice}\n"
        )
    return Secret(f"mapp/avtal-{number}{suffix}", text, (party, place, thing))


def doors(secret: Secret) -> list[str]:
    """Addresses that lead to the agreement without saying any of its words whole."""
    name = secret.path.rpartition(".")[0]
    party, _, thing = secret.words
    near = thing[:2] + thing[3:] + "banan"
    questions = ("Vad är vitet?", "vilka avtal har 4 711 kronor?", "vilka parter finns?", near)
    asked = [
        f"{door}?q={q}"
        for door in ("/api/search", "/api/ask", "/", "/api/feeds/search.atom")
        for q in questions
    ]
    typed = [
        f"{door}?q={word[:4]}" for door in ("/api/suggest", "/opensearch/suggest") for word in (party, thing)
    ]
    exports = [f"/api/export?q=vitet&format={kind}" for kind in ("md", "csv")]
    old = [f"/api/agreements/{name}", f"/api/agreements/{name}/source", f"/avtal/{name}"]
    tables = [
        "/api/agreements",
        "/api/matrix",
        "/api/matrix?format=csv",
        "/api/departing?clause=penalty",
        "/api/report",
    ]
    pages = [
        "/",
        "/rapport",
        "/oversikt",
        "/oversikt/klausuler",
        "/oversikt/parter",
        "/metrics",
        "/openapi.json",
    ]
    feeds = [f"/api/feeds/{kind}" for kind in ("new.atom", "last-notice.ics", "last-notice.atom?within=3660")]
    return [*asked, *typed, *exports, *old, *tables, *pages, *feeds]


def examine(work: Path, count: int, seed: int = 1) -> Outcome:
    """Index, delete and ask, `count` times on the same index and the same running server."""
    chance, encoder = random.Random(seed), open_encoder(None)
    folder, root = work / "avtal", work / "index"
    (folder / "mapp").mkdir(parents=True)
    (folder / "ladan.txt").write_text(KEPT, encoding="utf-8")
    build_index(folder, root, encoder, read_document)
    answers = found = files = 0
    left: list[str] = []
    with TestClient(create_app(Settings(index=root))) as client:
        for number in range(count):
            secret = secret_of(chance, number)
            before, after = _round(client, folder, root, secret, encoder)
            answers += len(before)
            found += sum(before.values())
            left += after
            files += len(held_in(root, secret))
            prune(root)
            left += [f"{path} efter prune" for path in held_in(root, secret)]
            again = [door for door in doors(secret) if "/feeds/" in door or "avtal-" in door]
            left += [f"{door} efter prune" for door in again if _gives(client.get(door).text, secret)]
    return Outcome(answers, found, files, tuple(left))


def _round(
    client: TestClient, folder: Path, root: Path, secret: Secret, encoder: Encoder
) -> tuple[dict[str, bool], list[str]]:
    """Which doors give the agreement while it is there, and which still do, or say 304, when it is deleted."""
    path = folder / secret.path
    path.write_text(secret.text, encoding="utf-8")
    build_index(folder, root, encoder, read_document)
    refresh(client)
    held = {door: client.get(door) for door in doors(secret)}
    path.unlink()
    build_index(folder, root, encoder, read_document)
    refresh(client)
    left = []
    for door, old in held.items():
        now = client.get(door, headers={"If-None-Match": old.headers.get("etag", '"none"')})
        if now.status_code == 304 or _gives(now.text, secret):
            left.append(f"{door}: status {now.status_code}")
    return {door: _gives(old.text, secret) for door, old in held.items()}, left


def _gives(text: str, secret: Secret) -> bool:
    return any(word in text.casefold() for word in secret.words)


def held_in(root: Path, secret: Secret) -> list[Path]:
    """The index's files, hidden ones too, that hold a word of the agreement in its bytes, or the file's name."""
    words = [word for each in secret.words for word in (each, each.capitalize())] + [Path(secret.path).name]
    needles = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "utf-32-le")]
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return [path for path in files if any(needle in path.read_bytes() for needle in needles)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was left."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.deletion", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="antal raderade avtal")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        outcome = examine(Path(work), given.count)
    for row in outcome.left[:10]:
        print(f"KVAR: {row}")
    print(f"{outcome.found_before} av {outcome.answers} svar gav avtalet innan det raderades")
    print(f"{outcome.files_before_pruning} filer i äldre generationer höll det före gallringen")
    seconds = time.perf_counter() - started
    print(f"{given.count} raderade avtal, kvar på {len(outcome.left)} ställen, {seconds:.0f} s")
    return int(bool(outcome.left))


if __name__ == "__main__":
    sys.exit(main())
