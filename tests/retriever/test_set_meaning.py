"""A set by meaning: the cut at the highest expected F1 worked by hand, names, and what words have stated stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.types import FactName, SectionRole, Span
from indexer.encoder import open_encoder
from retriever.asked import Asked, put
from retriever.clause_meant import LEAST_MEANT, OTHER, ClauseQuestions, Meant, examples
from retriever.clause_types import clause_types
from retriever.coverage import judge
from retriever.engine import Engine
from retriever.set_evidence import LOOKED_AT, Evidence, evidence_of, likely, place_of
from retriever.set_meaning import best_set, exists, with_meaning
from retriever.types import Coverage, Filters


def asked_of(engine: Engine, text: str) -> Asked:
    return put(engine, text, Filters(), 10)


def test_the_cut_is_where_the_expected_f1_is_highest() -> None:
    # 2·.9/(1+1.5) = .72, 2·1.4/(2+1.5) = .8, 2·1.5/(3+1.5) = .667
    assert best_set({"a": 0.9, "b": 0.5, "c": 0.1}) == {"a", "b"}
    # 2·.4/(1+1.2) = .364, 2·.7/3.2 = .438, 2·1/4.2 = .476, 2·1.2/5.2 = .462
    assert best_set({"a": 0.4, "b": 0.3, "c": 0.3, "d": 0.2}) == {"a", "b", "c"}
    assert best_set({"b": 0.5, "a": 0.5}) == best_set({"a": 0.5, "b": 0.5}) == {"a", "b"}


def test_a_logistic_of_weighed_numbers() -> None:
    assert likely((1.0, 2.0), (1.0, -0.5), 0.0) == 0.5
    assert likely((1.0,), (np.log(3.0),), 0.0) == pytest.approx(0.75)


def test_every_agreement_with_a_passage_has_evidence_and_the_best_lies_beneath_none(engine: Engine) -> None:
    asked = asked_of(engine, "vilka avtal omfattar kompetensförsörjning?")
    judged = judge(engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)
    evidence = evidence_of(asked, judged, None, {})
    assert set(evidence) == set(engine.index.agreements)
    assert max(each.below for each in evidence.values()) == 0.0
    assert max(each.share_below for each in evidence.values()) == 0.0
    assert {name for name, each in evidence.items() if each.share == 1.0} == {
        found.agreement.agreement_id for found in judged if found.share == 1.0
    }
    assert all(each.clause == 0.0 for each in evidence.values())


def test_the_place_is_the_nearest_sentence_below_the_headings_of_the_nearest_passages(
    samples: Engine,
) -> None:
    asked = asked_of(samples, "Vilka avtal omfattar kompetensförsörjning?")
    index = samples.index
    for name, found in evidence_of(asked, [], None, {}).items():
        rows = [row for row in samples.rows_of(name) if index.passages[row].role is SectionRole.CONTENT]
        every: list[tuple[float, Span]] = []
        for row in sorted(rows, key=lambda row: -asked.cosines[row])[:LOOKED_AT]:
            passage = index.passages[row]
            body = samples.agreement(passage).sections[passage.section].body
            near = zip(
                index.sentences.of(row).cosines(asked.query).tolist(), index.sentences.spans(row), strict=True
            )
            told = list(near)
            every += [each for each in told if each[1].start >= body] or told
        assert found.sentence == pytest.approx(max(cosine for cosine, _ in every), abs=1e-6)
        assert place_of(asked, found) in [span for cosine, span in every if cosine >= found.sentence - 1e-6]


def test_a_clause_that_is_meant_speaks_for_those_that_have_it_and_against_the_others(engine: Engine) -> None:
    asked = asked_of(engine, "vilka avtal omfattar kompetensförsörjning?")
    labels = {"badet": next(iter(engine.clauses.main("badet").values()))}
    evidence = evidence_of(asked, [], Meant("notice", 0.6), labels)
    signs = {name: each.clause for name, each in evidence.items()}
    assert signs.pop("badet") == (0.6 if labels["badet"].certain else -0.6)
    assert set(signs.values()) == {-0.6}


def test_what_the_words_state_stays_explicit_and_a_name_is_not_replaced_by_what_is_like_it(
    engine: Engine,
) -> None:
    asked = asked_of(engine, "vilka avtal omfattar kompetensförsörjning?")
    judged = judge(engine, asked.question.terms, asked.scope, asked.fused, asked.cosines)
    stated = {each.agreement.agreement_id for each in judged if each.coverage is Coverage.EXPLICIT}
    found = with_meaning(asked, judged, None, {})
    assert stated <= {each.agreement.agreement_id for each in found if each.coverage is Coverage.EXPLICIT}
    named = asked_of(engine, "Vilka avtal har vi med Ultuna?")
    assert any(term.named for term in named.question.terms)
    assert with_meaning(named, [], None, {}) == []


def test_nothing_is_chosen_where_nothing_lies_near() -> None:
    far = Evidence(0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 1.0, (0, 0))
    near = replace(far, sentence=0.6)
    assert exists([far], 0.5) < 0.1 < 0.5 < exists([far, near, near], 0.5)
    assert exists([near, near], 0.6) < exists(
        [near, near], 0.4
    )  # what is often asked is near to something anywhere


def test_the_example_questions_are_of_types_that_there_are_and_none_stands_twice() -> None:
    asked = [question for questions in examples().values() for question in questions]
    assert len(asked) == len(set(asked)) > 120
    assert {key.partition(":")[0] for key in examples()} - set(clause_types()) == {OTHER}
    assert all(len(questions) >= 3 for questions in examples().values())


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Vilka avtal tvingar oss att vara tysta?", "confidentiality"),
        ("I vilka avtal fortsätter det av sig självt om ingen hör av sig?", "term"),
        ("Hur långt i förväg måste vi säga till om vi vill sluta?", "notice"),
        ("Vilka avtal handlar om simhallar?", None),
    ],
)
def test_the_shipped_encoder_knows_which_clause_a_lay_question_means(question: str, key: str | None) -> None:
    encoder = open_encoder()
    meant = ClauseQuestions.read_by(encoder).meant_by(encoder.encode_queries([question])[0])
    assert (meant.key if meant else None) == key
    assert meant is None or meant.field is (FactName.EXTENSION if key == "term" else None)
    assert meant is None or LEAST_MEANT <= meant.score <= 1.0
