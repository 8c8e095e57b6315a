"""What a question costs: the percentile by hand, and a line a kind."""

from __future__ import annotations

import json
from pathlib import Path

from evals.speed import Asked, p95, questions_in, table


def test_the_95th_percentile_is_the_nearest_rank() -> None:
    assert p95([float(value) for value in range(20, 0, -1)]) == 19.0
    assert p95([7.0]) == 7.0


def test_a_table_has_all_and_each_kind() -> None:
    rows = table("varm", [Asked("list", 4.0, 8.0), Asked("fact", 2.0, 6.0)]).splitlines()
    assert [row.split()[1:4] for row in rows] == [
        ["alla", "2", "cpu"],
        ["list", "1", "cpu"],
        ["fact", "1", "cpu"],
    ]
    assert rows[0].split()[4] == "3.0"


def test_questions_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "frågor.jsonl"
    rows = [
        {"kind": "list", "q": "Vilka avtal nämner snö?"},
        {"id": "f-1", "type": "fact", "q": "Vad är hyran?"},
    ]
    path.write_text("\n\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert questions_in(path) == [("list", "Vilka avtal nämner snö?"), ("fact", "Vad är hyran?")]
