"""A question that points to a paragraph of a section is answered with that paragraph."""

from __future__ import annotations

import pytest

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.engine import Engine, open_engine

TEXT = """Hyresavtal mellan Granboda kommun och Tallviks AB

§ 1 Lokalen

Kommunen hyr ut den gamla ladan vid Lillån till bolaget.

§ 2 Uppsägning

Avtalet kan sägas upp skriftligen av båda parter.

Uppsägningstiden är nio månader för bolaget.

Kommunen ska vid uppsägning

a) skriva till bolaget, och

b) erbjuda en annan lada.
"""


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    folder, root = tmp_path_factory.mktemp("avtal"), tmp_path_factory.mktemp("index")
    (folder / "hyra.txt").write_text(TEXT, encoding="utf-8")
    build_index(folder, root, encoder, read_document)
    return open_engine(root, encoder)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("§ 2 andra stycket i hyresavtalet", "Uppsägningstiden är nio månader för bolaget."),
        ("2 § 1 st. i hyresavtalet", "Avtalet kan sägas upp skriftligen av båda parter."),
    ],
)
def test_the_paragraph_that_is_pointed_to_is_quoted_alone(lease: Engine, question: str, quote: str) -> None:
    (citation,) = ask(lease, question).citations
    assert citation.quote == quote


def test_a_list_belongs_to_its_paragraph(lease: Engine) -> None:
    (citation,) = ask(lease, "§ 2 tredje stycket i hyresavtalet").citations
    assert citation.quote.startswith("Kommunen ska vid uppsägning")
    assert citation.quote.endswith("b) erbjuda en annan lada.")


def test_a_paragraph_that_is_not_there_gives_the_section(lease: Engine) -> None:
    (citation,) = ask(lease, "§ 2 nionde stycket i hyresavtalet").citations
    assert citation.quote.startswith("Avtalet kan sägas upp")
    assert citation.quote.endswith("b) erbjuda en annan lada.")
