"""Our own metrics, each on numbers worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from corpus.types import Span
from evals.metrics import (
    Abstention,
    SetScores,
    abstention_scores,
    citation_exactness,
    covers,
    set_scores,
    short_answer_correct,
)
from retriever.types import Citation

_TEXTS = {"a": "Hyran är 5 kr.", "b": "Ränta utgår inte."}


def _citation(agreement_id: str, start: int, end: int, quote: str) -> Citation:
    return Citation(agreement_id, "", (), (), "", None, None, start, end, quote, "", "", "", "")


def test_sets_by_hand() -> None:
    # Given 3, of them 2 right; wanted 4: P 2/3, R 2/4, F1 = 2·2/(3+4).
    assert set_scores({"a", "b", "x"}, {"a", "b", "c", "d"}) == SetScores(2 / 3, 1 / 2, 4 / 7)


def test_an_empty_answer_has_no_precision_worth_mentioning() -> None:
    assert set_scores(set(), {"a"}) == SetScores(0.0, 0.0, 0.0)
    assert set_scores({"x"}, {"a"}) == SetScores(0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("61 miljoner kronor", ["61 miljoner kronor"]),
        ("Omfattar 61 Miljoner kronor.", ["61 miljoner kronor"]),
        ("1\u00a0150 kr", ["1 150 kr"]),
        ("1150 kr", ["1 150 kr"]),
        ("till och med den 30 juni 2027", ["2027-06-30", "30 juni 2027"]),
        ("Ja, skriftligen (§ 6).", ["ja"]),
        ("1,2 mnkr per år", ["1,2 mnkr"]),
    ],
)
def test_a_right_short_answer(given: str, accepted: list[str]) -> None:
    assert short_answer_correct(given, accepted)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        (None, ["61"]),
        ("", ["61"]),
        ("161 miljoner kronor", ["61 miljoner kronor"]),
        ("450 000 kr", ["50 000 kr"]),
        ("1 450 000 kr", ["450 000 kr"]),
        ("1,2 mnkr", ["2 mnkr"]),
        ("Nej, men ja i vissa fall", ["ja"]),
        ("Det får den inte, nej", ["nej"]),
        ("12 månader", ["2 månader"]),
        ("Hyran är 5 kr " * 11, ["5 kr"]),
    ],
)
def test_a_wrong_short_answer(given: str | None, accepted: list[str]) -> None:
    assert not short_answer_correct(given, accepted)


def test_a_citation_covers_from_half_of_the_expected_characters() -> None:
    expected = Span(10, 20)
    assert covers(_citation("a", 0, 100, ""), "a", expected)
    assert covers(_citation("a", 0, 15, ""), "a", expected)
    assert not covers(_citation("a", 0, 14, ""), "a", expected)
    assert not covers(_citation("b", 0, 100, ""), "a", expected)


def test_citation_exactness_by_hand() -> None:
    citations = [
        _citation("a", 0, 5, "Hyran"),
        _citation("a", 0, 5, "hyran"),
        _citation("b", 0, 5, "Ränta"),
        _citation("okänt", 0, 5, "Hyran"),
    ]
    assert citation_exactness(citations, _TEXTS) == 2 / 4


def test_an_empty_quote_is_not_exact() -> None:
    assert citation_exactness([_citation("a", 3, 3, "")], _TEXTS) == 0.0
    with pytest.raises(ValueError, match="at least one"):
        citation_exactness([], _TEXTS)


def test_abstention_by_hand() -> None:
    # Three should be silent, two are; one speaks up for nothing and one is silent for nothing: P 2/3, R 2/3.
    pairs = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    assert abstention_scores(pairs) == Abstention(2 / 3, 2 / 3, 2 / 3)


_NAMES = st.frozensets(st.sampled_from("abcdefgh"))


@drawn(_NAMES, _NAMES)
def test_sets_on_random_worlds_agree_with_counting_members(
    shown: frozenset[str], wanted: frozenset[str]
) -> None:
    right = sum(1 for name in "abcdefgh" if name in shown and name in wanted)
    precision = Fraction(right, len(shown)) if shown else Fraction(0)
    recall = Fraction(right, len(wanted)) if wanted else Fraction(0)
    f1 = 2 / (1 / precision + 1 / recall) if right else Fraction(0)
    found = set_scores(shown, wanted)
    assert (found.precision, found.recall, found.f1) == pytest.approx((precision, recall, f1))


@drawn(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(1, 12))
def test_covering_on_random_spans_agrees_with_counting_characters(
    start: int, length: int, wanted: int, wanted_length: int
) -> None:
    cited = set(range(start, start + length))
    expected = set(range(wanted, wanted + wanted_length))
    covered = covers(_citation("a", start, start + length, ""), "a", Span(wanted, wanted + wanted_length))
    assert covered is (2 * len(cited & expected) >= len(expected))


@drawn(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "okänt"]), st.integers(0, 16), st.integers(0, 3)), min_size=1
    )
)
def test_exactness_on_random_citations_agrees_with_finding_the_quote(
    places: list[tuple[str, int, int]],
) -> None:
    citations = [_citation(name, start, start + length, "n") for name, start, length in places]
    exact = [
        name in _TEXTS and length == 1 and _TEXTS[name].startswith("n", start)
        for name, start, length in places
    ]
    assert citation_exactness(citations, _TEXTS) == pytest.approx(sum(exact) / len(exact))


@drawn(st.integers(0, 999), st.integers(0, 999))
def test_a_figure_is_right_only_as_the_whole_number(shown: int, accepted: int) -> None:
    assert short_answer_correct(f"Avgiften är {shown} kr.", [f"{accepted} kr"]) is (shown == accepted)


def test_five_answers_by_hand() -> None:
    # Of five short answers the first, third and fourth are right: accuracy 3/5.
    shown = ["den 1 maj 2030", "den 11 maj 2030", "1 MAJ 2030", "Senast 1 maj 2030.", None]
    assert [short_answer_correct(each, ["1 maj 2030"]) for each in shown] == [True, False, True, True, False]
