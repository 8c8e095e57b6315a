"""The first rows are those of the whole order, ties and all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retriever.engine import first_of, ordered


@given(st.lists(st.integers(-2, 3), max_size=30), st.integers(0, 35))
def test_the_first_rows_are_the_order_s_own(scores: list[int], count: int) -> None:
    values = np.array(scores, dtype=np.float32)
    assert first_of(values, count) == ordered(values)[:count]


def test_rows_that_score_alike_come_in_row_order() -> None:
    assert first_of(np.array([0.5, 1.0, 0.5, 0.5], dtype=np.float32), 3) == [1, 0, 2]
