"""The system under test: an open index and the question put to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.places import Sections
from retriever.answer import ask
from retriever.engine import Engine, open_engine
from retriever.types import Answer, Filters


@dataclass(frozen=True, slots=True)
class System:
    """An asking callable with what a manifest says about it. `texts` and `sections` are by agreement id."""

    ask: Callable[[str], Answer]
    texts: Mapping[str, str]
    sections: Sections
    generation: str
    encoder: str


def open_system(folder: Path, limit: int) -> System:
    """The folder's index, asked without filters for `limit` hits at most. Raises AvtalError without one."""
    return system_of(open_engine(folder), limit)


def system_of(engine: Engine, limit: int) -> System:
    """The engine, asked without filters for `limit` hits at most."""
    index = engine.index

    def put(question: str) -> Answer:
        return ask(engine, question, Filters(), limit)

    return System(
        ask=put,
        texts={agreement_id: agreement.text for agreement_id, agreement in index.agreements.items()},
        sections={agreement_id: agreement.sections for agreement_id, agreement in index.agreements.items()},
        generation=index.generation,
        encoder=index.manifest.encoder.name,
    )
