"""From question to answer: sets, facts, passages and the honest no, each with citations that hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.reading.document import read_document
from corpus.types import AvtalError
from indexer.build import build_index
from indexer.types import Encoder
from retriever.answer import ask, cited_first
from retriever.citation import verify
from retriever.engine import Engine, open_engine
from retriever.results import search
from retriever.types import Answer, AnswerKind, Citation, Coverage, Filters, Verdict

SUBJECT = "vilka avtal omfattar kompetensförsörjning?"
QUESTIONS = (
    SUBJECT, "Vilka avtal nämner häst?", "Vilket avtal reglerar parkeringsplatser?", "Hur stort är vitet?",
    "Till när gäller hyresavtalet?", "Vem har avtal med Plogens AB?", "Får bolaget hålla häst i ladan?",
    "vattnet i badhuset", "Vilka avtal har Granboda kommun?", "alla ramavtal", "snö", "Dela sidan Facebook",
)  # fmt: skip


def citations(answer: Answer) -> Iterator[Citation]:
    yield from answer.citations
    for agreement in answer.agreements:
        yield from agreement.citations
    for hit in answer.hits:
        yield hit.citation


def test_the_set_of_agreements_and_that_all_were_searched(engine: Engine) -> None:
    answer = ask(engine, SUBJECT)
    assert (answer.kind, answer.abstained, answer.short_answer) == (AnswerKind.AGREEMENTS, False, None)
    explicit = [a.agreement_id for a in answer.agreements if a.coverage is Coverage.EXPLICIT]
    related = [a.agreement_id for a in answer.agreements if a.coverage is Coverage.RELATED]
    assert (explicit, related) == (["skola/åkerby", "badet"], ["vägar/snö och is"])
    done = answer.completeness
    assert (done.searched, done.covering, done.uncertain) == (4, 2, 1)
    assert answer.statement.startswith("2 av 4 avtal omfattar kompetensförsörjning.")
    assert "Alla 4 är genomsökta." in answer.statement
    assert [(c.agreement_id, c.section_label) for c in answer.citations] == [
        ("skola/åkerby", "1 Bakgrund"),
        ("badet", "§ 2 Personal"),
    ]


@pytest.mark.parametrize(
    "text",
    ["vilka avtal omfattar kompetensforsorjning?", "vilka avtal omfattar försörjning av kompetens?",
     "VILKA AVTAL OMFATTAR KOMPETENSFÖRSÖRJNINGEN", "avtal om kompetensförsörjning"],
)  # fmt: skip
def test_other_spellings_give_the_same_set(engine: Engine, text: str) -> None:
    explicit = {a.agreement_id for a in ask(engine, text).agreements if a.coverage is Coverage.EXPLICIT}
    assert explicit == {"skola/åkerby", "badet"}


def test_a_party_narrows_what_is_searched_and_it_is_said(engine: Engine) -> None:
    answer = ask(engine, SUBJECT, Filters(parties=("Granboda kommun",)))
    assert [a.agreement_id for a in answer.agreements] == ["badet"]
    assert answer.completeness.searched == 2
    assert "Granboda kommun" in answer.statement
    assert answer.interpreted.filters == {"party": "Granboda kommun"}


def test_the_agreements_of_a_party(engine: Engine) -> None:
    answer = ask(engine, "Vilka avtal har Granboda kommun?")
    assert [a.agreement_id for a in answer.agreements] == ["badet", "hyra/ladan"]
    assert all("Granboda kommun" in a.citations[0].quote for a in answer.agreements)


def test_who_else_is_party(engine: Engine) -> None:
    answer = ask(engine, "Vem har avtal med Plogens AB?")
    assert (answer.kind, answer.short_answer) == (AnswerKind.FACT, "Åkerby kommun")


def test_a_fact_has_a_short_answer_inside_its_citation(engine: Engine) -> None:
    answer = ask(engine, "Hur stort är vitet?")
    assert (answer.kind, answer.short_answer) == (AnswerKind.FACT, "4 000 kronor")
    span = answer.short_answer_span
    assert span is not None
    cited = answer.citations[span.citation]
    assert cited.start <= span.start < span.end <= cited.end
    assert engine.index.agreements[cited.agreement_id].text[span.start : span.end] == "4 000 kronor"


def test_what_a_yes_or_no_is_read_out_of_stands_first_of_the_hits(engine: Engine) -> None:
    answer = ask(engine, "Hur stort är vitet?")
    last = answer.hits[-1]
    turned = cited_first(replace(answer, citations=(last.citation,)))
    assert [hit.passage_id for hit in turned.hits] == [
        last.passage_id,
        *(hit.passage_id for hit in answer.hits[:-1]),
    ]
    assert [hit.rank for hit in turned.hits] == list(range(1, len(turned.hits) + 1))


@pytest.mark.parametrize("text", ["vattnet i badhuset", "Var står det om vattnet i badhuset?"])
def test_words_alone_and_a_question_of_where_give_the_whole_set_with_the_sentence(
    engine: Engine, text: str
) -> None:
    answer = ask(engine, text)
    assert answer.kind is AnswerKind.AGREEMENTS
    assert answer.statement.endswith("Alla 4 är genomsökta.")
    assert answer.citations[0].quote == "Bolaget sköter badhuset och håller vattnet vid 27 grader."


@pytest.mark.parametrize(
    "text", ["Hur sköter bolaget vattnet i badhuset?", "Var i driftavtalet står det om vattnet?"]
)
def test_a_passage_question_gives_the_sentence(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.kind is AnswerKind.PASSAGES
    assert answer.citations[0].quote == "Bolaget sköter badhuset och håller vattnet vid 27 grader."


def test_no_support_is_said_with_use(engine: Engine) -> None:
    answer = ask(engine, "Vilket avtal reglerar parkeringsplatser?")
    assert (answer.kind, answer.abstained, answer.agreements, answer.citations) == (
        AnswerKind.NONE,
        True,
        (),
        (),
    )
    assert answer.statement == 'Inget stöd funnet för "parkeringsplatser". Alla 4 är genomsökta.'
    assert answer.reason is not None
    assert '"parkeringsplatser" finns inte' in answer.reason
    assert answer.completeness.covering == 0
    assert 0 < len(answer.nearest) <= 3


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_citation_is_a_slice_and_verifies_exact(engine: Engine, text: str) -> None:
    for cited in citations(ask(engine, text)):
        agreement = engine.index.agreements[cited.agreement_id]
        assert agreement.text[cited.start : cited.end] == cited.quote
        assert verify(cited, engine.index.agreements).verdict is Verdict.EXACT
        assert not any(f.start < cited.end and cited.start < f.end for f in agreement.furniture)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_same_question_gives_the_same_answer(engine: Engine, text: str) -> None:
    first, second = ask(engine, text), ask(engine, text)
    assert replace(first, took_ms=0.0) == replace(second, took_ms=0.0)
    assert first.generation == engine.index.generation


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_abstention_and_an_answer_are_never_both(engine: Engine, text: str) -> None:
    answer = ask(engine, text)
    assert answer.abstained == (answer.kind is AnswerKind.NONE) == (answer.reason is not None)
    assert answer.abstained != bool(answer.citations)
    assert (answer.short_answer is None) == (answer.short_answer_span is None)
    assert answer.statement.endswith(".")


def test_hits_are_limited_and_the_set_is_not(engine: Engine) -> None:
    answer = ask(engine, SUBJECT, limit=1)
    assert (len(answer.hits), len(answer.agreements)) == (1, 3)


def test_the_parts_of_a_subject_are_read_apart(engine: Engine) -> None:
    """ "försörjning av" was once read as a verb with its particle, and missed the compound."""
    assert ask(engine, "vilka avtal omfattar försörjning av kompetens?").interpreted.terms == (
        "försörjning",
        "kompetens",
    )


def test_an_index_without_passages_abstains(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "avtal").mkdir()
    (tmp_path / "avtal" / "sida.txt").write_text("Dela\n\nFacebook Mail Twitter\n", encoding="utf-8")
    build_index(tmp_path / "avtal", tmp_path / "index", encoder, read_document)
    empty = open_engine(tmp_path / "index", encoder)
    assert empty.index.passages == []
    for text in (SUBJECT, "Hur mycket är hyran?", "snö", "dela"):
        assert ask(empty, text).abstained
    assert search(empty, "snö").hits == ()


def test_an_empty_question_is_refused(engine: Engine) -> None:
    with pytest.raises(AvtalError, match="frågan är tom"):
        ask(engine, " \t")


WORDS = st.sampled_from(
    "vilka avtal omfattar nämner hur mycket när får kan inte och eller kompetensförsörjning hyran snö vite ladan "
    "Granboda kommun Plogens AB ramavtal 2031 27 ? § , - häst upp säga åäö forsorjning zzz".split()
)


@given(st.one_of(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), st.text(min_size=1, max_size=40)))
@example("upp upp åäö")  # its vector here is exactly opposite to that of its subject
@settings(max_examples=150)
def test_any_question_is_answered_or_refused_in_words(engine: Engine, text: str) -> None:
    try:
        answer = ask(engine, text)
    except AvtalError:
        assert not text.split()
        return
    assert answer.completeness.searched <= 4
    for cited in citations(answer):
        assert engine.index.agreements[cited.agreement_id].text[cited.start : cited.end] == cited.quote


@pytest.mark.parametrize(
    "text",
    [
        SUBJECT,
        "Hur lång är uppsägningstiden?",
        "sekretess",
        "Vem ansvarar för lokalerna?",
        "Vilka avtal gäller till 2025?",
    ],
)
def test_citations_of_the_samples_hold(samples: Engine, text: str) -> None:
    answer = ask(samples, text)
    assert answer.completeness.searched <= 60
    for cited in citations(answer):
        assert samples.index.agreements[cited.agreement_id].text[cited.start : cited.end] == cited.quote


def test_a_party_that_the_question_names_can_be_taken_away_as_a_filter(engine: Engine) -> None:
    text = "Vilka avtal med Granboda kommun omfattar kompetensförsörjning?"
    assert ask(engine, text).completeness.searched == 2
    everywhere = ask(engine, text, Filters(without=("party",)))
    assert everywhere.completeness.searched == 4
    assert {a.agreement_id for a in everywhere.agreements if a.coverage is Coverage.EXPLICIT} == {
        "skola/åkerby",
        "badet",
    }


def test_in_force_today_can_be_taken_away_as_a_filter(engine: Engine) -> None:
    text = "Vilka avtal gäller i dag?"
    assert "valid_on" in ask(engine, text).interpreted.filters
    assert "valid_on" not in ask(engine, text, Filters(without=("valid_on",))).interpreted.filters
