"""A large folder made of a small one: the same for the same, and other names, years and sums in each copy."""

from __future__ import annotations

from pathlib import Path

from evals.enlarged import altered, enlarge

TEXT = "Hyresavtal\n\nMellan Granboda kommun och Badet AB.\n\nHyran är 12 000 kronor från 2024. Granbodas bad hålls öppet."


def test_a_copy_has_other_places_years_and_sums() -> None:
    copy = altered(TEXT, ["Granboda"], 1, "hyra")
    assert "Granboda" not in copy
    assert "2024" not in copy and "2023" in copy
    assert "12 000 kronor" not in copy and " 000 kronor" in copy


def test_a_copy_is_the_same_each_time_and_a_place_in_all_texts_of_it() -> None:
    assert altered(TEXT, ["Granboda"], 1, "hyra") == altered(TEXT, ["Granboda"], 1, "hyra")
    named = [altered("Granboda", ["Granboda"], copy, name) for copy in (1, 2) for name in ("a", "b")]
    assert named[0] == named[1] and named[2] == named[3]
    assert named[0] != named[2]


def test_every_file_is_there_as_it_is_and_in_copies(tmp_path: Path) -> None:
    small, large = tmp_path / "små", tmp_path / "stora"
    small.mkdir()
    (small / "hyra.txt").write_text(TEXT, encoding="utf-8")
    assert enlarge([small], large, 2) == 3
    assert (large / "0/0/hyra.txt").read_text(encoding="utf-8") == TEXT
    assert {p.relative_to(large).as_posix() for p in large.rglob("*.txt")} == {
        "0/0/hyra.txt",
        "1/0/hyra.txt.txt",
        "2/0/hyra.txt.txt",
    }
