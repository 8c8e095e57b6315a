"""What no longer holds: told by a stamp, a registrar's note, the file's name, or another agreement that replaces it."""

from __future__ import annotations

import pytest

from corpus.reading.document import read_document
from corpus.types import FactName
from indexer.build import build_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.engine import Engine, open_engine

TEXTS = {
    "båtar": "OBS! Uppsagt av kommunen 2024-03-27.",
    "färjor 2018 (gammal)": "",
    "hamnar": "Ersatt från 2024-01-01. Sparas.",
    "kajer": "Avslutad 2023-06-30.",
    "luckor uppsagning": "",
    "mudder": "Härmed säger Lövåsa kommun upp det hamnavtal som ingicks 2019.",
    "master": "Är avtalet uppsagt betalas ingen hyra. Skada ersätts av Lövåsa kommun.",
}
GIVEN_UP = {"luckor uppsagning", "mudder"}


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    folder = tmp_path_factory.mktemp("slut")
    docs = folder / "docs"
    docs.mkdir()
    for name, said in TEXTS.items():
        text = f"Avtal om {name.split()[0]}\n\nmellan Lövåsa kommun och Sagolunds kommun\n\n§ 1 Giltighet\n\n{said}\n\nAvtalet ska följas.\n"
        (docs / f"{name}.txt").write_text(text, encoding="utf-8")
    build_index(docs, folder / "index", encoder, read_document)
    return open_engine(folder / "index", encoder)


@pytest.mark.parametrize(
    ("asked", "ended"),
    [
        ("Vilka avtal är uppsagda?", {"båtar", *GIVEN_UP}),
        ("Vilka avtall är uppsaggda?", {"båtar", *GIVEN_UP}),
        ("Vilka avtal har löppt ut?", {"båtar", *GIVEN_UP, "färjor 2018 (gammal)", "hamnar", "kajer"}),
        ("Vilka avtal är ersatta?", {"färjor 2018 (gammal)", "hamnar"}),
        (
            "Vilka avtal har avbrutits eller fått en efterträdare?",
            {"båtar", *GIVEN_UP, "färjor 2018 (gammal)", "hamnar"},
        ),
        ("Vilka avtal är uppsagda eller ersatta?", {"båtar", *GIVEN_UP, "färjor 2018 (gammal)", "hamnar"}),
        ("Vilka avtal är avslutade?", {"båtar", *GIVEN_UP, "färjor 2018 (gammal)", "hamnar", "kajer"}),
        ("Vilka avtal gäller inte längre?", {"båtar", *GIVEN_UP, "färjor 2018 (gammal)", "hamnar", "kajer"}),
    ],
)
def test_the_state_that_is_asked_for(boats: Engine, asked: str, ended: set[str]) -> None:
    answer = ask(boats, asked)
    assert {each.agreement_id for each in answer.agreements} == ended


def test_a_registry_number_is_found_whole(samples: Engine) -> None:
    texts = samples.index.agreements
    number = next(n for a in texts.values() for n in a.values(FactName.REGISTRY_NUMBER) if "/" in n)
    found = ask(samples, f"dnr {number}").agreements
    assert found
    assert all(number in texts[each.agreement_id].text for each in found)
