"""What was asked for last is kept, within a bound, from any number of threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from retriever.recent import Recent


def test_what_is_not_asked_for_is_let_go() -> None:
    kept: Recent[int, str] = Recent(2)
    for number in (1, 2, 3):
        assert kept.keep(number, f"nr {number}") == f"nr {number}"
    assert kept.get(1) == "nr 1"  # asked for: among the last again
    kept.keep(4, "nr 4")
    assert [kept.get(number) for number in (1, 2, 3)] == ["nr 1", None, "nr 3"]


@given(st.integers(1, 9), st.lists(st.integers(0, 30), max_size=200))
def test_the_bound_holds_and_the_last_are_there(least: int, keys: list[int]) -> None:
    kept: Recent[int, int] = Recent(least)
    for key in keys:
        if kept.get(key) is None:
            kept.keep(key, -key)
        assert len(kept) <= 2 * least
    last = list(dict.fromkeys(reversed(keys)))[:least]
    assert [kept.get(key) for key in reversed(last)] == [-key for key in reversed(last)]


def test_threads_get_what_was_kept_under_the_key() -> None:
    kept: Recent[int, int] = Recent(5)

    def ask(number: int) -> bool:
        key = number % 23
        found = kept.get(key)
        return (kept.keep(key, 7 * key) if found is None else found) == 7 * key

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(20_000)))
    assert len(kept) <= 10
