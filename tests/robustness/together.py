"""The same questions one at a time and from several threads at once: the answers must be the same, byte for byte.

An engine of its own for each way, nothing kept from before, and threads that change places a thousand times oftener
than they do in service. `--unprotected` shares one stemmer between the threads, as it once was.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import snowballstemmer

from api.json_lines import ANSWER
from indexer.swedish import compounds, stems, words
from retriever.answer import ask
from retriever.engine import open_engine
from tests.robustness.server import ROOT, index_of

SWITCH_SECONDS = 5e-6


def questions() -> list[str]:
    """The questions of the evaluation."""
    rows = (ROOT / "evals/cases/samples.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(row)["q"]) for row in rows]


def answers(index: Path, asked: Sequence[str], threads: int) -> list[str]:
    """The answers as JSON without their time, or the error, in the order of the questions; asked in another."""
    _forget()
    engine = open_engine(index)

    def answer(question: str) -> str:
        try:
            found = json.loads(ANSWER.dump_json(ask(engine, question)))
        except Exception as error:  # noqa: BLE001 - whatever was raised is what came back
            return f"{type(error).__name__}: {error}"
        del found["took_ms"]
        return json.dumps(found, ensure_ascii=False)

    order = random.Random(5).sample(range(len(asked)), len(asked))
    with ThreadPoolExecutor(threads) as pool, _restless():
        given = dict(zip(order, pool.map(answer, [asked[n] for n in order]), strict=True))
    return [given[n] for n in range(len(asked))]


def _forget() -> None:
    """Empty what the words have been found to be."""
    for cached in (stems.stem, compounds.parts_of, words._analysed):
        cached.cache_clear()


@contextmanager
def _restless() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def shared_stemmer() -> Iterator[None]:
    """One stemmer for all threads."""
    own = stems._snowball
    stems._snowball = SimpleNamespace(stemmer=snowballstemmer.stemmer("swedish"))  # type: ignore[assignment]
    try:
        yield
    finally:
        stems._snowball = own


def examine(index: Path, asked: Sequence[str], threads: int, rounds: int) -> int:
    """How many answers differ from those given one at a time, over so many rounds."""
    alone = answers(index, asked, 1)
    return sum(
        one != other
        for _ in range(rounds)
        for one, other in zip(alone, answers(index, asked, threads), strict=True)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where every answer was the same."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.together", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="antal omgångar av alla frågor")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--unprotected", action="store_true", help="en stammare för alla trådar")
    given = parser.parse_args(arguments)
    asked = questions()
    with tempfile.TemporaryDirectory() as work:
        index = index_of(ROOT / "corpus/samples", Path(work))
        if given.unprotected:
            with shared_stemmer():
                wrong = examine(index, asked, given.threads, given.count)
        else:
            wrong = examine(index, asked, given.threads, given.count)
    print(
        f"{given.count} omgångar, {given.count * len(asked)} svar från {given.threads} trådar, {wrong} olika"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
