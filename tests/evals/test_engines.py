"""Engines side by side: passages are made of whole sentences, ours finds what it was given, the table is of ratios."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.engine_kinds import ENGINES, Fts5, Ours, WordEngine, terms_of
from evals.engines import Cost, installed, measured, passages_from, questions_from, table
from indexer.swedish.stems import stem

TEXTS = ["Hyran betalas varje månad.", "Uppsägning sker skriftligen.", "Kompetensförsörjning är målet."]


def test_passages_are_neighbouring_sentences_of_a_hundred_words(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("Ett två tre fyra fem sex sju åtta nio tio.\n" * 25, encoding="utf-8")
    found = list(passages_from([file]))
    assert [len(passage.split()) for passage in found] == [100, 100]


@pytest.mark.parametrize("kind", [Ours, Fts5])
def test_what_is_added_later_is_found_too(kind: type[Ours] | type[Fts5], tmp_path: Path) -> None:
    engine: WordEngine = kind(tmp_path)
    engine.add(TEXTS[:2])
    engine.add(TEXTS[2:])
    engine.save()
    assert engine.best("uppsägningen")[0] == 1
    assert engine.best("försörjning")[0] == 2


def test_the_others_are_given_stems_and_compound_parts() -> None:
    word = stem("kompetensförsörjning")
    assert terms_of("Kompetensförsörjning") == [word, stem("kompetens"), stem("försörjning")]


def test_a_measurement_counts_every_cost() -> None:
    passages = [f"Avsnitt nummer{row} om hyra och lokaler i huset." for row in range(150)]
    cost = measured("SQLite FTS5", passages, questions_from(passages))
    assert cost.build > 0 and cost.disk > 0 and 0 < cost.median <= cost.p95 and cost.added > 0


def test_ours_is_in_numbers_and_the_others_in_times_ours() -> None:
    lines = table({"avtalssök": Cost(2, 10, 100, 1, 2, 4), "SQLite FTS5": Cost(1, 20, 50, 3, 4, 0.1)})
    assert lines[2] == "| avtalssök | 2.0 s | 10 MB | 100 MB | 1.00 ms | 2.00 ms | 4.0 s |"
    assert lines[3] == "| SQLite FTS5 | ×0.50 | ×2.00 | ×0.50 | ×3.00 | ×2.00 | ×0.03 |"


def test_ours_and_sqlite_are_always_measured() -> None:
    assert {"avtalssök", "SQLite FTS5"} <= set(installed()) <= set(ENGINES)
