"""The reading view's card and badge: words for every field, "okänt" where nothing is said."""

from __future__ import annotations

from datetime import date

import pytest

from api.language import Language
from api.rendering.addresses import Addresses
from api.rendering.card import card_rows
from api.rendering.validity import InForce, validity_of
from api.rendering.wording import Words
from corpus.types import Agreement, Declared, Document, Fact, FactName, FileFormat, Section

SWEDISH, ENGLISH = Words(Language.SWEDISH), Words(Language.ENGLISH)
TEXT = "Avtal mellan Påhitta kommun och bolaget."


def _agreement(
    *facts: tuple[str, str, str] | tuple[str, str], declared: tuple[Declared, ...] = ()
) -> Agreement:
    read = tuple(Fact(FactName(name), value, 6, 12, *detail) for name, value, *detail in facts)
    section = Section((), "", "", 1, 0, 0, len(TEXT))
    return Agreement(
        "a/b", Document("a/b.txt", FileFormat.TXT, TEXT), "Avtal", None, (), read, (section,), (), declared
    )


def _rows(agreement: Agreement, words: Words = SWEDISH) -> list[list[str]]:
    rows = card_rows(agreement, Addresses(), words)
    return [[row.label, *(value.words for value in row.values)] for row in rows]


def test_every_field_has_swedish_words_in_the_cards_order() -> None:
    agreement = _agreement(
        ("party", "Påhitta kommun"),
        ("registry_number", "PK 2024-1"),
        ("signed", "2014-01"),
        ("valid_from", "2024-01-01"),
        ("valid_to", "2026-12-31"),
        ("extension", "P1Y"),
        ("notice_period", "P6M"),
        ("last_notice_day", "2026-06-30"),
        ("amount", "1800000 SEK", "ersättning per år"),
        ("amount", "0.5 SEK"),
        ("contact_role", "avtalsansvarig", "skolchefen"),
        ("replaces", "avtal med dnr PK 2019-4"),
    )
    assert _rows(agreement) == [
        ["Parter", "Påhitta kommun"],
        ["Diarienummer", "PK 2024-1"],
        ["Undertecknat", "januari 2014"],
        ["Gäller från", "1 januari 2024"],
        ["Gäller till", "31 december 2026"],
        ["Förlängs", "automatiskt med 1 år"],
        ["Uppsägningstid", "6 månader"],
        ["Sista dag för uppsägning", "30 juni 2026"],
        ["Belopp", "1\xa0800\xa0000\xa0kr, ersättning per år", "0,5\xa0kr"],
        ["Kontakt", "avtalsansvarig: skolchefen"],
        ["Ersätter", "avtal med dnr PK 2019-4"],
    ]  # fmt: skip


def test_the_same_in_english() -> None:
    agreement = _agreement(("valid_to", "2026-12-31"), ("notice_period", "P1M"), ("amount", "1800000 SEK"))
    rows = _rows(agreement, ENGLISH)
    assert ["In force until", "31 December 2026"] in rows
    assert ["Notice period", "1 month"] in rows
    assert ["Amount", "1,800,000\xa0SEK"] in rows


def test_a_date_without_a_year_is_shown_without_one() -> None:
    assert ["Undertecknat", "3 december"] in _rows(_agreement(("signed", "--12-03")))


def test_what_the_text_does_not_say_is_unknown_and_an_endless_agreement_has_no_end() -> None:
    assert _rows(_agreement()) == [
        ["Parter", "okänt"],
        ["Diarienummer", "okänt"],
        ["Undertecknat", "okänt"],
        ["Gäller från", "okänt"],
        ["Gäller till", "okänt"],
        ["Uppsägningstid", "okänt"],
    ]
    endless = _rows(_agreement(("until_further_notice", "tills vidare")))
    assert ["Gäller", "tills vidare"] in endless
    assert not [row for row in endless if row[0] == "Gäller till"]


def test_what_a_manifest_says_is_shown_as_the_manifests_and_leads_nowhere() -> None:
    declared = (
        Declared(FactName.VALID_TO, "2027-01-31", "hyra/avtal.toml"),
        Declared(FactName.SIGNED, "", "hyra/avtal.toml"),
    )
    rows = {row.label: row.values for row in card_rows(_agreement(declared=declared), Addresses(), SWEDISH)}
    assert [(v.words, v.href, v.known_by) for v in rows["Gäller till"]] == [
        ("31 januari 2027", "", "enligt hyra/avtal.toml")
    ]
    assert [v.words for v in rows["Undertecknat"]] == ["okänt"]


def test_a_value_of_the_text_leads_to_its_place() -> None:
    (value,) = card_rows(_agreement(("party", "Påhitta kommun")), Addresses(), SWEDISH)[0].values
    assert value.href.startswith("/avtal/a/b?start=6&end=12&v=") and value.href.endswith("#citat")


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        ([("valid_to", "2026-12-31")], InForce.YES, "Gäller till 31 december 2026"),
        ([("valid_to", "2025-06-01")], InForce.YES, "Gäller till 1 juni 2025"),
        ([("valid_to", "2025-05-31")], InForce.NO, "Gällde till 31 maj 2025"),
        ([("valid_to", "2020-12-31"), ("extension", "P1Y")], InForce.YES, "Förlängs automatiskt sedan 31 december 2020"),
        ([("valid_from", "2025-07-01")], InForce.LATER, "Gäller från 1 juli 2025"),
        ([("until_further_notice", "tills vidare")], InForce.YES, "Gäller tills vidare"),
        ([], InForce.UNKNOWN, "Giltighet okänd"),
    ],
)  # fmt: skip
def test_the_badge_on_the_first_of_june_2025(
    facts: list[tuple[str, str]], state: InForce, words: str
) -> None:
    badge = validity_of(_agreement(*facts), date(2025, 6, 1), SWEDISH)
    assert (badge.state, badge.words) == (state, words)
