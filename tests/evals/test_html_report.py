"""The report: one page that stands alone, with the run's figures, pictures and misses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from evals.cases import Case, CaseType
from evals.html_report import html_report
from evals.misses import expected, misses_shown
from evals.record import GivenAgreement, Row, Run

MakeRow = Callable[..., Row]
MakeRun = Callable[..., Run]

_VOID = {"meta"}


class _Page(HTMLParser):
    """Collects tags, attributes and words, and counts what is opened and never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "style")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def run(made_row: MakeRow, made_run: MakeRun) -> Run:
    """Three lookups (right, right, wrong) and a locate that crashed, 10 to 40 ms."""
    rows = [made_row(f"l{n}", score, took_ms=10.0 * n) for n, score in ((1, 1.0), (2, 1.0), (3, 0.0))]
    crash = made_row("x1", 0.0, CaseType.LOCATE, 40.0)
    crashed = crash.model_copy(update={"given": None, "error": "ValueError: <b>slut</b>"})
    return made_run([*rows, crashed])


def test_the_page_stands_alone(run: Run) -> None:
    text = html_report(run, [run])
    page = _Page(text)
    assert page.open == []
    assert page.links == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not re.search(r"url\(|@import|https?://", text)
    assert page.tags.count("svg") == 3


def test_figures_by_hand(run: Run) -> None:
    text = html_report(run, [])
    assert "<b>0,50</b>" in text  # two of four right
    assert "<b>25 ms</b>" in text  # half-way between 20 and 30
    for row in (
        "<td>hitta avtalet</td><td>MRR@10</td>" + '<td class="figure">3</td><td class="figure">0,667</td>',
        '<td>hitta avtalet</td><td class="figure">3</td><td class="figure">20</td>',
    ):
        assert row in text
    assert 'id="liggare"' not in text


def test_the_curve_of_risk_by_hand(run: Run) -> None:
    # Sure of the two right ones (risk 0); the wrong one and the crash are sure of nothing: risk 2/4.
    text = html_report(run, [])
    assert '<td>50 %</td><td class="figure">0,000</td><td class="figure">1,000</td>' in text
    assert '<td>100 %</td><td class="figure">0,500</td><td class="figure">0,000</td>' in text


def test_a_run_without_confidence_says_so_in_place_of_the_curve(run: Run) -> None:
    old = [
        row.model_copy(update={"given": row.given and row.given.model_copy(update={"confidence": None})})
        for row in run.rows
    ]
    assert "sparad utan svarens säkerhet" in html_report(run.model_copy(update={"rows": tuple(old)}), [])


def test_what_was_asked_and_answered_is_text_and_never_markup(run: Run) -> None:
    asked = run.rows[2].model_copy(update={"q": "<script>alert(1)</script>"})
    text = html_report(run.model_copy(update={"rows": (*run.rows[:2], asked, run.rows[3])}), [])
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "krasch: ValueError: &lt;b&gt;slut&lt;/b&gt;" in text


def test_the_ledger_draws_the_runs_of_the_same_questions_only(
    run: Run, made_row: MakeRow, made_run: MakeRun
) -> None:
    other = made_run([made_row("a", 0.25)], commit="ffffffffff")
    other = other.model_copy(update={"manifest": other.manifest.model_copy(update={"cases_sha256": "cd"})})
    text = html_report(run, [other, made_run(run.rows, commit="eeeeeeeeee"), run])
    ledger = text[text.index('id="liggare"') : text.index('id="missar"')]
    assert ledger.count("<circle") == 2
    assert "<td>fffffff</td>" in ledger
    assert '<td class="figure">1 *</td><td class="figure">0,250</td>' in ledger


def test_a_missed_set_says_what_lacks_and_what_is_too_much(made_row: MakeRow) -> None:
    case = Case.model_validate(
        {
            "id": "v1",
            "type": "list",
            "q": "Vilka?",
            "expected": {"a": "explicit", "b": "explicit", "c": "related"},
        }
    )
    row = made_row("v1", 0.4, CaseType.LIST)
    assert row.given is not None
    named = (
        GivenAgreement(agreement_id="a", coverage="explicit"),
        GivenAgreement(agreement_id="d", coverage="explicit"),
    )
    given = row.given.model_copy(update={"agreements": named})
    text = misses_shown([row.model_copy(update={"given": given})], {"v1": case})
    assert "saknas: b; för mycket: d" in text
    assert "2 avtal: a, b" in text
    assert "Fråga v1?" in text


def test_what_was_expected_in_words() -> None:
    fact = {
        "id": "f",
        "type": "fact",
        "q": "Hyran?",
        "expected": {"a": "explicit"},
        "answers": ["5 kr", "fem kr"],
    }
    silent = {"id": "u", "type": "unanswerable", "q": "Vargjakt?"}
    assert expected(Case.model_validate(fact)) == "5 kr eller fem kr [a]"
    assert expected(Case.model_validate(silent)) == "inget stöd funnet"


def test_partly_right_is_folded_away_and_all_right_is_said(made_row: MakeRow) -> None:
    assert "<details><summary>1 frågor till" in misses_shown([made_row("a", 0.5)], {})
    assert misses_shown([made_row("a", 1.0)], {}) == "<p>Alla frågor fick full poäng.</p>"
