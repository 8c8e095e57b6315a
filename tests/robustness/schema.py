"""Requests drawn from the API's own reference, valid and broken: no answer may be unplanned or depart from the reference.

Every operation gets as many. An answer is wrong where its status is 5xx and not in the reference, or status, content type,
headers or body are not what the reference says, or a broken value is taken, or a good one refused. A broken query that the
address could not hold is none: it was sent as one that the reference allows. `--unprotected` asks a server whose reference
says another thing than it does.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import AcceptedNegativeData, Failure, FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok

from api.app import create_app
from api.settings import Settings
from tests.robustness.server import ROOT, index_of
from tests.robustness.wire import query_is_valid

SECONDS = 120
"""For an answer; the first table of an index takes some."""
logger = logging.getLogger("schema")

EACH = 50
"""Cases drawn at a time; each lot has a seed of its own."""


@dataclass
class Outcome:
    """Requests sent, statuses, and what departed from the reference, by operation and kind, with an example."""

    sent: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mended: int = 0
    """Broken queries that were whole as sent, and rightly taken."""
    example: dict[str, str] = field(default_factory=dict)

    def note(self, operation: str, failure: Failure, case: Any, url: str) -> None:
        """Note a departure, of a request to the address."""
        if isinstance(failure, AcceptedNegativeData) and _is_whole(case, url):
            self.mended += 1
            return
        key = f"{operation}: {failure.title}"
        self.wrong[key] += 1
        self.example.setdefault(key, f"{failure.message[:300]} | {case.as_curl_command()[:400]}")


def _is_whole(case: Any, url: str) -> bool:
    """True where the query alone was broken, and the address does not show it."""
    broken = {place for place, about in case.meta.components.items() if about.mode is GenerationMode.NEGATIVE}
    operation = case.operation
    return broken == {ParameterLocation.QUERY} and query_is_valid(
        url, operation.definition.raw, operation.schema.raw_schema
    )


def ask(operation: Any, mode: GenerationMode, count: int, chance: int, outcome: Outcome) -> None:
    """Send so many cases of an operation."""
    name = f"{operation.method.upper()} {operation.path}"

    @seed(chance)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        response = case.call(timeout=SECONDS)
        outcome.sent[name] += 1
        outcome.statuses[response.status_code] += 1
        try:
            case.validate_response(response)
        except FailureGroup as group:
            for failure in group.exceptions:
                outcome.note(name, failure, case, response.request.url)
        except Failure as failure:
            outcome.note(name, failure, case, response.request.url)

    try:
        one()
    except Unsatisfiable:  # no value of its parameters can be broken in a way that an address can hold
        if mode is GenerationMode.POSITIVE:
            raise
        ask(operation, GenerationMode.POSITIVE, count, chance, outcome)


def examine(app: FastAPI, count: int, first: int = 0, each: int = EACH) -> Outcome:
    """At least so many requests, as many to each operation that takes anything, half of them with broken values.

    `first` is the first lot's seed.
    """
    outcome = Outcome()
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, timeout=SECONDS)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    for lot in itertools.count(first):
        if outcome.sent.total() >= count:
            break
        for operation in operations:
            takes = operation.query or operation.path_parameters or operation.headers or operation.body
            broken = lot % 2 == 1 and takes
            ask(operation, GenerationMode.NEGATIVE if broken else GenerationMode.POSITIVE, each, lot, outcome)
        logger.info("%d anrop, %d avvikelser", outcome.sent.total(), outcome.wrong.total())
    return outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; exit status 0 where no answer departed from the reference."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.schema", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0, help="första omgångens frö")
    parser.add_argument("--index", type=Path, help="ett index; annars görs ett av exempelavtalen")
    parser.add_argument(
        "--unprotected", action="store_true", help="en server som gör annat än referensen säger"
    )
    given_ = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as work:
        index = given_.index or index_of(ROOT / "corpus/samples", Path(work))
        app = create_app(Settings(index=index, feedback=Path(work) / "utkast"))
        if given_.unprotected:
            spoil(app)
        outcome = examine(app, given_.count, given_.seed)
    for key, times in outcome.wrong.most_common(20):
        print(f"FEL {times} {key}\n    {outcome.example[key]}")
    unplanned = sum(times for status, times in outcome.statuses.items() if status >= 500 and status != 503)
    print(
        f"{outcome.sent.total()} anrop till {len(outcome.sent)} vägar, status {dict(sorted(outcome.statuses.items()))}"
    )
    print(
        f"{unplanned} oplanerade 5xx, {outcome.wrong.total()} avvikelser från referensen; "
        f"{outcome.mended} trasiga frågor som adressen gjorde hela"
    )
    return int(bool(outcome.wrong) or bool(unplanned))


def spoil(app: FastAPI) -> None:
    """Answer health with a number."""
    app.router.routes[:] = [
        route for route in app.router.routes if getattr(route, "path", "") not in ("/healthz",)
    ]

    @app.get("/healthz")
    def health() -> int:
        return 1


if __name__ == "__main__":
    sys.exit(main())
