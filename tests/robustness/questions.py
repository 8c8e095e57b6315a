"""Any question is answered, or refused in words: `python -m tests.robustness.questions --count 5000`.

Questions of the evaluation taken apart, joined, cut, misspelt and mixed with figures, signs and letters of other scripts:
over the sample agreements at every door that takes one, and as many over the tests' tiny world, where vectors of a few
places are often alike or opposite. Warnings are errors. No answer may be a 500, and every citation must be the
agreement's own words at its place. `--unprotected` goes halfway between two vectors without looking whether they are
opposite, as it once was.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from fastapi.testclient import TestClient

from api.app import create_app
from api.json_lines import ANSWER
from api.settings import Settings
from corpus.reading.document import read_document
from corpus.types import AvtalError
from indexer.build import build_index
from indexer.store import Index, open_index
from retriever import engine, fusion, statements
from retriever.answer import ask
from retriever.engine import open_engine
from retriever.fusion import Scores
from tests.conftest import WordEncoder, write_agreements
from tests.robustness.server import ROOT, index_of

DOORS = (
    "/api/ask?q={}", "/api/ask?q={}", "/api/ask?q={}&lang=en", "/?q={}", "/?q={}&lang=en", "/api/search?q={}&limit=20", "/api/suggest?q={}",
    "/api/export?q={}&format=docx", "/api/export?q={}&format=csv", "/api/export?q={}&format=md", "/api/feeds/search.atom?q={}",
)  # fmt: skip
_SIGNS = (
    "?", "!", "§", "§§", "-", "–", "/", "\\", "(", ")", "”", '"', "'", ":", ";", ".", ",", "...", "%", "&", "\t", "\u00a0", "\u200b", "\u202e", "\ufeff", "\U0001f600",
    "́", "ß", "İ", "ﬁ", "中文", "العربية", "٣", "½", "²", "\u2028", "\x00", "\x1c", "å" * 30, "0" * 40, "2024-02-30", "31 februari", "1 kap. 2 §", "9" * 400, "OR", "NOT",
)  # fmt: skip
_STARTS = (
    "vilka avtal", "vilket avtal", "hur många", "hur mycket", "när", "vem", "vad", "får", "kan", "är det sant att", "jämför", "which agreements", "what is", "upp upp",
    "avtal som inte", "alla avtal utom", "avtal mellan", "avtal från 2024", "äldsta", "största", "visa",
)  # fmt: skip

_ONCE_WRONG = ("upp upp åäö", "\x1c", "vilka avtal \u200b?")
"""Asked first: what once was a crash, or could be."""


@dataclass
class Outcome:
    """Questions by how they were answered, how many citations were held against their agreement, and what was wrong."""

    states: Counter[str] = field(default_factory=Counter)
    citations: int = 0
    wrong: list[str] = field(default_factory=list)


def drawn(words: Sequence[str], questions: Sequence[str], chance: random.Random) -> str:
    """A question, of at most a thousand characters."""
    match chance.randrange(6):
        case 0:
            made = list(chance.choice(questions))
            for _ in range(chance.randint(1, 6)):
                at = chance.randrange(len(made) + 1)
                made[at : at + chance.randrange(3)] = chance.choice(("", *_SIGNS, *"abcåäö 0123"))
            return "".join(made)[:1000]
        case 1:
            return f"{chance.choice(_STARTS)} {' '.join(chance.choices(words, k=chance.randint(0, 5)))}?"
        case 2:
            return " ".join(chance.choices((*words, *_SIGNS, *_STARTS), k=chance.randint(1, 12)))[:1000]
        case 3:
            one, other = chance.sample(questions, 2)
            return f"{one[: chance.randrange(len(one))]} {other[chance.randrange(len(other)) :]}"[:1000]
        case 4:
            return "".join(
                chr(chance.choice((32, 45, 63, 229, 246, 97, 110, 0x301, chance.randrange(1, 0xD800))))
                for _ in range(chance.randint(1, 40))
            )
        case _:
            return " ".join([chance.choice(words)] * chance.choice((1, 2, 3, 60)))[:1000]


def questions_over(index: Index, count: int, chance: random.Random) -> Iterator[str]:
    """So many questions, of the evaluation's words and the agreements'; before them those that once were answered wrongly."""
    yield from _ONCE_WRONG
    rows = (ROOT / "evals/cases/samples.jsonl").read_text("utf-8").splitlines()
    known = [str(json.loads(row)["q"]) for row in rows]
    texts = " ".join(agreement.text for agreement in index.agreements.values()).split()
    words = sorted(
        {word for question in known for word in question.split()} | {*chance.choices(texts, k=300)}
    )
    for _ in range(count):
        yield drawn(words, known, chance)


def at_doors(root: Path, count: int, chance: random.Random) -> Outcome:
    """So many questions over the index, each at one door of the service."""
    outcome, index = Outcome(), open_index(root)
    with TestClient(create_app(Settings(index=root)), raise_server_exceptions=False) as client:
        for asked in questions_over(index, count, chance):
            door = chance.choice(DOORS)
            reply = client.get(door.format(quote(asked)), headers={"Accept": "*/*"})
            outcome.states[str(reply.status_code)] += 1
            if reply.status_code not in (200, 400, 422):
                outcome.wrong.append(f"{door} {asked!r}: status {reply.status_code}")
            if door.startswith("/api/ask") and reply.status_code == 200:
                _hold(reply.json(), index, asked, outcome)
    return outcome


def in_the_tiny_world(work: Path, count: int, chance: random.Random) -> Outcome:
    """So many questions over the tests' four agreements, asked of the engine itself."""
    build_index(write_agreements(work / "avtal"), work / "index", WordEncoder(), read_document)
    opened, outcome = open_engine(work / "index", WordEncoder()), Outcome()
    for asked in questions_over(opened.index, count, chance):
        try:
            answer = ask(opened, asked)
        except AvtalError:
            outcome.states["vägrad"] += 1
        except Exception as error:  # noqa: BLE001 - whatever else comes is what is looked for
            outcome.wrong.append(f"{asked!r}: {type(error).__name__}: {error}")
        else:
            outcome.states["besvarad"] += 1
            _hold(ANSWER.dump_python(answer, mode="json"), opened.index, asked, outcome)
    return outcome


def _hold(body: object, index: Index, asked: str, outcome: Outcome) -> None:
    """Note each citation whose quote is not what stands at its place."""
    for cited in _citations(body):
        outcome.citations += 1
        text = index.agreements[str(cited["agreement_id"])].text
        if text[cited["start"] : cited["end"]] != cited["quote"]:
            outcome.wrong.append(f"{asked!r}: ett citat är inte avtalets ord")


def _citations(body: object) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        if {"agreement_id", "start", "end", "quote"} <= body.keys():
            yield body
        body = list(body.values())
    if isinstance(body, list):
        for each in body:
            yield from _citations(each)


@contextmanager
def unprotected() -> Iterator[None]:
    """Halfway between two vectors whatever they are."""

    def naive(one: Scores, other: Scores) -> Scores:
        both = one + other
        return np.asarray(both / np.linalg.norm(both), np.float32)

    kept = fusion.halfway
    for module in (engine, statements):
        vars(module)["halfway"] = naive
    try:
        yield
    finally:
        for module in (engine, statements):
            vars(module)["halfway"] = kept


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.questions", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="antal frågor i var och en av världarna")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=Path, help="ett index; annars görs ett av exempelavtalen")
    parser.add_argument("--unprotected", action="store_true", help="utan skydd för motsatta vektorer")
    given = parser.parse_args(arguments)
    warnings.simplefilter("error")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as work, unprotected() if given.unprotected else nullcontext():
        place, chance = Path(work), random.Random(given.seed)
        found = [("fyra avtal", in_the_tiny_world(place, given.count, chance))]
        index = given.index or index_of(ROOT / "corpus/samples", place / "exempel")
        found.append(("exempelavtalen", at_doors(index, given.count, chance)))
    for world, outcome in found:
        for row in outcome.wrong[:10]:
            print(f"FEL {row}")
        print(f"{world}: {dict(outcome.states)}, {outcome.citations} citat, {len(outcome.wrong)} fel")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(any(outcome.wrong for _, outcome in found))


if __name__ == "__main__":
    sys.exit(main())
