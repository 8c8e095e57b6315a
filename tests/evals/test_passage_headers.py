"""What a passage's header does to the agreement that comes first: the shares and their change, by hand."""

from __future__ import annotations

from dataclasses import replace

from evals.passage_headers import WAYS, Header, compared, header_of
from retriever.engine import Engine


def test_each_header_stands_beside_none_at_all() -> None:
    bare: dict[str, tuple[bool, ...]] = dict.fromkeys(WAYS, (True, True, False, False))
    titled: dict[str, tuple[bool, ...]] = dict.fromkeys(WAYS, (True, False, False, False))
    rows = compared({Header.NONE: bare, Header.TITLE: titled})
    assert [(row.way, row.header) for row in rows] == [(way, Header.TITLE) for way in WAYS]
    assert {(row.wrong, row.without) for row in rows} == {(0.25, 0.5)}
    assert all(row.low <= -0.25 <= row.high for row in rows)


def test_a_header_as_each_kind_has_it(engine: Engine) -> None:
    passage = engine.index.passages[0]
    agreement = replace(engine.agreement(passage), title="Hyra", parties=("A", "B"))
    passage = replace(passage, header="Hyra › 1 Hyran")
    assert [header_of(passage, agreement, kind) for kind in Header] == [
        "",
        "Hyra",
        "Hyra › 1 Hyran",
        "Hyra › A, B › 1 Hyran",
    ]
