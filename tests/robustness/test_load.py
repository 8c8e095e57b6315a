"""A server under more load than it bears, which then ends; at full size by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

from pathlib import Path

from tests.robustness import load
from tests.robustness.server import Reply, index_of


def test_the_server_sheds_what_it_cannot_bear_and_ends_without_cutting(folder: Path, tmp_path: Path) -> None:
    seen = load.examine(index_of(folder, tmp_path), 2, 8, 1)
    assert not seen.wrong
    assert seen.states["503"] > 0
    assert seen.states["200"] > 0
    assert (seen.ends, seen.cut) == (1, 0)


def test_what_is_wrong_is_counted() -> None:
    seen = load.Seen(
        idle=[0.01] * 100,
        served=[0.02] * 98 + [0.04] * 2,
        health=[0.01, 0.2],
        ends=1,
        cut=1,
        end_seconds=[1.0],
    )
    for status, headers in ((200, {}), (503, {}), (503, {"retry-after": "1"}), (500, {}), (0, {})):
        load._judge(Reply(status, headers, b"", 0.01), seen)
    assert seen.wrong == {"503 utan Retry-After": 1, "status 500": 1, "status avbruten": 1}
    assert seen.ratio == 4.0
    assert [held for _, held in load.holds(seen)] == [False] * 4
