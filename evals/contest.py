"""The product and every baseline over the same cases: `avtal eval baselines`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.baseline_table import Contender
from evals.baselines import answering, as_ranked, chosen_threshold, ranked_cases, run_ranked
from evals.cases import Case, Split
from evals.machine import current_commit, this_machine
from evals.peers import PeerMissingError, peer_rankers
from evals.rankers import Ranker, encoder_ranker, own_rankers
from evals.record import Manifest, Row, Run, save_run
from evals.run import cases_sha256, run_cases
from evals.system import System, system_of
from retriever.engine import Engine

PRODUCT = "product"
_PRODUCT_TOLD = "Avtalssök"


@dataclass(frozen=True, slots=True)
class ContestOptions:
    """What is measured. `split` None asks both halves; `only` are rankers' names, empty for all; `encoders` are
    further ones to measure alone; `results` None stores nothing.
    """

    case_files: tuple[Path, ...]
    split: Split | None
    results: Path | None
    limit: int = 10
    only: tuple[str, ...] = ()
    encoders: tuple[str, ...] = ()


def chosen_rankers(options: ContestOptions) -> tuple[Ranker, ...]:
    """The rankers to measure, in the table's order."""
    every = (*own_rankers(), *(encoder_ranker(name) for name in options.encoders), *peer_rankers())
    return tuple(ranker for ranker in every if not options.only or ranker.name in options.only)


def hold_contest(
    engine: Engine, cases: Sequence[Case], options: ContestOptions, tell: Callable[[str], None]
) -> tuple[Contender, ...]:
    """The product first, then each baseline. Thresholds come from the tune half of `cases`, whatever half is asked.

    A peer that is not installed stands there without rows and with the reason. `tell` is told what is being measured.
    """
    asked = [case for case in cases if options.split in (None, case.half)]
    system = system_of(engine, options.limit)
    tell(_PRODUCT_TOLD)
    own = run_cases(asked, system.ask, system.texts, sections=system.sections)
    ranked = {case.id for case in ranked_cases(asked)}
    _store(PRODUCT, [as_ranked(row) for row in own if row.id in ranked], system, options)
    found = [Contender(_PRODUCT_TOLD, own)]
    for ranker in chosen_rankers(options):
        tell(ranker.told)
        try:
            rank = ranker.make(engine)
        except PeerMissingError as missing:
            found.append(Contender(ranker.told, (), str(missing)))
            continue
        threshold = chosen_threshold(engine, rank, cases)
        rows = run_ranked(system, asked, answering(engine, rank, threshold, options.limit))
        _store(ranker.name, rows, system, options)
        found.append(Contender(ranker.told, rows))
    return tuple(found)


def _store(name: str, rows: Sequence[Row], system: System, options: ContestOptions) -> None:
    if options.results is None:
        return
    split = f" --split {options.split.value}" if options.split is not None else " --all"
    manifest = Manifest(
        name=f"baseline-{name}",
        command=f"avtal eval baselines --only {name}{split}",
        commit=current_commit(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=this_machine(),
        generation=system.generation,
        encoder=Path(system.encoder).name,
        case_files=tuple(path.name for path in options.case_files),
        cases_sha256=cases_sha256(options.case_files),
        agreements=len(system.texts),
    )
    save_run(Run(manifest=manifest, rows=tuple(rows)), options.results)
