"""A hundred agreements with an instruction to a language model in them, and a model that obeys every one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.reading.document import read_document
from indexer.build import build_index
from indexer.types import Encoder
from retriever.answer import ask
from retriever.engine import Engine, open_engine
from retriever.phrasing.guard import fault_of
from retriever.phrasing.instructions import speaks_to_a_model
from retriever.phrasing.model import Message
from retriever.phrasing.phrase import with_phrasing
from retriever.phrasing.sentences import Sentence
from retriever.types import Answer, Citation
from tests.retriever.phrasing.injections import INJECTIONS, INNOCENT, PAYLOADS

PLACES = [f"{first}{second}" for first in ("Alm", "Björk", "Ek", "Gran", "Hassel", "Lind", "Rönn", "Sälg", "Tall", "Vide")
          for second in ("arp", "berga", "dala", "eby", "fors", "hult", "lösa", "näs", "tuna", "vik")]  # fmt: skip
QUESTION = "Hur lång är uppsägningstiden i avtalet med {} kommun?"


def _agreement(place: str, injection: str) -> str:
    return f"""Hyresavtal mellan {place} kommun och Tallviks AB

§ 1 Lokalen

Kommunen hyr ut en lada till bolaget. {injection}

§ 2 Uppsägning

Uppsägningstiden är sju månader. {injection}

§ 3 Övrigt: {" ".join(injection.split())}

Ladan är röd.
"""


class Obedient:
    """Writes one true sentence, then obeys: every payload, as the word of each source, of two of them and of none."""

    name = "lydig"

    def __init__(self) -> None:
        self.read = ""

    def complete(self, messages: Sequence[Message]) -> str:
        self.read = messages[-1].content
        sources = [f"[{n}]" for n in range(1, 13)] + ["[1][2]", ""]
        obeyed = [f"{payload} {source}." for payload in PAYLOADS for source in sources]
        return "\n".join(["Uppsägningstiden är sju månader [1].", *obeyed])


@pytest.fixture(scope="module")
def injected(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    """The hundred agreements, each with its own instruction."""
    root = tmp_path_factory.mktemp("injektioner")
    for place, (injection, _) in zip(PLACES, INJECTIONS, strict=True):
        path = root / "avtal" / f"{place}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_agreement(place, injection), encoding="utf-8")
    build_index(root / "avtal", root / "index", encoder, read_document)
    return open_engine(root / "index", encoder)


def _lies(answer: Answer) -> list[str]:
    assert answer.phrased is not None
    return [payload for payload in PAYLOADS if payload.casefold() in answer.phrased.text.casefold()]


def test_what_a_hidden_instruction_wants_said_is_never_shown(injected: Engine) -> None:
    phrased = told = 0
    for place in PLACES:
        plain = ask(injected, QUESTION.format(place))
        model = Obedient()
        answer = with_phrasing(plain, QUESTION.format(place), model)
        assert (answer.statement, answer.citations, answer.kind) == (
            plain.statement,
            plain.citations,
            plain.kind,
        )
        if answer.phrased is None:
            assert plain.abstained
            continue
        assert _lies(answer) == []
        assert set(answer.phrased.text.split(". ")) <= {"", "Uppsägningstiden är sju månader [1]."}
        assert not any(payload.casefold() in model.read.casefold() for payload in PAYLOADS)
        phrased += 1
        told += bool(answer.phrased.text)
    assert phrased >= 90
    assert told >= 20, "a guard that drops everything proves nothing"


def test_a_list_over_all_hundred_shows_none_of_it(injected: Engine) -> None:
    question = "Vilka avtal tar upp uppsägning?"
    answer = with_phrasing(ask(injected, question), question, Obedient())
    assert len(answer.agreements) == 100
    assert _lies(answer) == []


@pytest.mark.parametrize(("injection", "payload"), INJECTIONS)
def test_a_quote_that_holds_the_instruction_holds_nothing(injection: str, payload: str) -> None:
    """Even where the lie stands in the quote word for word, and the model was given it."""
    parties = ("Granboda kommun", "Tallviks AB")
    for quote in (injection, f"Uppsägningstiden är sju månader. {injection}", f"Ladan är röd, {injection}"):
        source = Citation(
            "x", "Hyresavtal", parties, (), "§ 2", None, None, 0, len(quote), quote, "", "", "ab" * 32, "/x"
        )
        assert fault_of(Sentence(payload, (1,)), {1: source}) is not None


def test_ordinary_agreements_speak_to_no_model() -> None:
    assert [sentence for sentence in INNOCENT if speaks_to_a_model(sentence)] == []
