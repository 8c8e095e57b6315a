"""What a whole question costs inside the process: `python -m evals.speed INDEX`.

The questions are those of the shipped cases, or of `--questions FILE`: one a line, as JSON, either a case or
{"kind": "list", "q": "Vilka avtal …?"}. Each is asked once cold, just after the index was opened, and `--rounds` times
more; then searched for, which lists passages and answers nothing. CPU time tells the work on a busy machine too; wall time
is what a reader waits. The encoder is counted apart: `--without-encoder` remembers each question's vector after the first
time. A large index to ask: evals/enlarged.py.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.cases import CASES_FOLDER
from indexer.types import Encoder, EncoderInfo, FloatMatrix
from retriever.answer import ask
from retriever.engine import Engine, open_engine
from retriever.results import search

ALL = "alla"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked once, in milliseconds of this process and of the clock."""

    kind: str
    cpu: float
    wall: float


class Remembering:
    """An encoder that encodes each question once, so that what is timed is everything else."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, ...], FloatMatrix] = {}

    @property
    def info(self) -> EncoderInfo:
        """The encoder's fingerprint."""
        return self._encoder.info

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """float32, shape (len(texts), dimension), as the encoder gave them the first time."""
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._encoder.encode_queries(texts)
        return self._known[key]

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """As the encoder gives them."""
        return self._encoder.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the encoder counts them."""
        return self._encoder.count_tokens(texts)


def questions_in(path: Path) -> list[tuple[str, str]]:
    """Kind and question of each line; a case's kind is its type."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(str(row.get("kind") or row["type"]), str(row["q"])) for row in rows]


def timed(
    engine: Engine, questions: Iterable[tuple[str, str]], put: Callable[[Engine, str], object] = ask
) -> list[Asked]:
    """Each question put once, in order."""
    found: list[Asked] = []
    for kind, question in questions:
        cpu, wall = time.process_time(), time.perf_counter()
        put(engine, question)
        found.append(Asked(kind, 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)))
    return found


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass (nearest rank)."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def table(name: str, asked: Sequence[Asked]) -> str:
    """Median and 95th percentile by kind and of all, a line each."""
    kinds = [ALL, *dict.fromkeys(each.kind for each in asked)]
    lines = []
    for kind in kinds:
        of_kind = [each for each in asked if kind in (ALL, each.kind)]
        cpu, wall = [each.cpu for each in of_kind], [each.wall for each in of_kind]
        lines.append(
            f"{name:5} {kind:9} {len(of_kind):5}  cpu {statistics.median(cpu):7.1f} {p95(cpu):7.1f}"
            f"  klocka {statistics.median(wall):7.1f} {p95(wall):7.1f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the tables: median and 95th percentile in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=Path, default=CASES_FOLDER / "samples.jsonl")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--without-encoder", action="store_true")
    options = parser.parse_args()
    engine = open_engine(options.index)
    if options.without_encoder:
        engine = replace(engine, encoder=Remembering(engine.encoder))
    questions = questions_in(options.questions)
    print(f"{len(engine.index.agreements)} avtal, {len(engine.index.passages)} stycken; median och p95 i ms")
    print(table("kall", timed(engine, questions)), flush=True)
    warm = [each for _ in range(options.rounds) for each in timed(engine, questions)]
    print(table("varm", warm), flush=True)
    searched = [each for _ in range(options.rounds) for each in timed(engine, questions, search)]
    print(table("sök", searched))


if __name__ == "__main__":
    main()
