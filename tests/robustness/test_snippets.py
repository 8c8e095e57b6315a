"""Hostile HTML stays text wherever it is shown; 1,700 pieces and a real browser by `make robustness`."""

from __future__ import annotations

from pathlib import Path

from tests.robustness import snippets
from tests.robustness.html_snippets import MARK, marked
from tests.robustness.html_snippets import snippets as drawn


def test_snippets_are_text_on_every_page_feed_and_export(tmp_path: Path) -> None:
    found = snippets.examine(tmp_path, drawn(8))
    assert found.wrong == []
    assert found.looked["avtal"] == 8


def test_without_escaping_they_are_found(tmp_path: Path) -> None:
    wrong = snippets.examine(tmp_path, drawn(4), unprotected=True).wrong
    assert any(f"'{MARK}'" in row for row in wrong)


def test_the_snippets_are_many_different_and_the_same_every_time() -> None:
    made = drawn(1700)
    assert len(set(made)) == 1700
    assert made[:300] == drawn(300)
    assert sum(MARK in snippet for snippet in made) > 1500


def test_the_files_of_a_folder_are_marked(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!DOCTYPE html><p>1<b><SCRIPT>x\n</SCRIPT>", encoding="utf-8")
    (tmp_path / "b.html").write_text("<", encoding="utf-8")
    assert marked(tmp_path) == ["<!DOCTYPE html><p zqx>1<b zqx><SCRIPT zqx>ran(0);x </SCRIPT>", "<"]
