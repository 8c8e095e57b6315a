"""Do bad files change the index of the good ones? `python -m evals.robustness --good 1000 --bad 200`.

Writes small invented agreements, and among them files that cannot be read; indexes the good alone and all together; and
compares the two indexes row by row. Exit status 0 where they are the same, 1 where they differ.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.sandbox import Reader
from indexer.build import BuildResult, build_index
from indexer.encoder import open_encoder
from indexer.store import Index, open_index
from indexer.types import Encoder

_PLACES = "Granboda Åkerby Tallvik Sjölunda Kvarnhult Björkvik Stenås Lillköping Ängsjö Dalhem".split()
_THINGS = "badhuset ladan bryggan kajen skolskogen sporthallen biblioteket kvarnen växthuset färjan".split()
_DUTIES = (
    "Bolaget sköter {thing} och meddelar kommunen om något går sönder.",
    "Kommunen betalar {sum} kronor om året för skötseln av {thing}.",
    "Parterna ser över {thing} tillsammans en gång om året.",
    "Bolaget får inte hyra ut {thing} i andra hand.",
    "Uppsägningstiden är {months} månader.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the comparison found. `differences` is empty where the bad files changed nothing."""

    good: int
    bad: int
    passages: int
    statuses: dict[str, int]
    differences: tuple[str, ...]


def write_good(folder: Path, count: int, seed: int = 1) -> None:
    """`count` small agreements below `folder`, as text, Markdown and HTML; the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        suffix = (".txt", ".md", ".html")[number % 3]
        path = folder / f"mapp{number % 7}" / f"avtal-{number:05d}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_agreement(chance, number, suffix), encoding="utf-8")


def _agreement(chance: random.Random, number: int, suffix: str) -> str:
    thing = chance.choice(_THINGS)
    title = (
        f"Driftavtal nummer {number} om {thing} mellan {chance.choice(_PLACES)} kommun och Bolag {number} AB"
    )
    duties = [
        duty.format(thing=thing, sum=chance.randrange(1000, 90000), months=chance.randrange(2, 13))
        for duty in chance.sample(_DUTIES, 3)
    ]
    if suffix == ".html":
        body = "".join(f"<h2>§ {n} Punkt {n}</h2><p>{duty}</p>" for n, duty in enumerate(duties, 1))
        return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    mark, sub = ("# ", "## ") if suffix == ".md" else ("", "")
    return f"{mark}{title}\n\n" + "\n".join(f"{sub}§ {n} Punkt {n}\n\n{d}\n" for n, d in enumerate(duties, 1))


_BAD = (
    (".txt", b""),
    (".pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R"),
    (".docx", b"PK\x03\x04\x14\x00\x06\x00trasigt arkiv"),
    (".xlsx", b"inget som kan l\xe4sas"),
    (".txt", b"\x00\x01\x02\x03" * 50),
    (".html", b"<html><body><script>alert(1)</script></body></html>"),
    (".pdf", b"<<<<"),
    (".bin", bytes(range(256))),
)
_LEFT = ("~$avtal.docx", "Thumbs.db", ".DS_Store", "desktop.ini", "avtal.tmp")


def write_bad(folder: Path, count: int) -> None:
    """`count` files that give no agreement, among the good ones; many share a good one's name but for the extension."""
    for number in range(count):
        place = folder / f"mapp{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 10 == 9:
            path = place / f"u{number}" / _LEFT[number // 10 % len(_LEFT)]
            path.parent.mkdir()
            path.write_bytes(b"skr\xe4p")
            continue
        suffix, content = _BAD[number % len(_BAD)]
        name = (
            f"avtal-{number:05d}"
            if not any(place.glob(f"avtal-{number:05d}{suffix}"))
            else f"dålig-{number:05d}"
        )
        (place / f"{name}{suffix}").write_bytes(content + (b"<!--%d-->" % number if content else b""))


def compare(alone: Index, together: Index) -> tuple[str, ...]:
    """How the index of all files differs from that of the good alone; () where it does not."""
    pairs = (
        ("avtalens id", list(alone.agreements), list(together.agreements)),
        ("avtalen", list(alone.agreements.values()), list(together.agreements.values())),
        ("styckena", list(alone.passages), list(together.passages)),
        ("länkarna", list(alone.links), list(together.links)),
        ("orden", alone.words.words, together.words.words),
        ("fingeravtrycket", alone.manifest.corpus_fingerprint, together.manifest.corpus_fingerprint),
        ("källorna", alone.manifest.read_from, together.manifest.read_from),
    )
    found = [name for name, one, other in pairs if one != other]
    one, other = alone.vectors.vectors(), together.vectors.vectors()
    if one.shape != other.shape or float(abs(one - other).max()) > 1e-5:
        found.append("vektorerna")
    return tuple(found)


def examine(work: Path, encoder: Encoder, good: int, bad: int) -> Outcome:
    """Write the files below `work`, build both indexes, compare them."""
    write_good(work / "goda", good)
    write_good(work / "alla", good)
    write_bad(work / "alla", bad)
    results: list[BuildResult] = []
    with Reader() as reader:
        for name in ("goda", "alla"):
            results.append(build_index(work / name, work / f"index-{name}", encoder, reader.read))
    alone, together = open_index(work / "index-goda"), open_index(work / "index-alla")
    statuses = Counter(row.status.value for row in results[1].report)
    differences = list(compare(alone, together))
    if len(results[1].report) != good + bad:
        differences.append(f"rapporten har {len(results[1].report)} rader för {good + bad} filer")
    if len(alone.agreements) != good:
        differences.append(f"{len(alone.agreements)} av {good} goda filer kom med")
    return Outcome(good, bad, len(alone.passages), dict(sorted(statuses.items())), tuple(differences))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.robustness", description=__doc__)
    parser.add_argument("--good", type=int, default=1000, help="antal avtal")
    parser.add_argument("--bad", type=int, default=200, help="antal filer som inte går att läsa")
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work:
        outcome = examine(Path(work), open_encoder(None), given.good, given.bad)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{outcome.good} avtal och {outcome.bad} andra filer: {outcome.statuses}")
    print(f"{outcome.passages} stycken, {time.perf_counter() - started:.0f} s, högst {peak} MiB minne")
    print("samma index" if not outcome.differences else f"SKILJER: {', '.join(outcome.differences)}")
    return int(bool(outcome.differences))
