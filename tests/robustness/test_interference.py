"""What a reader may not read changes no byte of an answer; at full size by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

import random
from pathlib import Path

from tests.robustness import interference
from tests.robustness.random_worlds import world_of


def test_no_answer_tells_of_an_agreement_that_the_reader_may_not_read(tmp_path: Path) -> None:
    outcome = interference.examine(tmp_path, 300, seed=11)
    assert (outcome.told, outcome.different.total()) == ([], 0)
    assert outcome.compared.total() == 300
    assert outcome.open_too > 100
    assert len(outcome.compared) > 15


def test_a_filter_on_the_answers_tells(tmp_path: Path) -> None:
    outcome = interference.examine(tmp_path, 60, seed=11, unprotected=True)
    assert outcome.different.total() > 10


def test_worlds_have_both_what_is_hidden_and_what_is_readable() -> None:
    worlds = [world_of(random.Random(seed)) for seed in range(40)]
    shares = [len(world.readable(("hr",))) / len(world.steps[-1]) for world in worlds]
    assert sum(0 < share < 1 for share in shares) > 25
    assert {len(world.steps) for world in worlds} == {1, 2, 3}
    assert any(world.cards for world in worlds)
