"""Which of several figures of a sentence the question asks for, and which numbers count nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FileFormat, Span
from indexer.swedish.words import Run, words_of
from retriever.engine import Engine
from retriever.fact_places import part_share
from retriever.figures import _is_number
from retriever.matching import near_any
from retriever.question import Term
from retriever.statement import Nearness, Place, Statement


def stated(engine: Engine, sentence: str, asked: str = "") -> Statement:
    agreement = agreement_from(Document("prov", FileFormat.TXT, sentence), "prov")
    span = Span(0, len(agreement.text))
    words = Run(words_of(agreement.text))
    terms = [Term(word.word, word.stem, word.parts or (word.stem,), 1.0, True) for word in words_of(asked)]
    question = replace(engine.understand(asked or sentence), terms=tuple(terms))
    place = Place(
        engine,
        question,
        engine.index.passages[0],
        (),
        None,
        Nearness(0.0, 1.0, 0.0, 0.0),
        near_any(terms),
        {},
    )
    return Statement(agreement, span, span, words, place, 0.0)


@pytest.mark.parametrize(
    ("sentence", "figures", "asked", "best"),
    [
        ("Värden disponerar 60 procent av tiden, högskolan 25 procent och bolaget 15.", r"\d+", "tiden högskolan", "25"),
        ("Värden disponerar 60 procent av tiden, högskolan 25 procent och bolaget 15.", r"\d+", "tiden värden", "60"),
        ("Fem tjänster tillsätts, tre i Granboda och två i Åkerby.", r"Fem|tre|två", "tjänster Åkerby", "två"),
        ("Musik spelas till 23.00 på söndagen och till 00.30 på lördagen.", r"\d+\.\d+", "musik lördag", "00.30"),
    ],
)  # fmt: skip
def test_the_figure_whose_part_speaks_of_the_question_comes_first(
    engine: Engine, sentence: str, figures: str, asked: str, best: str
) -> None:
    statement = stated(engine, sentence, asked)
    spans = [Span(*match.span()) for match in re.finditer(figures, statement.text)]
    shares = {sentence[span.start : span.end]: part_share(statement, spans, span) for span in spans}
    assert max(shares, key=shares.__getitem__) == best
    assert shares[best] == 0.0


def test_a_figure_alone_in_its_sentence_has_no_part(engine: Engine) -> None:
    statement = stated(engine, "Bolaget betalar 40 kronor.", "kommunen")
    assert part_share(statement, [], Span(16, 18)) == 0.0


@pytest.mark.parametrize(
    ("sentence", "number", "counts"),
    [
        ("Lokaler i fastigheten Ugglan 3 hyrs ut.", "3", False),
        ("Minst en av tio platser ska vara bred.", "tio", False),
        ("De tio platserna hyrs ut var för sig.", "tio", True),
        ("Ärendet har nummer KS 2025/61 hos oss.", "61", False),
        ("Termin 8–11 läses i Granboda.", "11", False),
        ("Student exchange 2.1 Each year four students travel.", "2.1", False),
        ("Det ingår 24 platser i garaget.", "24", True),
        ("Platserna är Brännvik 60, Ljungmåla 45.", "60", True),
        ("Minst en av tio platser ska vara bred.", "en", False),
        ("Minst åtta av tio platser ska vara breda.", "åtta", False),
        ("Minst 80 procent återvinns.", "80", False),
        ("Year two is spent abroad.", "two", False),
    ],
)
def test_a_number_that_only_names_something_counts_nothing(
    engine: Engine, sentence: str, number: str, counts: bool
) -> None:
    at = sentence.index(number)
    assert _is_number("Hur många platser?", stated(engine, sentence), Span(at, at + len(number))) is counts
