"""Dates, amounts, periods and the other expressions: their exact wording, and the day a wording names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.expressions import MONTHS, ExpressionKind, date_value, expressions_in


def found(kind: ExpressionKind, text: str) -> list[str]:
    return [text[e.start : e.end] for e in expressions_in(text, 0, len(text), kind)]


@pytest.mark.parametrize(
    ("kind", "text", "wordings"),
    [
        (ExpressionKind.DATE, "Från den 1 mars 2021 till 30 april i år.", ["den 1 mars 2021", "30 april"]),
        (ExpressionKind.DATE, "Mötet 2021-03-01 och 1/3 2022.", ["2021-03-01", "1/3 2022"]),
        (ExpressionKind.DATE, "Perioden 2019–2022, med start våren 2019.", ["2019–2022", "våren 2019"]),
        (ExpressionKind.DATE, "Sedan mars 2021, eller år 2020", ["mars 2021", "år 2020"]),
        (ExpressionKind.DATE, "Ärende 2021/123 om 2021 elever", ["2021"]),
        (ExpressionKind.AMOUNT, "Det kostar 250 000 kronor och 20 kr.", ["250 000 kronor", "20 kr"]),
        (ExpressionKind.AMOUNT, "Högst 3,5 miljoner kronor eller 12 mkr", ["3,5 miljoner kronor", "12 mkr"]),
        (ExpressionKind.AMOUNT, "Inträdet är 500:- och två miljoner totalt", ["500:-", "två miljoner"]),
        (ExpressionKind.AMOUNT, "Där går 40 elever", []),
        (ExpressionKind.AMOUNT, "Bidraget är 120\n000 kronor", ["120\n000 kronor"]),
        (ExpressionKind.AMOUNT, "SEK 450 000 och Mkr 2, 5 MSEK", ["SEK 450 000", "5 MSEK"]),
        (
            ExpressionKind.AMOUNT,
            "Fem miljoner kronor, 4 kronor och 20 öre",
            ["Fem miljoner kronor", "4 kronor och 20 öre"],
        ),
        (ExpressionKind.DATE, "Från 1 jan. 2024 och den 1:a mars 2025", ["1 jan. 2024", "den 1:a mars 2025"]),
        (
            ExpressionKind.PERIOD,
            "Tremånaders tid, en treårsperiod, ett halvår",
            ["Tremånaders", "treårsperiod", "ett halvår"],
        ),
        (ExpressionKind.PERIOD, "I tre år och 12 månader", ["tre år", "12 månader"]),
        (ExpressionKind.PERIOD, "Inom tre (3) månader eller 2–3 veckor", ["tre (3) månader", "2–3 veckor"]),
        (ExpressionKind.PERIOD, "Med 30 dagars varsel", ["30 dagars"]),
        (ExpressionKind.FREQUENCY, "Två gånger per år och sedan årligen", ["Två gånger per år", "årligen"]),
        (ExpressionKind.FREQUENCY, "Vartannat år, varje termin", ["Vartannat år", "varje termin"]),
        (ExpressionKind.PERCENT, "Med 25 % eller 2,5 procent", ["25 %", "2,5 procent"]),
        (ExpressionKind.PERCENT, "Fem eller fem procentenheter", ["fem procentenheter"]),
        (ExpressionKind.NUMBER, "Det finns cirka 5 000 böcker", ["cirka 5 000"]),
        (ExpressionKind.NUMBER, "Se §12 och minst tre salar", ["minst tre"]),
        (ExpressionKind.PHONE, "Ring 08-12 34 56 eller +46 8 12 34 56.", ["08-12 34 56", "+46 8 12 34 56"]),
        (ExpressionKind.EMAIL, "Skriv till karin.ek@exempel.se.", ["karin.ek@exempel.se"]),
    ],
)
def test_expressions_are_found_as_written(kind: ExpressionKind, text: str, wordings: list[str]) -> None:
    assert found(kind, text) == wordings


def test_hard_spaces_and_line_breaks_stand_inside_an_expression() -> None:
    assert found(ExpressionKind.AMOUNT, "högst 250\xa0000 kronor") == ["250\xa0000 kronor"]
    assert found(ExpressionKind.DATE, "senast den 1\nmars 2021 eller") == ["den 1\nmars 2021"]


def test_a_person_stands_beside_a_role_or_a_verb_of_saying() -> None:
    assert found(ExpressionKind.PERSON, "– Det blir bra, säger Nina Holm.") == ["Nina Holm"]
    assert found(ExpressionKind.PERSON, "Anna-Karin von Berg, enhetschef") == ["Anna-Karin von Berg"]
    assert found(ExpressionKind.PERSON, "Boken om Nina Holm lånas ut.") == []


def test_an_organisation_is_no_person() -> None:
    assert found(ExpressionKind.PERSON, "rektor vid Skara Universitet") == []
    assert found(ExpressionKind.PERSON, "ordförande i Norra Länsstyrelsen") == []


def test_only_the_range_is_searched_and_offsets_are_into_the_whole_text() -> None:
    text = "Den 1 mars 2021 och den 2 april 2022."
    (only,) = expressions_in(text, 16, len(text), ExpressionKind.DATE)
    assert (only.kind, text[only.start : only.end]) == (ExpressionKind.DATE, "den 2 april 2022")


POOL = [
    "den 1 mars 2021",
    "250 000 kronor",
    "tre år",
    "25 %",
    "säger Nina Holm",
    "08-12 34 56",
    "a@b.se",
    "varje år",
    "(3)",
]


@settings(max_examples=80)
@given(
    st.lists(st.one_of(st.sampled_from(POOL), st.text(max_size=6)), max_size=8).map(" ".join),
    st.sampled_from(ExpressionKind),
)
def test_expressions_of_a_kind_are_ordered_disjoint_and_inside(text: str, kind: ExpressionKind) -> None:
    position = 0
    for expression in expressions_in(text, 0, len(text), kind):
        assert expression.kind is kind
        assert position <= expression.start < expression.end <= len(text)
        position = expression.end


@pytest.mark.parametrize(
    ("wording", "first", "last"),
    [
        ("2021-03-01", date(2021, 3, 1), date(2021, 3, 1)),
        ("den 1 mars 2021", date(2021, 3, 1), date(2021, 3, 1)),
        ("1/3 2021", date(2021, 3, 1), date(2021, 3, 1)),
        ("mars 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("februari 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("December 2021", date(2021, 12, 1), date(2021, 12, 31)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2019–2022", date(2019, 1, 1), date(2022, 12, 31)),
        ("våren 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("5 sept. 2020", date(2020, 9, 5), date(2020, 9, 5)),
    ],
)
def test_a_wording_names_a_day_or_the_first_and_last_of_a_period(
    wording: str, first: date, last: date
) -> None:
    assert (date_value(wording), date_value(wording, last_day=True)) == (first, last)


@pytest.mark.parametrize(
    "wording", ["1 mars", "årligen", "2021-02-30", "2021-13-01", "31 april 2020", "0/1 2020", ""]
)
def test_a_wording_without_a_year_or_with_an_impossible_day_names_no_day(wording: str) -> None:
    assert date_value(wording) is None


@settings(max_examples=60)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_written_in_words_digits_or_with_a_slash_is_that_day(day: date) -> None:
    words = f"den {day.day} {MONTHS[day.month - 1]} {day.year}"
    for wording in (words, day.isoformat(), f"{day.day}/{day.month} {day.year}"):
        assert date_value(wording) == date_value(wording, last_day=True) == day
        assert found(ExpressionKind.DATE, f"Det var {wording}.") == [wording]


def test_a_comma_after_a_number_cuts_nothing() -> None:
    assert found(ExpressionKind.NUMBER, "Det är cirka 5 000, kanske") == ["cirka 5 000"]


def test_summer_is_not_march() -> None:
    assert (date_value("sommaren 2022"), date_value("sommaren 2022", last_day=True)) == (
        date(2022, 1, 1),
        date(2022, 12, 31),
    )
