"""Broken files without end, drawn from the sample agreements, to each format's reader and to what reads its text further.

A run holds where the reader gives a document whose spans lie in its text and whose card can be read, or refuses with a
reason, within the time. Anything else is kept as a file. The sandbox is left out: it would hide what is wrong. Each
format runs in a process of its own, so that a parser that crashes is seen. With `--atheris` the runs are led by what code
they reach; else by chance, with a fixed seed. `--unprotected` counts a refusal as wrong too: it must find some.

The card takes ten times as long as the reading of a text: `--every 50` makes it of one text in fifty, and `--most 4096`
starts from no more than so many bytes of a sample.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, FunctionType

from corpus.card import agreement_from
from corpus.reading.document import read_document
from corpus.reading.tesseract import recognise_nothing
from corpus.reading.wire import from_bytes, to_bytes
from corpus.report import report_of
from corpus.types import ReadError
from tests.robustness.mutations import mutated, mutated_inside
from tests.robustness.packages import changed, packed, units

ROOT = Path(__file__).parents[2]
FORMATS = ("txt", "md", "html", "eml", "rtf", "docx", "odt", "pdf")
ZIPPED = ("docx", "odt")
SECONDS = 20
"""Of processor time for one file, so that a busy machine does not count; the sandbox's own limit is 30."""
AGAIN = 1.0
"""Seconds until it is said again, to a parser that swallowed it in a clean-up."""
MOST_SEED = 60_000
"""Bytes of a file to start from: larger ones make each run slow and reach no more code."""
MOST_MEMBER = 20_000
"""The same of a member of a package."""
TOLD_EACH = 0.5
"""Seconds between two writings of the outcomes while coverage leads: its process ends without a last word."""
_LED_BY = ("_markupbase", "bs4", "corpus", "docx", "email", "html", "pypdf", "zipfile")
"""Packages whose code leads: with all that is loaded it takes minutes before the first file."""


@dataclass
class Tally:
    """Runs by outcome, and what was wrong with the name of the file kept."""

    states: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """What a run is made of: the card of one text in `every`, from samples of at most so many bytes, a refusal wrong if `strict`."""

    format: str
    every: int = 1
    most: int = MOST_SEED
    strict: bool = False

    def start(self) -> list[bytes]:
        """The samples; of a text's the beginning where it is longer, of a package's or a PDF's none that is."""
        whole = seeds(self.format)
        return whole if self.format in (*ZIPPED, "pdf") else [data[: self.most] for data in whole]


def seeds(format: str) -> list[bytes]:
    """The sample agreements of the format, and for Markdown the plain texts too."""
    endings = (format, "txt") if format == "md" else (format,)
    paths = sorted(path for ending in endings for path in (ROOT / "corpus/samples").rglob(f"*.{ending}"))
    found = [path.read_bytes() for path in paths]
    return [data for data in found if len(data) <= MOST_SEED] or found[:1]


def check(data: bytes, place: Path, further: bool = True) -> str:
    """The outcome: "läst", or the kind of refusal; where it is read `further` the card must hold too.

    Raises whatever a reader must not.
    """
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
    if not further:
        return "läst"
    agreement = agreement_from(document, "x")
    if "".join(document.text[section.start : section.end] for section in agreement.sections) != document.text:
        raise AssertionError("the sections do not tile the text")
    report_of(agreement, 1, 0)
    return "läst"


def run(kind: Kind, runs: int, seed: int, kept: Path) -> Tally:
    """So many files by chance; what is wrong is kept in the folder."""
    tally, chance, start = Tally(), random.Random(f"{kind.format} {seed}"), kind.start()
    change = mutated_inside if kind.format in ZIPPED else mutated
    for _ in range(runs):
        _one(change(chance.choice(start), start, chance), kind, tally, kept)
    return tally


class TooLongError(BaseException):
    """A file took too long. Not an Exception: a parser that swallows those must not swallow this."""


def within(seconds: float, function: Callable[[], str]) -> str:
    """What the function gives. Raises `TooLongError` where it takes more of the processor's time."""

    def too_long(_: int, __: FrameType | None) -> None:
        raise TooLongError(f"more than {seconds} seconds")

    signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        return function()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _one(data: bytes, kind: Kind, tally: Tally, kept: Path) -> None:
    place = last(kept, kind.format)
    further = tally.states.total() % kind.every == 0
    try:
        state = within(SECONDS, lambda: check(data, place, further))
        if kind.strict and state != "läst":
            raise AssertionError(state)
        tally.states[state] += 1
    except (Exception, TooLongError) as error:  # noqa: BLE001 - whatever else a reader raises is what is looked for
        name = kept / f"{len(tally.wrong):03}-{type(error).__name__}{place.suffix}"
        if len(tally.wrong) < 20:
            name.write_bytes(data)
        tally.states["FEL"] += 1
        tally.wrong.append(f"{name.name}: {type(error).__name__}: {str(error)[:200]}")


def last(kept: Path, format: str) -> Path:
    """The file that is read: what a crash was on."""
    return kept / f"avtal.{format}"


def run_atheris(kind: Kind, runs: int, seed: int, kept: Path, seconds: int) -> None:
    """So many files led by coverage, or what fits in the seconds where they are given. Ends the process.

    Of the word processors' packages one member's XML is drawn at a time. The outcomes are left in a file.
    """
    import atheris  # an optional extra

    format, packages = kind.format, kind.format in ZIPPED
    start = units(format, seeds(format), MOST_MEMBER) if packages else kind.start()
    folder = kept / f"frön-{format}"
    folder.mkdir(exist_ok=True)
    for number, data in enumerate(start):
        (folder / f"{number}").write_bytes(data)
    told, tally, next_told = _told_in(kept, format), Tally(), time.monotonic()

    def one(data: bytes) -> None:
        nonlocal next_told
        _one(packed(format, data) if packages else data, kind, tally, kept)
        if time.monotonic() >= next_told or tally.states.total() == runs or tally.wrong:
            told.write_text(_as_json(tally), encoding="utf-8")
            next_told = time.monotonic() + TOLD_EACH

    def custom(unit: bytes, most: int, number: int) -> bytes:
        return changed(
            unit, most, random.Random(number), start, lambda data, left: bytes(atheris.Mutate(data, left))
        )

    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (each.__module__ or "").partition(".")[0] in _LED_BY:
            atheris.instrument_func(each)
    options = [
        sys.argv[0],
        f"-runs={runs}",
        f"-seed={seed + 1}",
        f"-max_len={2 * (MOST_SEED if packages else kind.most)}",
        f"-max_total_time={seconds}",
        "-print_final_stats=1",
        f"-artifact_prefix={kept}/",
        "-rss_limit_mb=4096",
        "-verbosity=0",
        str(folder),
    ]
    atheris.Setup(options, one, custom_mutator=custom if packages else None)
    atheris.Fuzz()


def _child(given: argparse.Namespace) -> int:
    """One format in this process."""
    kept: Path = given.kept
    kind = Kind(given.format, given.every, given.most, given.unprotected)
    if given.atheris:
        run_atheris(kind, given.runs, given.seed, kept, given.seconds)
    tally = run(kind, given.runs, given.seed, kept)
    _told_in(kept, given.format).write_text(_as_json(tally), encoding="utf-8")
    return 0


def _told_in(kept: Path, format: str) -> Path:
    """The file that one format's process leaves its outcomes in; one that coverage leads ends without a last word."""
    return kept / f"utfall-{format}.json"


def _as_json(tally: Tally) -> str:
    return json.dumps({"states": tally.states, "wrong": tally.wrong[:20]}, ensure_ascii=False)


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
        told = _told_in(kept, format)
        told.unlink(missing_ok=True)
        started = time.monotonic()
        done = subprocess.run(
            [*command, "--child", "--kept", str(kept), *more],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        tally = Tally()
        if told.exists():
            states = json.loads(told.read_text("utf-8"))
            tally = Tally(Counter(states["states"]), states["wrong"])
        if done.returncode:
            tally.wrong.append(
                f"processen slutade med {done.returncode}; filen är {last(kept, format)}: {done.stderr[-300:]}"
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
    parser.add_argument("--every", type=int, default=1, help="kortet av var så mångte text")
    parser.add_argument("--most", type=int, default=MOST_SEED, help="högst så många byte av ett exempel")
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
    for name in ("every", "most", "seconds"):
        more += [f"--{name}", str(vars(given)[name])]
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
