"""The score of the cards: a field is right when its value and its place are the truth's, and silent when it is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.card import agreement_from
from corpus.types import Agreement, Document, FileFormat
from evals.cards import FIELDS, UNSEEN, accuracy, judge_all, judge_card, judge_unseen, text_file

TEXT = """Samverkansavtal mellan Påhitta kommun och Region Dikt

Dnr PK 2024-7

§ 1 Avtalstid

Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2026.

Avtalet ska sägas upp senast sex månader före avtalstidens utgång.

§ 2 Ersättning

Hyran är 1,2 mnkr per år. Hamnchefen är kontaktperson.
"""
TRUTH: dict[str, Any] = {
    "kind": "samverkansavtal",
    "parties": ["Påhitta kommun", "Region Dikt"],
    "registry_numbers": ["PK 2024-7"],
    "valid_from": {"date": "2024-01-01", "wording": "från och med den 1 januari 2024"},
    "valid_to": {"date": "2026-12-31", "wording": "till och med den 31 december 2026"},
    "notice_period": {"duration": "P6M", "wording": "senast sex månader före avtalstidens utgång"},
    "last_notice_day": "2026-06-30",
    "amounts": [{"wording": "1,2 mnkr", "kronor": 1_200_000, "what": "hyra"}],
    "contact_roles": [{"role": "kontaktperson", "holder": "hamnchefen", "wording": "Hamnchefen är kontakt"}],
}


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return agreement_from(Document("a.txt", FileFormat.TXT, TEXT), "a")


def wrong(agreement: Agreement, **changed: Any) -> list[str]:
    """The fields that are wrong against the truth with some fields changed."""
    truth = {name: value for name, value in (TRUTH | changed).items() if value is not None}
    return [str(each.field) for each in judge_card(agreement, truth) if not each.right]


def test_a_card_that_says_what_the_truth_says_is_right_in_every_field(agreement: Agreement) -> None:
    assert wrong(agreement) == []
    assert [str(each.field) for each in judge_card(agreement, TRUTH)] == [str(field) for field in FIELDS]


def test_the_same_period_in_other_units_is_the_same(agreement: Agreement) -> None:
    assert wrong(agreement, notice_period=TRUTH["notice_period"] | {"duration": "P26W"}) == ["notice_period"]
    year = {"duration": "P0Y", "wording": "sex månader"}
    assert wrong(agreement, notice_period=year) == ["notice_period"]


def test_another_value_another_place_and_a_field_too_many_are_wrong(agreement: Agreement) -> None:
    assert wrong(agreement, valid_to={"date": "2027-12-31", "wording": "31 december 2026"}) == ["valid_to"]
    assert wrong(agreement, valid_to={"date": "2026-12-31", "wording": "Hyran är"}) == ["valid_to"]
    assert wrong(agreement, valid_to=None) == ["valid_to"]
    assert wrong(agreement, amounts=None) == ["amounts"]
    assert wrong(agreement, signed={"date": "2024-01-02", "wording": "Hyran"}) == ["signed"]
    assert wrong(agreement, parties=["Påhitta kommun"]) == ["parties"]


def test_accuracy_counts_each_field_and_what_is_stated(agreement: Agreement) -> None:
    judged = judge_card(agreement, TRUTH | {"kind": "ramavtal"})
    counted = accuracy(judged)
    assert counted["kind"] == (0, 1, 0, 1)
    assert counted["signed"] == (1, 1, 0, 0)
    assert counted["alla"] == (len(FIELDS) - 1, len(FIELDS), 8, 9)


def test_every_agreement_with_a_truth_is_judged(tmp_path: Path) -> None:
    truth = '["kommunalt/hyra-kulturhuset"]\nkind = "hyresavtal"\n'
    (tmp_path / "a.toml").write_text(truth, encoding="utf-8")
    judged = judge_all(tmp_path)
    assert {each.agreement_id for each in judged} == {"kommunalt/hyra-kulturhuset"}
    assert len(judged) == len(FIELDS)
    with pytest.raises(FileNotFoundError, match="finns-inte"):
        text_file("kommunalt/finns-inte")


LEAST = 0.95


def test_dates_periods_and_parties_are_right_in_the_samples() -> None:
    counted = accuracy(judge_all())
    fields = ("parties", "registry_numbers", "signed", "valid_from", "valid_to", "notice_period", "kind")
    assert {field: counted[field][0] / counted[field][1] >= LEAST for field in fields} == dict.fromkeys(
        fields, True
    )


def test_the_cards_of_an_unseen_set_are_judged_by_their_values(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "hamn.txt").write_text(TEXT, encoding="utf-8")
    truth = 'kind = "samverkansavtal"\nparties = ["Region Dikt"]\nvalid_from = "2024-01-01"\nvalid_to = "2025-12-31"\n'
    (tmp_path / "cards.toml").write_text(f"[hamn]\n{truth}", encoding="utf-8")
    wrong = {each.field for each in judge_unseen(tmp_path) if not each.right}
    assert wrong == {"parties", "valid_to", "notice_period", "last_notice_day"}


@pytest.mark.parametrize("name", ["utveckling", "utveckling-b", "utveckling-c"])
def test_the_cards_of_the_open_sets_are_read_right(name: str) -> None:
    right, total, _, _ = accuracy(judge_unseen(UNSEEN / name))["alla"]
    assert right / total > 0.98
