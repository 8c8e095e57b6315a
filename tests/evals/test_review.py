"""Review: a person's keys turn drafts into cases that load, or into nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals.cases import CaseError, CaseType, check_cases, load_cases
from evals.drafts import load_drafts
from evals.review import Desk, Reviewed, review

_TEXTS = {"hyra": "§ 1 Hyran är 5 kr.\n§ 2 Avtalet gäller till 2030.", "vård": "§ 1 Vården sker hemma."}


def _draft(q: str, verdict: str, quote: str = "", agreement: str = "hyra") -> dict[str, Any]:
    start = _TEXTS[agreement].index(quote)
    hit = {
        "agreement_id": agreement,
        "start": start,
        "end": start + len(quote),
        "text_sha256": "ab",
        "quote": quote,
    }
    return {
        "format_version": 1,
        "day": "2026-01-31",
        "generation": "g1",
        "q": q,
        "verdict": verdict,
        "hit": hit if quote else None,
    }


def _review(folder: Path, *keys: str) -> tuple[Reviewed, str]:
    """Review with these lines typed, one after the other; no more lines than that."""
    typed: Iterator[str] = iter(keys)

    def read(prompt: str) -> str:
        shown.file.write(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    shown = Console(file=io.StringIO(), width=200)
    done = review(Desk(folder, folder / "fall.jsonl", _TEXTS, read, shown))
    assert isinstance(shown.file, io.StringIO)
    return done, shown.file.getvalue()


def _put(folder: Path, *drafts: dict[str, Any]) -> None:
    lines = "".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts)
    (folder / "utkast.jsonl").write_text(lines, encoding="utf-8")


def test_an_accepted_thumb_up_is_a_case_that_loads_and_fits(tmp_path: Path) -> None:
    _put(tmp_path, _draft("Vad kostar det?", "right", "Hyran är 5 kr."))
    done, shown = _review(tmp_path, "g", "", "")
    assert done == Reviewed(1, 0, 0)
    assert "hyra: ”Hyran är 5 kr.”" in shown
    (case,) = load_cases(tmp_path / "fall.jsonl")
    assert (case.type, case.q, set(case.expected), case.quotes[0].quote) == (
        CaseType.LOCATE,
        "Vad kostar det?",
        {"hyra"},
        "Hyran är 5 kr.",
    )
    check_cases([case], _TEXTS)
    assert load_drafts(tmp_path) == ()


def test_the_type_is_changed_and_what_it_needs_is_asked_for(tmp_path: Path) -> None:
    _put(tmp_path, _draft("Vad kostar det?", "right", "Hyran är 5 kr."))
    _review(tmp_path, "t", "fact", "g", "", "", "5 kr")
    (case,) = load_cases(tmp_path / "fall.jsonl")
    assert (case.type, case.answers) == (CaseType.FACT, ("5 kr",))


def test_a_missing_agreement_is_named_by_the_reviewer(tmp_path: Path) -> None:
    _put(tmp_path, _draft("Vilka avtal finns?", "missing"))
    _review(tmp_path, "g", "hyra, vård")
    (case,) = load_cases(tmp_path / "fall.jsonl")
    assert (case.type, sorted(case.expected)) == (CaseType.LIST, ["hyra", "vård"])


def test_a_thumb_down_may_be_a_question_without_an_answer(tmp_path: Path) -> None:
    _put(tmp_path, _draft("Får man fiska?", "wrong", "Hyran är 5 kr."))
    _review(tmp_path, "g")
    (case,) = load_cases(tmp_path / "fall.jsonl")
    assert (case.type, case.expected) == (CaseType.UNANSWERABLE, {})


def test_thrown_away_skipped_and_stopped(tmp_path: Path) -> None:
    _put(tmp_path, *(_draft(f"Fråga {number}?", "missing") for number in range(4)))
    done, _ = _review(tmp_path, "k", "h", "s")
    assert done == Reviewed(0, 1, 3)
    assert [draft.q for draft in load_drafts(tmp_path)] == ["Fråga 1?", "Fråga 2?", "Fråga 3?"]
    assert not (tmp_path / "fall.jsonl").exists()


def test_the_same_said_twice_is_decided_once(tmp_path: Path) -> None:
    twice = _draft("Får man fiska?", "missing")
    _put(tmp_path, twice, {**twice, "day": "2026-02-01"})
    done, _ = _review(tmp_path, "k")
    assert done == Reviewed(0, 1, 0)
    assert load_drafts(tmp_path) == ()


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("g", "borta"), "avtalet borta finns inte"),
        (("g", ""), "Det blir inget fall: "),
        (("t", "gissning", "k"), "Typen gissning finns inte; list gäller än."),
    ],
)
def test_what_makes_no_case_is_said_and_asked_again(tmp_path: Path, keys: tuple[str, ...], said: str) -> None:
    _put(tmp_path, _draft("Vilka avtal finns?", "missing"))
    _, shown = _review(tmp_path, *keys)
    assert said in shown
    assert not (tmp_path / "fall.jsonl").exists()


def test_a_question_that_is_a_case_already_is_not_added_again(tmp_path: Path) -> None:
    _put(tmp_path, _draft("Får man fiska?", "missing"), _draft("Får man FISKA?", "wrong", "Hyran är 5 kr."))
    _, shown = _review(tmp_path, "t", "unanswerable", "g", "g", "k")
    assert "Frågan finns redan i fall.jsonl" in shown
    assert len(load_cases(tmp_path / "fall.jsonl")) == 1


def test_a_broken_line_and_a_missing_folder_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "utkast.jsonl").write_text('{"q": 1}\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"utkast\.jsonl, rad 1: fel vid"):
        load_drafts(tmp_path)
    with pytest.raises(CaseError, match="AVTAL_FEEDBACK"):
        load_drafts(tmp_path / "borta")
