"""Citations by section: five sections in two agreements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from corpus.types import Section, Span
from evals.cases import Case
from evals.places import cites_namesake, cites_section, heading_words
from evals.scoring import score_case, unanswered_scores
from retriever.types import Answer, AnswerKind, Citation, Hit


def _section(label: str, path: tuple[str, ...], start: int, end: int) -> Section:
    return Section(
        path=path,
        label=label,
        heading=heading_words(label),
        level=len(path),
        start=start,
        body=start,
        end=end,
    )


_SECTIONS = {
    "hyra": (
        _section("§ 1 Hyra", ("§ 1",), 0, 19),
        _section("§ 2 Uppsägning", ("§ 2",), 19, 45),
        _section("§ 3 Hund", ("§ 3",), 45, 72),
    ),
    "vård": (_section("§ 1 Vård", ("§ 1",), 0, 24), _section("4.2 UPPSÄGNING", ("4", "4.2"), 24, 50)),
}
_EXPECTED = (("hyra", Span(24, 40)),)


def _citation(agreement_id: str, path: tuple[str, ...], label: str) -> Citation:
    return Citation(agreement_id, "", (), path, label, None, None, 0, 1, "x", "", "", "", "")


_RIGHT = _citation("hyra", ("§ 2",), "§ 2 Uppsägning")
_OTHER_CLAUSE = _citation("hyra", ("§ 3",), "§ 3 Hund")
_NAMESAKE = _citation("vård", ("4", "4.2"), "4.2 UPPSÄGNING")
_ELSEWHERE = _citation("vård", ("§ 2",), "§ 2 Vård")


@pytest.mark.parametrize(
    ("citation", "section", "namesake"),
    [
        (_RIGHT, True, False),
        (_OTHER_CLAUSE, False, False),
        (_NAMESAKE, False, True),
        # The same number in another agreement is neither the section nor its namesake.
        (_ELSEWHERE, False, False),
    ],
)
def test_five_sections_by_hand(citation: Citation, section: bool, namesake: bool) -> None:
    assert cites_section(citation, _EXPECTED, _SECTIONS) is section
    assert cites_namesake(citation, _EXPECTED, _SECTIONS) is namesake


def test_a_section_begins_where_the_one_before_ends() -> None:
    assert cites_section(_RIGHT, (("hyra", Span(19, 20)),), _SECTIONS)
    assert not cites_section(_RIGHT, (("hyra", Span(18, 30)),), _SECTIONS)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("§ 12 Uppsägning", "uppsägning"),
        ("4.2  Hyra och  avgift", "hyra och avgift"),
        ("§ 3", ""),
        ("a) Syfte", "syfte"),
        ("Avtalstid", "avtalstid"),
    ],
)
def test_heading_words_leave_the_number(label: str, words: str) -> None:
    assert heading_words(label) == words


def test_two_bare_numbers_are_no_namesakes() -> None:
    sections = {"hyra": (_section("§ 2", ("§ 2",), 0, 50),)}
    assert not cites_namesake(_citation("vård", ("§ 2",), "§ 2"), (("hyra", Span(0, 5)),), sections)


def _scores(silence: Answer, texts: dict[str, str], citation: Citation) -> dict[str, float]:
    case = _case()
    hit = Hit(1, 1.0, citation.agreement_id, "p", "x", (), (), citation)
    shown = replace(silence, kind=AnswerKind.PASSAGES, abstained=False, hits=(hit,))
    return score_case(case, shown, texts, _SECTIONS)


def _case(**fields: Any) -> Case:
    given: dict[str, Any] = {
        "id": "x",
        "type": "locate",
        "q": "Fråga?",
        "expected": {"hyra": "explicit"},
        "quotes": [{"agreement": "hyra", "quote": "Avtalet gäller till 2030."}],
    }
    return Case.model_validate(given | fields)


def test_the_first_citation_is_graded_by_section(silence: Answer, texts: dict[str, str]) -> None:
    right, namesake = _scores(silence, texts, _RIGHT), _scores(silence, texts, _NAMESAKE)
    names = ("section_exact", "wrong_agreement", "right_clause_wrong_agreement")
    assert [right[name] for name in names] == [1.0, 0.0, 0.0]
    assert [namesake[name] for name in names] == [0.0, 1.0, 1.0]


def test_silence_and_crashes_cite_no_section(silence: Answer, texts: dict[str, str]) -> None:
    assert score_case(_case(), silence, texts, _SECTIONS)["section_exact"] == 0.0
    assert unanswered_scores(_case(), by_section=True)["section_exact"] == 0.0
    assert "section_exact" not in unanswered_scores(_case())
    assert "section_exact" not in unanswered_scores(_case(type="lookup", quotes=[]), by_section=True)
