"""Parties spelled otherwise than their agreements do, and the second party that no card has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.swedish.vocabulary import Vocabulary
from indexer.types import Encoder
from retriever.engine import Engine, open_engine
from retriever.party_spelling import respelled, unaccented

PARTIES = ("Lövåsa kommun", "Högskolan i Fjärdvik", "Kvinnojouren Öppna Famnen", "Universitetet")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("avtal med Loevaasa kommun", "avtal med Lövåsa kommun"),
        ("avtal med Lovasa kommun", "avtal med Lövåsa kommun"),
        ("avtal med Högskolan i Fjärdvk", "avtal med Högskolan i Fjärdvik"),
        ("avtal med Öppna Famnn", "avtal med Öppna Famnen"),
        ("avtal med Lövåsas kommun", "avtal med Lövåsas kommun"),
        ("avtal om båtplatser", "avtal om båtplatser"),
        ("avtal med univeristetet", "avtal med univeristetet"),
    ],
)
def test_a_word_that_is_nearly_a_partys_is_read_as_the_partys(asked: str, read: str) -> None:
    words: Mapping[str, int] = {"avtal": 1, "båtplatser": 1}
    assert respelled(asked, PARTIES, Vocabulary(words, []))[0] == read


def test_the_digraphs_of_foreign_keyboards_are_the_letters() -> None:
    assert unaccented("Aelgmoe") == unaccented("Älgmö")


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    folder: Path = tmp_path_factory.mktemp("parter")
    docs = folder / "docs"
    docs.mkdir()
    for name, other in (("a", "Högskolan i Fjärdvik"), ("b", "Sagolunds kommun")):
        text = f"Avtal om båtar\n\nmellan Lövåsa kommun och {other}\n\n§ 1 Syfte\n\nBåtar delas med Scoutkåren.\n"
        (docs / f"{name}.txt").write_text(text, encoding="utf-8")
    build_index(docs, folder / "index", encoder, read_document)
    return open_engine(folder / "index", encoder)


@pytest.mark.parametrize(
    ("asked", "parties"),
    [
        ("Vilka avtal har Loevaasa kommun?", ("Lövåsa kommun",)),
        ("avtalet mellan Lövåsa kommun och Högskolan i Fjärdvk", ("Högskolan i Fjärdvik", "Lövåsa kommun")),
        ("avtalet mellan Lövåsa kommun och Scoutkåren", ()),
    ],
)
def test_parties_of_a_question(boats: Engine, asked: str, parties: tuple[str, ...]) -> None:
    assert boats.understand(asked).parties == parties
