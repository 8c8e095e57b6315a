"""A case and an answer to figures, one type at a time, in a world of two agreements."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from evals.cases import Case, CaseType
from evals.scoring import score_case, unanswered_scores
from retriever.types import (
    Answer,
    AnswerKind,
    Citation,
    Coverage,
    CoveredAgreement,
    Hit,
    ShortAnswerSpan,
)

_Texts = dict[str, str]


def _cite(texts: _Texts, agreement_id: str, quote: str) -> Citation:
    start = texts[agreement_id].index(quote)
    end = start + len(quote)
    return Citation(agreement_id, "", (), (), "", None, None, start, end, quote, "", "", "", "")


def _hit(rank: int, citation: Citation) -> Hit:
    place = f"{citation.agreement_id}/{citation.start}"
    return Hit(rank, 1 / rank, citation.agreement_id, place, citation.quote, (), (), citation)


def _covered(agreement_id: str, coverage: Coverage) -> CoveredAgreement:
    return CoveredAgreement(agreement_id, agreement_id, coverage, 1.0, ())


def _case(**fields: Any) -> Case:
    return Case.model_validate({"id": "x", "q": "Fråga?", **fields})


_FACT = _case(
    type="fact",
    expected={"hyra": "explicit"},
    answers=["2030"],
    quotes=[{"agreement": "hyra", "quote": "Avtalet gäller till 2030."}],
)
_LIST = _case(type="list", expected={"hyra": "explicit", "vård": "related"})


def test_a_list_counts_explicit_agreements_and_ranks_all(silence: Answer, texts: _Texts) -> None:
    answer = replace(
        silence,
        kind=AnswerKind.AGREEMENTS,
        abstained=False,
        agreements=(_covered("vård", Coverage.EXPLICIT), _covered("hyra", Coverage.EXPLICIT)),
    )
    scores = score_case(_LIST, answer, texts)
    # Two named as explicit, one of them rightly: P 1/2, R 1, F1 2/3. Ranked 1, 2 where 2, 1 is best.
    assert scores["set_precision"] == 1 / 2
    assert scores["set_recall"] == 1.0
    assert scores["score"] == scores["set_f1"] == 2 / 3
    assert scores["nDCG@10"] == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_a_related_agreement_shown_as_related_costs_nothing(silence: Answer, texts: _Texts) -> None:
    shown = (_covered("hyra", Coverage.EXPLICIT), _covered("vård", Coverage.RELATED))
    answer = replace(silence, kind=AnswerKind.AGREEMENTS, abstained=False, agreements=shown)
    assert score_case(_LIST, answer, texts)["score"] == 1.0


def test_locate_finds_the_quote_inside_a_longer_passage_at_rank_two(silence: Answer, texts: _Texts) -> None:
    case = _case(
        type="locate",
        expected={"hyra": "explicit"},
        quotes=[{"agreement": "hyra", "quote": "Hyran är 5 kr."}],
    )
    hits = (
        _hit(1, _cite(texts, "vård", "§ 1 Vården sker hemma.")),
        _hit(2, _cite(texts, "hyra", texts["hyra"])),
    )
    scores = score_case(case, replace(silence, kind=AnswerKind.PASSAGES, abstained=False, hits=hits), texts)
    assert scores["score"] == scores["RR@10"] == 1 / 2
    assert scores["Success@1"] == 0.0
    assert scores["R@10"] == 1.0
    assert scores["wrong_agreement"] == 1.0
    assert scores["citation_exact"] == 1.0


def test_a_fact_needs_the_right_words_from_the_right_agreement(silence: Answer, texts: _Texts) -> None:
    right = _cite(texts, "hyra", "Avtalet gäller till 2030.")
    wrong = _cite(texts, "vård", "Avtalet gäller till 2031.")
    answer = replace(
        silence,
        kind=AnswerKind.FACT,
        abstained=False,
        short_answer="till 2030",
        citations=(wrong, right),
        short_answer_span=ShortAnswerSpan(1, right.start + 15, right.end - 1),
    )
    assert score_case(_FACT, answer, texts)["score"] == 1.0
    elsewhere = replace(answer, short_answer_span=ShortAnswerSpan(0, wrong.start, wrong.end))
    scores = score_case(_FACT, elsewhere, texts)
    assert (scores["short_answer"], scores["wrong_agreement"], scores["score"]) == (1.0, 1.0, 0.0)


def test_a_fact_without_a_source_does_not_count(silence: Answer, texts: _Texts) -> None:
    bare = replace(silence, kind=AnswerKind.FACT, abstained=False, short_answer="2030")
    scores = score_case(_FACT, bare, texts)
    assert (scores["short_answer"], scores["score"]) == (1.0, 0.0)
    assert "citation_exact" not in scores


def test_a_lookup_may_answer_with_a_list_or_with_a_passage(silence: Answer, texts: _Texts) -> None:
    case = _case(type="lookup", expected={"vård": "explicit"})
    named = replace(
        silence,
        abstained=False,
        agreements=(_covered("hyra", Coverage.EXPLICIT), _covered("vård", Coverage.EXPLICIT)),
    )
    assert score_case(case, named, texts)["score"] == 1 / 2
    passage = replace(silence, abstained=False, hits=(_hit(1, _cite(texts, "vård", "Vården")),))
    assert score_case(case, passage, texts)["score"] == 1.0


def test_silence_is_right_only_where_nothing_answers(silence: Answer, texts: _Texts) -> None:
    nothing = _case(type="unanswerable")
    assert score_case(nothing, silence, texts)["score"] == 1.0
    assert score_case(nothing, replace(silence, abstained=False), texts)["score"] == 0.0
    assert score_case(_FACT, silence, texts) == unanswered_scores(_FACT)


def test_a_robust_case_is_scored_as_its_own_type(silence: Answer, texts: _Texts) -> None:
    robust = _case(type="robust", scored_as="unanswerable", variant="english")
    assert score_case(robust, silence, texts)["score"] == 1.0


@pytest.mark.parametrize("case", [_FACT, _LIST, _case(type="unanswerable")], ids=lambda case: str(case.type))
def test_unanswered_is_zero_and_never_empty(case: Case) -> None:
    scores = unanswered_scores(case)
    assert "score" in scores
    assert set(scores.values()) == {0.0}


def test_every_type_has_zero_scores_of_its_own() -> None:
    plain = {
        CaseType.LOCATE: _case(
            type="locate", expected={"hyra": "explicit"}, quotes=[{"agreement": "hyra", "quote": "Hunden"}]
        ),
        CaseType.LOOKUP: _case(type="lookup", expected={"hyra": "explicit"}),
    }
    assert all("RR@10" in unanswered_scores(case) for case in plain.values())
