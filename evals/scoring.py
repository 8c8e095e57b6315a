"""From a case and its answer to the case's figures. An unanswered case scores zero in each quality metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus.types import Span
from evals.cases import Case, CaseType, quote_spans
from evals.metrics import all_citations, citation_exactness, covers, set_scores, short_answer_correct
from evals.places import Sections, cites_namesake, cites_section
from evals.ranking import RANKING_METRICS, ranking_scores
from retriever.types import Answer, Citation, Coverage

SCORE: Final = "score"
CITATION_EXACT: Final = "citation_exact"
WRONG_AGREEMENT: Final = "wrong_agreement"
SHORT_ANSWER: Final = "short_answer"
SECTION_EXACT: Final = "section_exact"
NAMESAKE: Final = "right_clause_wrong_agreement"

# The one figure a type is judged by, in tables and in comparisons.
HEADLINE: Final[Mapping[CaseType, str]] = {
    CaseType.LIST: "set_f1",
    CaseType.LOCATE: "RR@10",
    CaseType.FACT: "grounded_answer",
    CaseType.LOOKUP: "RR@10",
    CaseType.ABSENCE: "set_f1",
    CaseType.UNANSWERABLE: "abstained",
}
_GRADES = {Coverage.EXPLICIT: 2, Coverage.RELATED: 1}
_SET_METRICS = ("set_precision", "set_recall", "set_f1")


def unanswered_scores(case: Case, by_section: bool = False) -> dict[str, float]:
    """What a crash scores, and an abstention where an answer exists: zero in every metric of quality.

    `by_section`: the sections are known, so that the citation's is graded too.
    """
    names = {
        CaseType.LIST: (*RANKING_METRICS, *_SET_METRICS),
        CaseType.LOCATE: RANKING_METRICS,
        CaseType.FACT: (*(RANKING_METRICS if case.quotes else ()), SHORT_ANSWER, "grounded_answer"),
        CaseType.LOOKUP: RANKING_METRICS,
        CaseType.ABSENCE: (*RANKING_METRICS, *_SET_METRICS),
        CaseType.UNANSWERABLE: ("abstained",),
    }[case.scoring]
    section = (SECTION_EXACT,) if by_section and case.quotes else ()
    return dict.fromkeys((SCORE, *names, *section), 0.0)


def score_case(
    case: Case, answer: Answer, texts: Mapping[str, str], sections: Sections | None = None
) -> dict[str, float]:
    """The case's metrics by name, each in 0..1, with `score` the headline of its type.

    `citation_exact`, `wrong_agreement` and `right_clause_wrong_agreement` are there only where citations were given:
    they grade what was said. `section_exact` is there for a case with quotes; both of the last need `sections`.
    """
    citations = all_citations(answer)
    graded = {CITATION_EXACT: citation_exactness(citations, texts)} if citations else {}
    if case.scoring is CaseType.UNANSWERABLE:
        silent = float(answer.abstained)
        return {SCORE: silent, "abstained": silent, **graded}
    if answer.abstained:
        return {**unanswered_scores(case, sections is not None), **graded}
    own = _quality(case, answer, texts)
    if citations:
        own[WRONG_AGREEMENT] = float(_leading(answer, citations).agreement_id not in case.expected)
    if sections is not None and case.quotes:
        own |= _section_scores(case, answer, texts, sections)
    if case.scoring is CaseType.FACT:
        own["grounded_answer"] = own[SHORT_ANSWER] * (1.0 - own.get(WRONG_AGREEMENT, 1.0))
    return {SCORE: own[HEADLINE[case.scoring]], **own, **graded}


def _section_scores(
    case: Case, answer: Answer, texts: Mapping[str, str], sections: Sections
) -> dict[str, float]:
    """Of the citation met first: is it of the expected section, and if of another agreement, of its namesake there?"""
    citations = all_citations(answer)
    if not citations:
        return {SECTION_EXACT: 0.0}
    leading, expected = _leading(answer, citations), quote_spans(case, texts)
    elsewhere = leading.agreement_id not in case.expected and cites_namesake(leading, expected, sections)
    return {SECTION_EXACT: float(cites_section(leading, expected, sections)), NAMESAKE: float(elsewhere)}


def _quality(case: Case, answer: Answer, texts: Mapping[str, str]) -> dict[str, float]:
    if case.scoring in (CaseType.LIST, CaseType.ABSENCE):
        return _list_scores(case, answer)
    if case.scoring is CaseType.LOOKUP:
        return ranking_scores(_agreements_shown(answer), _grades(case))
    scores: dict[str, float] = {}
    if case.quotes:
        spans = quote_spans(case, texts)
        ranked = _passages_shown(answer, spans)
        scores.update(ranking_scores(ranked, {f"quote:{place}": 1 for place in range(len(spans))}))
    if case.scoring is CaseType.FACT:
        scores[SHORT_ANSWER] = float(short_answer_correct(answer.short_answer, case.answers))
    return scores


def _list_scores(case: Case, answer: Answer) -> dict[str, float]:
    """A related agreement shown as explicit is a false positive; shown as related it costs nothing."""
    given = {shown.agreement_id for shown in answer.agreements if shown.coverage is Coverage.EXPLICIT}
    wanted = {agreement for agreement, grade in case.expected.items() if grade is Coverage.EXPLICIT}
    sets = set_scores(given, wanted)
    values = zip(_SET_METRICS, (sets.precision, sets.recall, sets.f1), strict=True)
    return {
        **ranking_scores([shown.agreement_id for shown in answer.agreements], _grades(case)),
        **dict(values),
    }


def _grades(case: Case) -> dict[str, int]:
    return {agreement: _GRADES[grade] for agreement, grade in case.expected.items()}


def _leading(answer: Answer, citations: Sequence[Citation]) -> Citation:
    """The citation a reader meets first: the one behind the short answer, else the first given."""
    if answer.short_answer_span is not None:
        return answer.citations[answer.short_answer_span.citation]
    return citations[0]


def _agreements_shown(answer: Answer) -> list[str]:
    named = [shown.agreement_id for shown in answer.agreements]
    return named or [citation.agreement_id for citation in all_citations(answer)]


def _passages_shown(answer: Answer, expected: Sequence[tuple[str, Span]]) -> list[str]:
    """The passages in the order shown, each named by the expected quotes it covers, else by its own place."""
    shown = [hit.citation for hit in answer.hits] or list(all_citations(answer))
    names: list[str] = []
    for citation in shown:
        held = [
            f"quote:{place}"
            for place, (agreement, span) in enumerate(expected)
            if covers(citation, agreement, span)
        ]
        names.extend(held or [f"{citation.agreement_id}:{citation.start}-{citation.end}"])
    return names
