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
        ("Löftet gäller från den 22 april 2022 till och med utgången av 2030.", "2022-04-22", "2030-12-31"),
        ("Överenskommelsen omfattar tre år räknat från 1 februari 2025.", "2025-02-01", "2028-01-31"),
        ("Avtalet gäller kalenderåren 2024, 2025 och 2026.", "2024-01-01", "2026-12-31"),
        ("Avtalet gäller läsåren 2024/25, 2025/26 och 2026/27.", "2024-07-01", "2027-06-30"),
        ("Gäller 2025 och tre år framåt.", "2025-01-01", "2027-12-31"),
        ("Projektet pågår mellan den 1 mars 2023 och den 28 februari 2027.", "2023-03-01", "2027-02-28"),
        ("Depositionen gäller i 25 år från den 1 juni 2018.", "2018-06-01", "2043-05-31"),
        (
            "Nämnden beslutar att ingå partnerskap med klubben för perioden 2025-01-01–2027-12-31.",
            "2025-01-01",
            "2027-12-31",
        ),
        (
            "Avtalet gäller från den 1 maj 2024 till dess att rapporten godkänts, dock senast den 31 mars 2026.",
            "2024-05-01",
            "2026-03-31",
        ),
        ("Avtalet är bindande till och med 2029-12-31.", None, "2029-12-31"),
        (
            "Avtalet, som skulle ha upphört den 30 juni 2025, förlängs till den 30 juni 2026.",
            None,
            "2026-06-30",
        ),
        (
            "Klubben skriver under ett treårigt avtal. Avtalet börjar gälla i januari 2025.",
            "2025-01-01",
            "2027-12-31",
        ),
        ("Hur länge gäller avtalet?\n\nTill och med den 31 december 2030.", None, "2030-12-31"),
        ("Tid\n1 september 2023 – 31 augusti 2026.", "2023-09-01", "2026-08-31"),
        (
            "The Memorandum takes effect on 1 May 2023 and remains in force for four years.",
            "2023-05-01",
            "2027-04-30",
        ),
        ("This agreement is valid from 1 January 2024 until 31 December 2026.", "2024-01-01", "2026-12-31"),
    ],
)
def test_spellings_of_a_term(sentence: str, start: str | None, end: str) -> None:
    assert [value for value, _ in facts(sentence, FactName.VALID_FROM)] == ([start] if start else [])
    assert [value for value, _ in facts(sentence, FactName.VALID_TO)] == [end]


@pytest.mark.parametrize(
    "note",
    [
        "*** UPPSAGT 2024-06-26 av klubben. Upphör 2025-06-30. ***",
        "OBS! Avtalet upphörde den 30 juni 2025. Det sades upp av klubben i december.",
        "Klubben har i brev 2024-06-20 sagt upp avtalet. Avtalet upphör för samtliga parter 2025-06-30.",
    ],
)
def test_an_agreement_under_notice_ends_when_its_note_says(note: str) -> None:
    text = f"{note}\n\nAvtalet gäller från den 1 januari 2019 tills vidare."
    assert [value for value, _ in facts(text, FactName.VALID_TO)] == ["2025-06-30"]
    assert facts(text, FactName.UNTIL_FURTHER_NOTICE) == [("tills vidare", "tills vidare")]


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
        "Utsläppen ska minska med hälften mellan 2020 och 2030.",
        "Det tidigare avtalet sades upp och upphörde den 31 december 2019.",
        "Avtalet kan sägas upp. Upphör verksamheten 2025-06-30 ska lokalen städas.",
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
