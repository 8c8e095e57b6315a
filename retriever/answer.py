"""From a question to an answer: the set of agreements, a short fact, the best passages, or an honest no."""

from __future__ import annotations

import time
from dataclasses import replace

from retriever.asked import Asked, put
from retriever.asks import Asks
from retriever.beyond_cards import beyond_cards
from retriever.compared_answer import compared_answer
from retriever.engine import Engine
from retriever.evidence import passages_answer
from retriever.fact_answer import fact_answer
from retriever.set_answer import set_answer
from retriever.types import Answer, AnswerKind, Filters, Hit, QuestionKind


def ask(engine: Engine, text: str, filters: Filters | None = None, limit: int = 10) -> Answer:
    """Answer a question from the index. Every agreement that the filters let through is searched.

    Raises AvtalError for a question that is empty or too long.
    """
    started = time.perf_counter()
    asked = put(engine, text, filters or Filters(), limit)
    kind = asked.question.kind
    if (
        kind is QuestionKind.PASSAGES
        and not asked.question.terms
        and not asked.question.section
        and (asked.question.parties or asked.question.agreement_kinds)
    ):
        kind = QuestionKind.AGREEMENTS
    if asked.question.compares:
        compared = compared_answer(asked)
        if compared is not None:
            return replace(compared, took_ms=round((time.perf_counter() - started) * 1000, 3))
    match kind:
        case QuestionKind.AGREEMENTS if asked.question.seeks_place:
            answer = open_answer(asked)
        case QuestionKind.AGREEMENTS:
            answer = set_answer(asked)
        case QuestionKind.FACT:
            answer = fact_answer(asked)
            if answer.short_answer is None:
                answer = beyond_cards(asked, filters or Filters()) or answer
        case QuestionKind.PASSAGES:
            answer = passages_answer(asked)
    if asked.question.asks is Asks.YES_NO:
        answer = cited_first(answer)
    return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 3))


def cited_first(answer: Answer) -> Answer:
    """The answer with the passages that a yes or no is read out of before the other hits, else in their order.

    Its sentence was chosen by all its words, against the question's; a figure or a name by its form as well.
    """
    if answer.kind is not AnswerKind.FACT:
        return answer

    def cited(hit: Hit) -> bool:
        passage = hit.citation
        return any(
            passage.agreement_id == cited.agreement_id
            and passage.start < cited.end
            and cited.start < passage.end
            for cited in answer.citations
        )

    ordered = sorted(answer.hits, key=lambda hit: not cited(hit))
    return replace(answer, hits=tuple(replace(hit, rank=place) for place, hit in enumerate(ordered, 1)))


def open_answer(asked: Asked) -> Answer:
    """The set of agreements where there is one, else the best passages."""
    answer = set_answer(asked)
    return passages_answer(asked) if answer.abstained else answer
