"""From when and until when: spellings, terms counted from a day, and the dates that bound something else."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat, Span

SIGNED = "\n\nUnderskrifter\n\nPåhitta den 14 juni 2023\n"


def facts(text: str, name: FactName) -> list[tuple[str, str]]:
    """Value and wording of the facts of one name."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, f"Avtal om hamnen\n\n{text}\n"), "a")
    return [(f.value, agreement.text[f.start : f.end]) for f in agreement.facts if f.name is name]


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("Avtalet gäller fr.o.m. den 1 januari 2014 t.o.m. 2017.", "2014-01-01", "2017-12-31"),
        ("Avtalet löper fr o m 2023-08-01 t o m 2026-07-31.", "2023-08-01", "2026-07-31"),
        ("Överenskommelsen gäller 1 jan. 2024–31 dec. 2026.", "2024-01-01", "2026-12-31"),
        ("Avtalet gäller från den 1 januari till den 31 december 2024.", "2024-01-01", "2024-12-31"),
        ("Avtalsperioden är 2024–2026.", "2024-01-01", "2026-12-31"),
        ("Avtalet börjar gälla den 1/8 2023 och upphör den 31/7 2026.", "2023-08-01", "2026-07-31"),
        ("Avtalet gäller tills vidare, dock längst till och med den 31 maj 2025.", None, "2025-05-31"),
        ("Avtalet träder i kraft den 1 mars 2024 och gäller i två (2) år.", "2024-03-01", "2026-02-28"),
        ("Avtalet gäller från och med den 1 juli 2024 och tre år framåt.", "2024-07-01", "2027-06-30"),
        ("Avtalstid: 2024-01-01 – 2025-12-31", "2024-01-01", "2025-12-31"),
    ],
)
def test_spellings_of_a_term(sentence: str, start: str | None, end: str) -> None:
    assert [value for value, _ in facts(sentence, FactName.VALID_FROM)] == ([start] if start else [])
    assert [value for value, _ in facts(sentence, FactName.VALID_TO)] == [end]


def test_a_term_from_the_signing_is_reckoned_where_the_day_is_known() -> None:
    text = "Avtalet gäller i tre år från undertecknandet."
    assert facts(text + SIGNED, FactName.VALID_TO) == [
        ("2026-06-13", "Avtalet gäller i tre år från undertecknandet")
    ]
    assert facts(text + SIGNED, FactName.VALID_FROM) == [("2023-06-14", "från undertecknandet")]
    assert facts(text, FactName.VALID_TO) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Detta avtal ersätter avtal från 2015 som gällde till och med 2018.",
        "Prislistan gäller till och med den 31 december 2024.",
        "Bilagan gäller till och med 2020.",
        "Avtalet utvärderas senast den 1 mars 2026.",
        "Kajen byggdes från och med 2001 till och med 2004.",
        "Betalning ska ske inom 30 dagar.",
    ],
)
def test_dates_of_something_else_bound_nothing(sentence: str) -> None:
    assert facts(sentence, FactName.VALID_FROM) == facts(sentence, FactName.VALID_TO) == []


def test_tills_vidare_is_of_the_agreement_and_without_a_cap() -> None:
    said = facts("Avtalet gäller tills vidare.", FactName.UNTIL_FURTHER_NOTICE)
    assert said == [("tills vidare", "tills vidare")]
    capped = "Avtalet gäller tills vidare dock längst till den 31 maj 2025."
    assert facts(capped, FactName.UNTIL_FURTHER_NOTICE) == []
    assert facts("Sekretessen gäller tills vidare.", FactName.UNTIL_FURTHER_NOTICE) == []


def test_an_end_before_the_start_is_no_end() -> None:
    text = "Avtalet gäller från och med den 1 mars 2024. Avtalet upphör den 1 mars 2020."
    assert facts(text, FactName.VALID_TO) == []


def test_a_pages_foot_in_the_middle_of_a_sentence_hides_no_date() -> None:
    """A sentence that went over a page's end was once not read at all."""
    foot = "Sida 1 (2)"
    text = f"Avtal om hamnen\n\n§ 1 Avtalstid\n\nAvtalet gäller från och med den 1 mars 2024\n{foot}\noch till och med den 31 maj 2026.\n"
    start = text.index(foot)
    document = Document("a.pdf", FileFormat.PDF, text, furniture=(Span(start, start + len(foot)),))
    card = agreement_from(document, "a")
    assert card.values(FactName.VALID_FROM) == ("2024-03-01",)
    assert card.values(FactName.VALID_TO) == ("2026-05-31",)
