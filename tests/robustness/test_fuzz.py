"""Broken files to each format's reader; a million of each, led by coverage, by `make robustness` (docs/robustness.md)."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NoReturn

import pytest

from tests.robustness import fuzz, packages


@pytest.mark.parametrize("format", fuzz.FORMATS)
def test_a_broken_file_is_read_or_refused(format: str, tmp_path: Path) -> None:
    tally = fuzz.run(fuzz.Kind(format), 6, 3, tmp_path)
    assert tally.wrong == []
    assert tally.states.total() == 6


def test_what_is_wrong_is_kept(tmp_path: Path) -> None:
    tally = fuzz.run(fuzz.Kind("docx", strict=True), 8, 3, tmp_path)
    assert tally.wrong
    assert (tmp_path / tally.wrong[0].partition(":")[0]).exists()


def test_a_parser_that_swallows_every_error_is_still_found_too_slow() -> None:
    def swallows() -> NoReturn:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001 - as a parser may
                continue

    with pytest.raises(fuzz.TooLongError):
        fuzz.within(0.05, swallows)


@pytest.mark.parametrize("format", fuzz.ZIPPED)
def test_each_member_reaches_the_reader_in_its_package(format: str, tmp_path: Path) -> None:
    place = tmp_path / f"avtal.{format}"
    start = packages.units(format, fuzz.seeds(format), fuzz.MOST_MEMBER)
    assert len(start) > len(packages.members(format))
    assert {fuzz.check(packages.packed(format, unit), place) for unit in start} == {"läst"}
    assert fuzz.check(packages.packed(format, b"\0<a"), place) == "vägrad (refused)"
    assert fuzz.check(packages.packed(format, b""), place) == "vägrad (refused)"


def test_a_changed_member_is_mostly_a_tree_still() -> None:
    chance, start = random.Random(1), packages.units("docx", [], 0)
    made = [
        packages.changed(unit, 60_000, chance, start, lambda _data, _most: b"<")
        for unit in (start[0], b"\0<a")
        for _ in range(40)
    ]
    broken = [unit for unit in made if unit == b"\0<"]
    assert 5 < len(broken) < 30
    assert all(ET.fromstring(unit[1:]).tag for unit in made if unit not in broken)
    assert len(set(made)) > 40
