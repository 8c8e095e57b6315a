"""When an agreement was signed: blocks, labels and sentences, and the dates of other agreements."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat


def signed(text: str) -> list[tuple[str, str]]:
    """Value and wording of the signing."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, f"Avtal om hamnen\n\n{text}\n"), "a")
    return [(f.value, agreement.text[f.start : f.end]) for f in agreement.facts if f.name is FactName.SIGNED]


@pytest.mark.parametrize(
    ("text", "value", "wording"),
    [
        ("Avtalet undertecknades i januari 2014.", "2014-01", "januari 2014"),
        ("I fredags, den 3/12, skrev kommunen under ett avtal.", "--12-03", "den 3/12"),
        ("Underskrifter\n\nPåhitta den 14 juni 2023", "2023-06-14", "den 14 juni 2023"),
        ("Underskrifter\n\nPåhitta 2022-05-19", "2022-05-19", "2022-05-19"),
        ("Ort och datum: Påhitta 2022-05-19", "2022-05-19", "2022-05-19"),
        ("Undertecknad den 8 december 2021", "2021-12-08", "den 8 december 2021"),
        ("Senaste underskrift 2022-02-17.", "2022-02-17", "2022-02-17"),
        ("Underskrivet elektroniskt 2021-08-16", "2021-08-16", "2021-08-16"),
        ("Ett.\n\nTvå.\n\nHamnchefen     Rektor\n2018-11-21     2018-12-04", "2018-12-04", "2018-12-04"),
        ("Ett.\n\nTvå.\n\nTre.\n\nViken, Sagolund och Påhitta i mars 2019", "2019-03", "mars 2019"),
        (
            "Ett.\n\nTvå.\n\nTre.\n\nViken 2024-01-22, hamnchefen och klubbens ordförande",
            "2024-01-22",
            "2024-01-22",
        ),
        ("One.\n\nTwo.\n\nThree.\n\nDone in Viken, 21 April 2023", "2023-04-21", "21 April 2023"),
        (
            "Publicerad: 2022-11-15\n\nI måndags den 14 november undertecknade parterna ett avtal.",
            "2022-11-14",
            "den 14 november",
        ),
        ("Det undertecknades fredagen den 3 december 2021 av parterna.", "2021-12-03", "den 3 december 2021"),
    ],
)
def test_the_day_of_signing_as_exact_as_it_is_written(text: str, value: str, wording: str) -> None:
    assert signed(text) == [(value, wording)]


def test_the_last_to_sign_makes_the_agreement_signed() -> None:
    text = "Underskrifter\n\nPåhitta den 14 juni 2023\n\nSagolund den 20 juni 2023"
    assert signed(text) == [("2023-06-20", "den 20 juni 2023")]


@pytest.mark.parametrize(
    "text",
    [
        "Delrapport den 15 maj 2025. Slutrapport den 28 november 2025. Rapporten trycks.",
        "Status: uppsagt 2020-09-28. Upphörde 2021-03-31.",
        "Avtalet ersätter avtal från 2015.",
        "Avtalet ersätter det avtal som undertecknades den 3 mars 2019.",
        "Tillägg till avtalet undertecknat den 3 mars 2019.",
        "Mottagningarna ansluts senast den 1 november 2025.",
        "Platser beställs senast den 15 april.",
        "Ort och datum: ____________",
    ],
)
def test_the_date_of_another_agreement_or_of_a_deadline_is_no_signing(text: str) -> None:
    assert signed(text) == []
