"""What speaks for a passage, and the order that follows from it."""

from __future__ import annotations

import numpy as np
import pytest

from retriever.asked import Asked, put
from retriever.engine import Engine
from retriever.ranking import WEIGHTS, told, utilities
from retriever.search import RERANKED
from retriever.types import Filters

NAMES = list(WEIGHTS)


def asked_of(engine: Engine, text: str) -> Asked:
    return put(engine, text, Filters(), 10)


def test_the_first_rows_stand_in_the_order_of_their_utilities(samples: Engine) -> None:
    asked = asked_of(samples, "Vad gäller när en av parterna vill lämna samarbetet?")
    first = asked.rows[:RERANKED]
    assert set(first) == set(asked.utilities)
    assert first == sorted(first, key=lambda row: (-asked.utilities[row], row))
    numbers = told(samples, asked.question, asked.scored, asked.scope, first)
    assert numbers.shape == (RERANKED, len(WEIGHTS))
    assert utilities(numbers).tolist() == pytest.approx([asked.utilities[row] for row in first])


def test_the_agreement_counts_by_its_best_passage(engine: Engine) -> None:
    asked = asked_of(engine, "Hur sköter bolaget vattnet i badhuset?")
    rows = engine.rows_of("badet")
    numbers = told(engine, asked.question, asked.scored, asked.scope, rows)
    assert len(rows) > 1
    assert set(numbers[:, NAMES.index("agreement_words")].tolist()) == {float(asked.scored.words[rows].max())}
    spread = asked.scored.own.std()
    assert numbers[:, NAMES.index("agreement")] == pytest.approx(asked.scored.own[rows].max() / spread)


def test_unread_passages_have_no_support_and_the_rest_is_the_same(engine: Engine) -> None:
    asked = asked_of(engine, "Hur sköter bolaget vattnet i badhuset?")
    rows = engine.rows_of("badet")
    read, unread = (
        told(engine, asked.question, asked.scored, asked.scope, rows, read=read) for read in (True, False)
    )
    words = [NAMES.index("support"), NAMES.index("stated")]
    assert read[:, words].any() and not unread[:, words].any()
    rest = [place for place in range(len(NAMES)) if place not in words]
    assert np.array_equal(read[:, rest], unread[:, rest])


def test_a_named_agreement_is_told(engine: Engine) -> None:
    asked = asked_of(engine, "Var i driftavtalet står det om vattnet?")
    rows = [*engine.rows_of("badet"), *engine.rows_of("hyra/ladan")]
    named = told(engine, asked.question, asked.scored, asked.scope, rows)[:, NAMES.index("named")]
    assert named.tolist() == [1.0] * len(engine.rows_of("badet")) + [0.0] * len(engine.rows_of("hyra/ladan"))
