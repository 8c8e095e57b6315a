"""What a comparison concludes, in a plain sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evals.cases import CaseType
from evals.compare import compare_runs
from evals.record import Row, Run
from evals.verdict import conclusion, verdict

MakeRow = Callable[..., Row]
MakeRun = Callable[..., Run]


@pytest.fixture
def before(made_row: MakeRow, made_run: MakeRun) -> Run:
    """Forty cases, every other right."""
    return made_run([made_row(f"l{place}", place % 2) for place in range(40)])


def test_a_real_gain_is_called_better_and_its_opposite_worse(
    before: Run, made_row: MakeRow, made_run: MakeRun
) -> None:
    after = made_run([made_row(f"l{place}", 1.0) for place in range(40)])
    gain, loss = compare_runs(before, after), compare_runs(after, before)
    assert conclusion(gain).startswith("Slutsats: B är bättre än A (+0,500")
    assert conclusion(loss).startswith("Slutsats: B är sämre än A (−0,500")
    assert [verdict(gain.differences[0]), verdict(loss.differences[0])] == ["B är bättre", "B är sämre"]


def test_two_gains_and_a_loss_of_forty_are_noise(before: Run, made_row: MakeRow, made_run: MakeRun) -> None:
    scores = {1: 0.0, 2: 1.0, 4: 1.0}
    after = made_run([made_row(f"l{place}", scores.get(place, place % 2)) for place in range(40)])
    comparison = compare_runs(before, after)
    assert conclusion(comparison).startswith("Slutsats: skillnaden är brus (+0,025")
    assert verdict(comparison.differences[0]) == "brus"


def test_the_same_answers_are_no_difference(before: Run) -> None:
    comparison = compare_runs(before, before)
    assert conclusion(comparison) == "Slutsats: B svarar som A; inget fall fick en annan poäng."
    assert verdict(comparison.differences[0]) == "ingen skillnad"


def test_types_are_judged_for_being_several(made_row: MakeRow, made_run: MakeRun) -> None:
    """Six cases of six gained are p 1/32: below 0.05 alone, not as one of two types."""
    kinds = (CaseType.LOCATE, CaseType.LOOKUP)
    cases = [(f"{kind.value}{number}", kind) for kind in kinds for number in range(6)]
    nothing = made_run([made_row(name, 0.0, kind) for name, kind in cases])
    lookups = made_run([made_row(name, float(kind is CaseType.LOOKUP), kind) for name, kind in cases])
    locate, lookup, total = compare_runs(nothing, lookups).differences
    assert (locate.significant, lookup.significant, total.significant) == (False, False, True)
