"""The sample agreements: read right, as true as their truth file, and nobody else's words or data."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus.card import agreement_from
from corpus.folder import files_in, identify
from corpus.reading.document import read_document
from corpus.types import Agreement

_ROOT = Path(__file__).parents[2]
_SAMPLES = _ROOT / "corpus" / "samples"
_TRUTH = _ROOT / "evals" / "truth" / "samples.toml"
_SOURCES = _ROOT / "evals" / "samples" / "sources"
_EXEMPLARY = "Detta är en exempeltext"
_PHONE = re.compile(r"\b0\d{1,3}[- ]\d{2,3}[ \d]{4,}")
_EMAIL = re.compile(r"\S+@\S+\.\w+")


@pytest.fixture(scope="module")
def samples() -> dict[str, Agreement]:
    files = identify(_SAMPLES, list(files_in(_SAMPLES, _SAMPLES / ".avtal")))
    return {
        file.agreement_id: agreement_from(read_document(_SAMPLES / file.path, file.path), file.agreement_id)
        for file in files
    }


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_TRUTH.read_text(encoding="utf-8"))


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_sample_has_a_truth_and_the_other_way_round(
    samples: dict[str, Agreement], truth: dict[str, dict[str, Any]]
) -> None:
    assert set(samples) == set(truth)
    assert len(samples) == 12


def test_all_five_formats_are_there(samples: dict[str, Agreement]) -> None:
    assert {agreement.document.format.value for agreement in samples.values()} == {
        "txt",
        "md",
        "html",
        "docx",
        "pdf",
    }


def test_length_is_that_of_an_agreement(samples: dict[str, Agreement]) -> None:
    words = {name: len(agreement.text.split()) for name, agreement in samples.items()}
    assert {name: count for name, count in words.items() if not 400 <= count <= 1500} == {}


def test_every_wording_of_the_truth_stands_in_the_text(
    samples: dict[str, Agreement], truth: dict[str, dict[str, Any]]
) -> None:
    for name, card in truth.items():
        text = _flat(samples[name].text)
        fields = [value for value in card.values() if isinstance(value, dict)] + card.get("amounts", [])
        wordings = [field["wording"] for field in fields]
        wordings += [*card["parties"], *card.get("registry_numbers", []), *card.get("not_amounts", [])]
        assert [wording for wording in wordings if wording not in text] == [], name


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


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("larosaten/trollhattan-hogskolan-vast", "trollhattan-hogskolan-vast.md"),
        ("kommunalt/personuppgiftsbitrade-e-tjanster", "personuppgiftsbitrade-e-tjanster.md"),
    ],
)
def test_binary_samples_say_what_their_source_says(
    samples: dict[str, Agreement], name: str, source: str
) -> None:
    text = _flat(samples[name].text)
    for line in (_SOURCES / source).read_text(encoding="utf-8").splitlines():
        for part in line.strip("|").split("|"):
            words = _flat(re.sub(r"^(#+|-) ", "", part.strip()))
            # A paragraph may be parted by a page's header: its first and last words are enough.
            assert words[:40] in text
            assert words[-40:] in text
