"""Broken files without end, drawn from the sample agreements, to each format's reader and to what reads its text further.

A run holds where the reader gives a document whose spans lie in its text and whose card can be read, or refuses with a
reason, within the time. Anything else is kept as a file. The sandbox is left out: it would hide what is wrong. Each
format runs in a process of its own, so that a parser that crashes is seen. With `--atheris` the runs are led by what code
they reach; else by chance, with a fixed seed. `--unprotected` counts a refusal as wrong too: it must find some.
"""

from __future__ import annotations

import argparse
import copy
import gc
import io
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, FunctionType

from corpus.card import agreement_from
from corpus.reading.document import read_document
from corpus.reading.tesseract import recognise_nothing
from corpus.reading.wire import from_bytes, to_bytes
from corpus.report import report_of
from corpus.types import ReadError

ROOT = Path(__file__).parents[2]
FORMATS = ("txt", "md", "html", "eml", "rtf", "docx", "odt", "pdf")
ZIPPED = ("docx", "odt")
SECONDS = 20
"""Of processor time for one file, so that a busy machine does not count; the sandbox's own limit is 30."""
MOST_SEED = 60_000
"""Bytes of a file to start from: larger ones make each run slow and reach no more code."""
_TOKENS = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"<", b">", b"&", b"{", b"}", b"\\", b"\r\n", b"\n\n", b"\xc2\xa7 1 ", b"(", b")", b"<!--", b"]]>", b"<table>", b"</p>",
    b"\\u8364?", b"\\bin99999 ", b"{\\*\\", b"obj", b"endstream", b"/Kids", b"4294967296", b"-1", b"1e999", b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x\r\n",
    "å".encode(), "́".encode(), "‮".encode(), b"2024-02-30", b"1.1.1.1.1.1", b"| a | b |\n", b"=?utf-8?b?w6U=?=",
)  # fmt: skip

_LED_BY = ("bs4", "corpus", "docx", "email", "pypdf", "zipfile")
"""Packages whose code leads: with all that is loaded it takes minutes before the first file."""
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


@dataclass
class Tally:
    """Runs by outcome, and what was wrong with the name of the file kept."""

    states: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def seeds(format: str) -> list[bytes]:
    """The sample agreements of the format, and for Markdown the plain texts too."""
    endings = (format, "txt") if format == "md" else (format,)
    paths = sorted(path for ending in endings for path in (ROOT / "corpus/samples").rglob(f"*.{ending}"))
    found = [path.read_bytes() for path in paths]
    return [data for data in found if len(data) <= MOST_SEED] or found[:1]


def check(data: bytes, place: Path) -> str:
    """The outcome: "läst", or the kind of refusal. Raises whatever a reader must not."""
    place.write_bytes(data)
    try:
        document = read_document(place, place.name, recognise_nothing)
    except ReadError as error:
        return f"vägrad ({error.status.value})"
    except (MemoryError, RecursionError) as error:
        return f"vägrad ({type(error).__name__})"
    again = from_bytes(to_bytes(document), place.name)
    if again != document:
        raise AssertionError("the document is another on the other side of the sandbox")
    agreement = agreement_from(document, "x")
    if "".join(document.text[section.start : section.end] for section in agreement.sections) != document.text:
        raise AssertionError("the sections do not tile the text")
    report_of(agreement, 1, 0)
    return "läst"


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The bytes with one to eight changes."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(7):
            case 0:
                made[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 2, 50))
            case 1:
                del made[at : at + chance.choice((1, 4, 64, 4096))]
            case 2 if at < len(made):
                made[at] = chance.randrange(256)
            case 3:
                length = chance.choice((8, 64, 1024))
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 20))
            case 4:
                other = chance.choice(others)
                cut = chance.randrange(len(other) + 1)
                made[at : at + 256] = other[cut : cut + 256]
            case 5:
                del made[at:]
            case _ if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def mutated_tree(data: bytes, chance: random.Random) -> bytes:
    """The XML with one to eight elements taken away, repeated, moved, nested or told otherwise: still XML, as a reader needs it."""
    root = ET.fromstring(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        parents = [each for each in root.iter() if len(each)]
        if not parents:
            break
        parent = chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(6):
            case 0:
                parent.remove(child)
            case 1:
                parent.extend([copy.deepcopy(child) for _ in range(chance.choice((1, 2, 30)))])
            case 2:
                chance.choice(parents).append(copy.deepcopy(child))
            case 3:
                for _ in range(chance.choice((2, 20, 300))):
                    outer = ET.Element(parent.tag, parent.attrib)
                    outer.append(child)
                    child = outer
                parent.append(child)
            case 4 if child.attrib:
                name = chance.choice(list(child.attrib))
                child.set(
                    name, chance.choice(("", "-1", "0", "99999999999", "1e999", "§", child.attrib[name] * 40))
                )
            case _:
                child.text = (child.text or "") + chance.choice(
                    ("\t", "\n\n", "§ 1 ", "\u202e", "å\u0301", "| a | b |", "x" * 5000)
                )
    return ET.tostring(root)


def mutated_inside(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A package with one member changed, half of them as XML, and one in ten changed as bytes."""
    if chance.random() < 0.1:
        return mutated(data, others, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        heavy = [
            name
            for name in names
            if name.endswith(("document.xml", "content.xml", "styles.xml", "numbering.xml"))
        ]
        chosen = chance.choice(heavy if heavy and chance.random() < 0.8 else names)
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                as_tree = chance.random() < 0.5
                content = mutated_tree(content, chance) if as_tree else mutated(content, [content], chance)
            new.writestr(name, content)
    return made.getvalue()


def run(format: str, runs: int, seed: int, kept: Path, strict: bool = False) -> Tally:
    """So many files by chance; what is wrong is kept in the folder."""
    tally, chance, start = Tally(), random.Random(f"{format} {seed}"), seeds(format)
    change = mutated_inside if format in ZIPPED else mutated
    with tempfile.TemporaryDirectory() as work:
        place = Path(work) / f"avtal.{format}"
        for _ in range(runs):
            _one(change(chance.choice(start), start, chance), place, tally, kept, strict)
    return tally


def _one(data: bytes, place: Path, tally: Tally, kept: Path, strict: bool) -> None:
    def too_long(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    (kept / f"senast{place.suffix}").write_bytes(data)  # what a crash was on
    signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        state = check(data, place)
        if strict and state != "läst":
            raise AssertionError(state)
        tally.states[state] += 1
    except Exception as error:  # noqa: BLE001 - whatever else a reader raises is what is looked for
        name = kept / f"{len(tally.wrong):03}-{type(error).__name__}{place.suffix}"
        if len(tally.wrong) < 20:
            name.write_bytes(data)
        tally.states["FEL"] += 1
        tally.wrong.append(f"{name.name}: {type(error).__name__}: {str(error)[:200]}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def run_atheris(format: str, runs: int, seed: int, kept: Path, seconds: int) -> None:
    """So many files led by coverage, or what fits in the seconds where they are given. Ends the process; the first that is wrong ends it early."""
    import atheris  # an optional extra

    start = seeds(format)
    folder = kept / f"frön-{format}"
    folder.mkdir(exist_ok=True)
    for number, data in enumerate(start):
        (folder / f"{number}").write_bytes(data)
    place = kept / f"avtal.{format}"
    tally = Tally()

    def one(data: bytes) -> None:
        before = len(tally.wrong)
        _one(data, place, tally, kept, False)
        if len(tally.wrong) > before:
            print(f"FEL {tally.wrong[-1]}", flush=True)

    def custom(data: bytes, most: int, number: int) -> bytes:
        try:
            return mutated_inside(data, start, random.Random(number))[:most]
        except (
            zipfile.BadZipFile,
            zlib.error,
            ET.ParseError,
            RecursionError,
            OSError,
            LookupError,
            ValueError,
            NotImplementedError,
        ):
            return bytes(atheris.Mutate(data, most))

    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (each.__module__ or "").partition(".")[0] in _LED_BY:
            atheris.instrument_func(each)
    options = [
        sys.argv[0],
        f"-runs={runs}",
        f"-seed={seed + 1}",
        f"-max_len={2 * MOST_SEED}",
        f"-max_total_time={seconds}",
        "-print_final_stats=1",
        f"-artifact_prefix={kept}/",
        "-rss_limit_mb=4096",
        "-verbosity=0",
        str(folder),
    ]
    atheris.Setup(options, one, custom_mutator=custom if format in ZIPPED else None)
    atheris.Fuzz()


def _child(given: argparse.Namespace) -> int:
    """One format in this process."""
    kept: Path = given.kept
    if given.atheris:
        run_atheris(given.format, given.runs, given.seed, kept, given.seconds)
    tally = run(given.format, given.runs, given.seed, kept, given.unprotected)
    print(json.dumps({"states": tally.states, "wrong": tally.wrong[:20]}, ensure_ascii=False))
    return 0


def examine(
    formats: Sequence[str], runs: int, seed: int, kept: Path, more: Sequence[str] = ()
) -> dict[str, Tally]:
    """Each format in a process of its own."""
    outcome: dict[str, Tally] = {}
    for format in formats:
        command = [
            sys.executable,
            "-m",
            "tests.robustness.fuzz",
            "--format",
            format,
            "--runs",
            str(runs),
            "--seed",
            str(seed),
        ]
        started = time.monotonic()
        done = subprocess.run(
            [*command, "--child", "--kept", str(kept), *more],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        tally = Tally()
        with suppress(IndexError, ValueError):
            told = json.loads(done.stdout.splitlines()[-1])
            tally = Tally(Counter(told["states"]), told["wrong"])
        if "--atheris" in more:
            tally.wrong += [line for line in done.stdout.splitlines() if line.startswith("FEL")]
            tally.states["körda"] = sum(int(times) for times in _EXECUTED.findall(done.stderr))
        if done.returncode:
            tally.wrong.append(
                f"processen slutade med {done.returncode}; filen är {kept}/senast.{format}: {done.stderr[-300:]}"
            )
        outcome[format] = tally
        print(
            f"{format}: {dict(tally.states)}, {len(tally.wrong)} fel, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.fuzz", description=__doc__)
    parser.add_argument("--format", choices=FORMATS, help="bara det formatet")
    parser.add_argument("--runs", type=int, default=2000, help="antal filer av varje format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--kept", type=Path, default=Path("runs/fuzz"), help="mapp för filer som det blev fel på"
    )
    parser.add_argument("--atheris", action="store_true", help="ledd av täckning (tillägget robustness)")
    parser.add_argument(
        "--seconds",
        type=int,
        default=0,
        help="med --atheris: högst så länge per format; 0: tills alla är körda",
    )
    parser.add_argument("--unprotected", action="store_true", help="räkna en vägrad fil som fel")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    given.kept.mkdir(parents=True, exist_ok=True)
    if given.child:
        return _child(given)
    more = [
        flag
        for flag, chosen in (("--atheris", given.atheris), ("--unprotected", given.unprotected))
        if chosen
    ]
    if given.atheris:
        more += ["--seconds", str(given.seconds)]
    outcome = examine(
        (given.format,) if given.format else FORMATS, given.runs, given.seed, given.kept.absolute(), more
    )
    wrong = [row for tally in outcome.values() for row in tally.wrong]
    for row in wrong[:20]:
        print(f"FEL {row}")
    run_in_all = sum(tally.states.total() for tally in outcome.values())
    print(f"{run_in_all} filer, {len(wrong)} fel")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
