"""The word index beside other engines, in one run: `python -m evals.engines --text FILE [--passages 10000 50000]`.

Each engine has a process of its own and the same terms to index. bm25s and tantivy are measured where installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import lzma
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from corpus.lines import sentences_of
from evals.engine_kinds import ENGINES
from indexer.swedish.stopwords import STOPWORDS
from indexer.swedish.tokens import tokens_of

PASSAGE_WORDS = 100
QUESTIONS = 100
QUESTION_WORDS = 4
ADDED = 100
SIZES = (10_000, 50_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """One engine over one collection. Seconds; MB on disk; MB by which the process grew at most; ms a question."""

    build: float
    disk: float
    memory: float
    median: float
    p95: float
    added: float


def passages_from(texts: Sequence[Path]) -> Iterator[str]:
    """Passages of about a hundred words: neighbouring sentences of the files' paragraphs, joined."""
    joined: list[str] = []
    size = 0
    for path in texts:
        opens = lzma.open if path.suffix == ".xz" else open
        with opens(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for span in sentences_of(line, 0, len(line)):
                    joined.append(line[span.start : span.end])
                    size += joined[-1].count(" ") + 1
                    if size >= PASSAGE_WORDS:
                        yield " ".join(joined)
                        joined, size = [], 0


def questions_from(passages: Sequence[str]) -> list[str]:
    """Questions of four neighbouring words with a subject, from passages drawn with a fixed seed."""
    draw = random.Random(1)
    found: list[str] = []
    while len(found) < QUESTIONS:
        words = [t.word for t in tokens_of(draw.choice(passages)) if t.word not in STOPWORDS]
        start = draw.randrange(max(1, len(words) - QUESTION_WORDS))
        found.append(" ".join(words[start : start + QUESTION_WORDS]))
    return found


def measured(name: str, passages: Sequence[str], questions: Sequence[str]) -> Cost:
    """Build, save, ask and add once, in this process; the last `ADDED` passages are those that are added."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        before = _peak()
        clock = time.perf_counter()
        engine = ENGINES[name][1](folder)
        engine.add(passages[:-ADDED])
        built = time.perf_counter() - clock
        grown = _peak() - before
        engine.save()
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        engine.best(questions[0])
        times = []
        for question in questions:
            clock = time.perf_counter()
            engine.best(question)
            times.append(1000 * (time.perf_counter() - clock))
        clock = time.perf_counter()
        engine.add(passages[-ADDED:])
        added = time.perf_counter() - clock
    return Cost(built, disk, grown, statistics.median(times), statistics.quantiles(times, n=20)[-1], added)


def _peak() -> float:
    """The most memory that the process has held, MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def installed() -> list[str]:
    """The engines that can be opened here."""
    return [
        name for name, (module, _) in ENGINES.items() if module is None or importlib.util.find_spec(module)
    ]


def compared(passages: Sequence[str]) -> dict[str, Cost]:
    """Every installed engine's cost over the same passages and questions, one after the other."""
    questions = questions_from(passages)
    found = {}
    for name in installed():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            found[name] = process.submit(measured, name, passages, questions).result()
    return found


def table(costs: dict[str, Cost]) -> list[str]:
    """The lines of a Markdown table: ours in numbers, the others as so many times ours."""
    ours = costs["avtalssök"]
    lines = [
        "| motor | bygga | på disk | minne, mest | fråga, median | fråga, p95 | lägga till 100 |",
        "|---|---|---|---|---|---|---|",
        f"| avtalssök | {ours.build:.1f} s | {ours.disk:.0f} MB | {ours.memory:.0f} MB | {ours.median:.2f} ms "
        f"| {ours.p95:.2f} ms | {ours.added:.1f} s |",
    ]
    for name, cost in costs.items():
        if name != "avtalssök":
            pairs = [
                (cost.build, ours.build),
                (cost.disk, ours.disk),
                (cost.memory, ours.memory),
                (cost.median, ours.median),
                (cost.p95, ours.p95),
                (cost.added, ours.added),
            ]
            lines.append(f"| {name} | " + " | ".join(f"×{theirs / own:.2f}" for theirs, own in pairs) + " |")
    return lines


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="Ordindexet bredvid andra sökmotorer.")
    parser.add_argument(
        "--text", type=Path, nargs="+", required=True, help="löpande svensk text, .txt eller .txt.xz"
    )
    parser.add_argument("--passages", type=int, nargs="+", default=list(SIZES), help="antal stycken")
    told = parser.parse_args()
    for name in ENGINES.keys() - set(installed()):
        print(f"{name} är inte installerad och mäts inte; pip install {ENGINES[name][0]}")
    for size in told.passages:
        passages = list(islice(passages_from(told.text), size))
        if len(passages) < size:
            print(f"Texten räcker till {len(passages)} stycken av {size}; ge fler filer med --text.")
        print(f"\n{len(passages)} stycken om cirka {PASSAGE_WORDS} ord, {QUESTIONS} frågor\n")
        print("\n".join(table(compared(passages))), flush=True)


if __name__ == "__main__":
    main()
