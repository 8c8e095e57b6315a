"""Questions with known answers as choices among candidates: what the weights of short answers are fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.types import Span
from evals.cases import Case, CaseType, quote_spans
from evals.metrics import short_answer_correct
from retriever.asked import Asked, put
from retriever.engine import Engine
from retriever.fact_weights import family, features
from retriever.facts import candidates, same_answers
from retriever.figures import Found
from retriever.types import Filters, QuestionKind

WITHHELD_WEIGHT = 0.15
"""A question without its own agreements, and one without its own sentence, each count this much of one as it was asked."""
UNFOUND_WEIGHT = 0.3
"""A question whose answer is no candidate is better left unanswered, but tells less than one that has none."""
_OWN_BEST = ("gap", "ranked", "fullest", "known", "front")
"""What is measured from the best of the question's candidates: 0 for that one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One question: what speaks for each candidate by name, which are right, and which say the same of one agreement.

    `asked` is False where the question is a copy whose answer was taken away.
    """

    case_id: str
    family: str
    told: Sequence[Mapping[str, float]]
    right: Sequence[bool]
    same: Sequence[Sequence[int]]
    answerable: bool
    asked: bool
    weight: float


def choices_of(engine: Engine, cases: Sequence[Case], texts: Mapping[str, str]) -> list[Choice]:
    """The fact questions and the unanswerable ones, as far as they are read as questions of fact."""
    found: list[Choice] = []
    for case in cases:
        if case.scoring not in (CaseType.FACT, CaseType.UNANSWERABLE):
            continue
        asked = put(engine, case.q, Filters(), 10)
        if asked.question.kind is not QuestionKind.FACT:
            continue
        found.extend(_choices(asked, case, texts))
    return found


def _choices(asked: Asked, case: Case, texts: Mapping[str, str]) -> Iterator[Choice]:
    own = candidates(asked)
    right = [_is_right(each, case) for each in own]
    answerable = case.scoring is CaseType.FACT
    weight = UNFOUND_WEIGHT if answerable and not any(right) else 1.0
    yield _choice(asked, case, own, right, weight)
    if not answerable:
        return
    quoted = quote_spans(case, texts)
    spans = [
        (f.statement.agreement.agreement_id, f.statement.span) for f, r in zip(own, right, strict=True) if r
    ]
    rest = [each for each in own if not _overlaps(each, [*quoted, *spans])]
    if rest:
        yield _choice(asked, case, rest, None, WITHHELD_WEIGHT)
    scope = asked.scope & ~asked.engine.rows_in(case.expected)
    if scope.any():
        others = candidates(replace(asked, scope=scope))
        yield _choice(asked, case, others, None, WITHHELD_WEIGHT)


def _is_right(found: Found, case: Case) -> bool:
    known = found.statement.agreement.agreement_id in case.expected
    return known and short_answer_correct(found.text, case.answers)


def _overlaps(found: Found, places: Sequence[tuple[str, Span]]) -> bool:
    own = found.statement
    return any(
        agreement_id == own.agreement.agreement_id and span.start < own.span.end and own.span.start < span.end
        for agreement_id, span in places
    )


def _choice(
    asked: Asked, case: Case, found: Sequence[Found], right: Sequence[bool] | None, weight: float
) -> Choice:
    asks = asked.question.asks
    told = [features(each, asks) for each in found]
    if right is None:  # what was best is gone: the others are measured from the best that is left
        most = {name: max((each[name] for each in told), default=0.0) for name in _OWN_BEST}
        told = [{**each, **{name: each[name] - most[name] for name in _OWN_BEST}} for each in told]
    return Choice(
        case.id,
        family(asks),
        told,
        right if right is not None else [False] * len(found),
        same_answers(found),
        case.scoring is CaseType.FACT and right is not None,
        right is not None,
        weight,
    )
