"""The sample agreements: read right, as true as their truth files, and nobody else's words or data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.card import agreement_from
from corpus.folder import files_in, sources_of
from corpus.identity import identities
from corpus.reading.document import read_document
from corpus.types import Agreement

_ROOT = Path(__file__).parents[2]
_SAMPLES = _ROOT / "corpus" / "samples"
_TRUTHS = _ROOT / "evals" / "truth"
_SOURCES = _ROOT / "evals" / "samples" / "sources"
_FORMATS = {"txt", "md", "html", "docx", "pdf", "odt", "rtf", "eml", "scan"}
_EXEMPLARY = "Detta är en exempeltext"
_PHONE = re.compile(r"\b0\d{1,3}[- ]\d{2,3}[ \d]{4,}")
_EMAIL = re.compile(r"[^\s<]+@(?![\w-]+\.example\b)\S+\.\w+")
"""An address outside the domain that is kept for examples."""

Truth = dict[str, dict[str, Any]]


def _truth() -> Truth:
    cards: Truth = {}
    for path in sorted(_TRUTHS.glob("*.toml")):
        cards.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return cards


@pytest.fixture(scope="module")
def truth() -> Truth:
    return _truth()


@pytest.fixture(scope="module")
def paths() -> dict[str, str]:
    """Agreement id -> path of the shipped file."""
    files = sources_of(_SAMPLES, list(files_in(_SAMPLES, _SAMPLES / ".avtal")))
    return {own.agreement_id: path for path, own in identities(files, {}).items()}


@pytest.fixture(scope="module")
def samples(paths: dict[str, str], truth: Truth) -> dict[str, Agreement]:
    """All but the scans, whose text depends on a program that is not ours."""
    return {
        name: agreement_from(read_document(_SAMPLES / path, path), name)
        for name, path in paths.items()
        if truth[name].get("format") != "scan"
    }


def _flat(text: str) -> str:
    return " ".join(text.split())


def _wordings(value: Any) -> Iterator[str]:
    """Every `wording` below a card's table."""
    if isinstance(value, list):
        for each in value:
            yield from _wordings(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "wording":
                yield each
            else:
                yield from _wordings(each)


def _quoted(card: dict[str, Any]) -> list[str]:
    """All that the card gives character by character."""
    lists = [card["parties"], card.get("registry_numbers", []), card.get("not_amounts", [])]
    words = [card["until_further_notice"]] if "until_further_notice" in card else []
    return [*_wordings(card), *words, *(each for some in lists for each in some)]


def test_every_sample_has_a_truth_and_the_other_way_round(paths: dict[str, str], truth: Truth) -> None:
    assert set(paths) == set(truth)


def test_every_format_is_there(paths: dict[str, str], truth: Truth) -> None:
    written = {card.get("format") or paths[name].rpartition(".")[2] for name, card in truth.items()}
    assert written == _FORMATS


def test_length_is_that_of_an_agreement(samples: dict[str, Agreement]) -> None:
    words = {name: len(agreement.text.split()) for name, agreement in samples.items()}
    assert {name: count for name, count in words.items() if not 400 <= count <= 4000} == {}


def test_every_wording_of_the_truth_stands_in_the_text(samples: dict[str, Agreement], truth: Truth) -> None:
    for name, agreement in samples.items():
        text = _flat(agreement.text)
        assert [words for words in _quoted(truth[name]) if words not in text] == [], name


@pytest.mark.parametrize("source", sorted(_SOURCES.glob("*/*.md")), ids=lambda path: path.stem)
def test_every_wording_of_the_truth_stands_in_one_line_of_the_source(source: Path, truth: Truth) -> None:
    lines = source.read_text(encoding="utf-8").splitlines()
    quoted = _quoted(truth[f"{source.parent.name}/{source.stem}"])
    assert quoted
    assert [words for words in quoted if not any(words in line for line in lines)] == []


def test_what_an_agreement_changes_or_replaces_is_there(truth: Truth) -> None:
    named = {
        (name, card[field]["agreement"])
        for name, card in truth.items()
        for field in ("replaces", "amends", "appendix_to")
        if "agreement" in card.get(field, {})
    }
    assert named
    assert sorted(pair for pair in named if pair[1] not in truth or pair[0] == pair[1]) == []


def test_real_organisations_come_with_a_note_that_the_text_is_an_example(
    samples: dict[str, Agreement],
) -> None:
    noted = {name for name, agreement in samples.items() if _EXEMPLARY in agreement.text}
    assert noted == {
        "larosaten/eskilstuna-mdh",
        "larosaten/samhallskontraktet",
        "larosaten/lansstyrelsen-vastmanland-mdh",
        "larosaten/sodertorn-huddinge",
        "larosaten/region-vastmanland-mdu",
        "larosaten/trollhattan-hogskolan-vast",
    }


def test_nobody_can_be_called_or_written_to(samples: dict[str, Agreement]) -> None:
    for name, agreement in samples.items():
        assert _PHONE.search(agreement.text) is None, name
        assert _EMAIL.search(agreement.text) is None, name


@pytest.mark.parametrize("source", sorted(_SOURCES.glob("*/*.md")), ids=lambda path: path.stem)
def test_built_samples_say_what_their_source_says(samples: dict[str, Agreement], source: Path) -> None:
    name = f"{source.parent.name}/{source.stem}"
    if name not in samples:
        pytest.skip("inskannad: texten läses av ett annat program")
    text = _flat(samples[name].text).casefold()
    for line in source.read_text(encoding="utf-8").splitlines():
        for part in line.strip("|").split("|"):
            words = _flat(re.sub(r"^(#+|-) ", "", part.strip())).casefold()
            if words.strip("-"):
                # A paragraph may be parted by a page's header: its first and last words are enough.
                assert words[:40] in text
                assert words[-40:] in text
