"""Does a passage's header bring the right agreement first? `python -m evals.passage_headers --of INDEX CASES`.

The questions are those of fact and place that name their agreement: by a party, or by its title. The index is made anew in
memory with each header, the passages otherwise the same, and every way of ranking is asked which agreement comes first.
`--of` may be given several times; a case belongs to the index it is given with.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from corpus.types import Agreement
from evals.cases import Case, CaseType, load_cases
from evals.cli_common import case_paths
from evals.intervals import bootstrap_interval, randomisation_p
from evals.pool import embedded
from evals.wording import number, signed
from indexer.lexical import LexicalIndex
from indexer.types import Passage
from indexer.vectors import VectorIndex
from retriever.answer import ask
from retriever.engine import Engine, engine_over, open_engine, ordered


class Header(StrEnum):
    """What stands above a passage. `SHIPPED`: title and section path; `PARTIES`: the parties between the two."""

    NONE = "inget"
    TITLE = "titel"
    SHIPPED = "titel › avsnitt"
    PARTIES = "titel › parter › avsnitt"


Wrong = dict[str, tuple[bool, ...]]
"""By way of ranking, of each question: does another agreement's passage come first?"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A way of ranking with a header, beside the same way without: shares of wrong agreements, 0..1."""

    way: str
    header: Header
    wrong: float
    without: float
    low: float
    high: float
    p: float


def header_of(passage: Passage, agreement: Agreement, header: Header) -> str:
    """The passage's header as that kind has it."""
    match header:
        case Header.NONE:
            return ""
        case Header.TITLE:
            return agreement.title
        case Header.SHIPPED:
            return passage.header
        case Header.PARTIES:
            below = passage.header.removeprefix(agreement.title).removeprefix(" › ")
            return " › ".join(part for part in (agreement.title, ", ".join(agreement.parties), below) if part)


def with_header(engine: Engine, header: Header) -> Engine:
    """An engine over the same passages under another header, words and vectors made anew."""
    index = engine.index
    passages = [
        replace(passage, header=header_of(passage, index.agreements[passage.agreement_id], header))
        for passage in index.passages
    ]
    vectors, sentences = embedded(index.agreements, passages, engine.encoder)
    words, near = LexicalIndex.build(passages), VectorIndex.build(vectors)
    made = replace(index, passages=passages, words=words, vectors=near, sentences=sentences)
    return engine_over(made, engine.encoder)


def naming(engine: Engine, cases: Sequence[Case]) -> list[Case]:
    """The fact and place cases whose question names a party of an expected agreement, or the agreement by its title."""
    return [
        case for case in cases if case.scoring in (CaseType.FACT, CaseType.LOCATE) and _names(engine, case)
    ]


def _names(engine: Engine, case: Case) -> bool:
    understood = engine.understand(case.q)
    parties = {party for name in case.expected for party in engine.index.agreements[name].parties}
    return not parties.isdisjoint(understood.parties) or not engine.named_by(understood).isdisjoint(
        case.expected
    )


def _by_product(engine: Engine, question: str) -> str | None:
    hits = ask(engine, question).hits
    return hits[0].agreement_id if hits else None


def _by_fusion(engine: Engine, question: str) -> str | None:
    everywhere = np.ones(len(engine.index.passages), dtype=np.bool_)
    return _first(engine, engine.scores(engine.understand(question), everywhere).fused)


def _by_vectors(engine: Engine, question: str) -> str | None:
    return _first(engine, engine.index.vectors.scores(engine.encoder.encode_queries([question])))


def _first(engine: Engine, scores: np.ndarray) -> str:
    return engine.index.passages[ordered(scores)[0]].agreement_id


WAYS: Mapping[str, Callable[[Engine, str], str | None]] = {
    "Avtalssök": _by_product,
    "ord och kodare": _by_fusion,
    "kodaren": _by_vectors,
}
"""The product; its words and vectors without what it knows of names; the encoder alone."""


def wrong_first(engine: Engine, cases: Sequence[Case]) -> Wrong:
    """Every case asked in every way; a question that shows no passage has none of a wrong agreement."""
    return {
        way: tuple(
            first is not None and first not in case.expected
            for case in cases
            for first in (put(engine, case.q),)
        )
        for way, put in WAYS.items()
    }


def compared(by_header: Mapping[Header, Wrong]) -> list[Measured]:
    """Each way and header beside the same way without: the paired 95 % interval of the change, and its p."""
    rows = []
    for way in WAYS:
        without = by_header[Header.NONE][way]
        for header, wrong in by_header.items():
            if header is Header.NONE:
                continue
            changes = [float(with_) - float(bare) for with_, bare in zip(wrong[way], without, strict=True)]
            change = bootstrap_interval(changes)
            shares = float(np.mean(wrong[way])), float(np.mean(without))
            rows.append(Measured(way, header, *shares, change.low, change.high, randomisation_p(changes)))
    return rows


def table(rows: Sequence[Measured], questions: int) -> str:
    """A Markdown table, with the number of questions above it."""
    lines = [
        f"{questions} frågor om fakta och ställen som nämner sitt avtal; andel där ett annat avtals stycke kommer först.\n",
        "| rangordnat av | rubrik | fel avtal | utan rubrik | skillnad (95 %) | p |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        change = f"{signed(row.wrong - row.without)} ({signed(row.low)} till {signed(row.high)})"
        lines.append(
            f"| {row.way} | {row.header} | {number(row.wrong)} | {number(row.without)} | {change} | {number(row.p, 4)} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of", nargs=2, metavar=("INDEX", "CASES"), action="append", required=True)
    options = parser.parse_args()
    joined: dict[Header, Wrong] = {header: dict.fromkeys(WAYS, ()) for header in Header}
    for index, cases in options.of:
        engine = open_engine(Path(index))
        asked = naming(engine, load_cases(*case_paths([cases])))
        for header in Header:
            found = wrong_first(with_header(engine, header), asked)
            joined[header] = {way: (*joined[header][way], *found[way]) for way in WAYS}
    print(table(compared(joined), len(joined[Header.NONE]["kodaren"])))


if __name__ == "__main__":
    main()
