"""The card: title, kind, parties, dates and amounts, each with the span it was read from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.card import agreement_from
from corpus.types import Agreement, Document, FactName, FileFormat, Span

TEXT = """Dela

Samverkansavtal mellan Trosa kommun och Högskolan i Skövde

Dnr: KS 2021/123

§ 1 Syfte

Parterna ska bygga en gemensam hamn. Trosa kommun betalar 250 000 kronor och högskolan 40 000 kronor.

§ 2 Avtalstid

Avtalet gäller från och med den 1 mars 2021 till och med februari 2024.

Underskrifter

Avtalet undertecknades den 3 februari 2021.

Karin Ek
"""


def agreement(text: str, title: str | None = None) -> Agreement:
    return agreement_from(Document("avtal/prov.txt", FileFormat.TXT, text, title=title), "avtal/prov")


def facts(text: str, name: FactName) -> list[tuple[str, str]]:
    """Value and wording of the facts of one name."""
    return [(f.value, text[f.start : f.end]) for f in agreement(text).facts if f.name is name]


def test_the_whole_card_of_a_small_agreement() -> None:
    card = agreement(TEXT)
    assert card.agreement_id == "avtal/prov"
    assert card.title == "Samverkansavtal mellan Trosa kommun och Högskolan i Skövde"
    assert card.kind == "samverkansavtal"
    assert card.parties == ("Trosa kommun", "Högskolan i Skövde")
    assert [(f.name, f.value, TEXT[f.start : f.end]) for f in card.facts] == [
        (FactName.KIND, "samverkansavtal", "Samverkansavtal"),
        (FactName.TITLE, card.title, card.title),
        (FactName.PARTY, "Trosa kommun", "Trosa kommun"),
        (FactName.PARTY, "Högskolan i Skövde", "Högskolan i Skövde"),
        (FactName.REGISTRY_NUMBER, "KS 2021/123", "KS 2021/123"),
        (FactName.AMOUNT, "250000 SEK", "250 000 kronor"),
        (FactName.AMOUNT, "40000 SEK", "40 000 kronor"),
        (FactName.VALID_FROM, "2021-03-01", "den 1 mars 2021"),
        (FactName.VALID_TO, "2024-02-29", "februari 2024"),
        (FactName.SIGNED, "2021-02-03", "den 3 februari 2021"),
    ]
    assert card.furniture == (Span(0, 4),)


PIECES = [
    *TEXT.split("\n\n"),
    "Kontakt",
    "Landstinget Dalarna (LD)",
    "Sidan är uppdaterad\n2021-01-01",
    "Det upphör 2030.",
]


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=9).map(
        "\n\n".join
    )
)
def test_facts_are_sorted_worded_and_outside_furniture_where_dated(text: str) -> None:
    card = agreement(text or "x")
    starts = [fact.start for fact in card.facts]
    assert starts == sorted(starts)
    for fact in card.facts:
        wording = card.text[fact.start : fact.end]
        assert wording and wording == wording.strip() and fact.value
        if fact.name in (FactName.VALID_FROM, FactName.VALID_TO, FactName.SIGNED, FactName.AMOUNT):
            assert not any(span.overlaps(Span(fact.start, fact.end)) for span in card.furniture)
    assert [f.value for f in card.facts if f.name is FactName.KIND] == ([card.kind] if card.kind else [])
    assert {f.value for f in card.facts if f.name is FactName.PARTY} == set(card.parties)


@pytest.mark.parametrize(
    ("sentence", "name", "value", "wording"),
    [
        ("Avtalet gäller till och med 2026.", FactName.VALID_TO, "2026-12-31", "2026"),
        ("Avtalet gäller till utgången av juni 2026.", FactName.VALID_TO, "2026-06-30", "juni 2026"),
        ("Avtalet löper ut den 31 mars 2026.", FactName.VALID_TO, "2026-03-31", "den 31 mars 2026"),
        ("Avtalet upphör 2026-03-31.", FactName.VALID_TO, "2026-03-31", "2026-03-31"),
        ("Avtalet träder i kraft den 5 maj 2020.", FactName.VALID_FROM, "2020-05-05", "den 5 maj 2020"),
        ("Avtalet gäller fr.o.m. 2020-05-05.", FactName.VALID_FROM, "2020-05-05", "2020-05-05"),
        ("Avtalet gäller 1 maj 2020–30 april 2022.", FactName.VALID_FROM, "2020-05-01", "1 maj 2020"),
        ("Avtalet gäller 1 maj 2020–30 april 2022.", FactName.VALID_TO, "2022-04-30", "30 april 2022"),
        (
            "Avtalet löper från den 1 maj 2020 till den 30 april 2022.",
            FactName.VALID_TO,
            "2022-04-30",
            "den 30 april 2022",
        ),
    ],
)
def test_validity_is_read_with_its_wording(sentence: str, name: FactName, value: str, wording: str) -> None:
    assert facts(f"Ett avtal om hamnen.\n\n{sentence}\n", name) == [(value, wording)]


def test_a_date_outside_a_sentence_of_validity_bounds_nothing() -> None:
    text = "Ett avtal om hamnen.\n\nKajen byggdes från och med 2001 till och med 2004.\n"
    assert facts(text, FactName.VALID_FROM) == facts(text, FactName.VALID_TO) == []


def test_the_first_statement_of_validity_counts_and_every_amount() -> None:
    text = "Avtalet gäller till och med 2024. Bilagan gäller till och med 2020. Den kostar 5 kronor, kajen 7 kronor.\n"
    assert facts(text, FactName.VALID_TO) == [("2024-12-31", "2024")]
    assert facts(text, FactName.AMOUNT) == [("5 SEK", "5 kronor"), ("7 SEK", "7 kronor")]


def test_a_partys_turnover_is_no_amount_of_the_agreement() -> None:
    assert facts("Hamnen omsätter 20 miljoner kronor om året.\n", FactName.AMOUNT) == []


def test_the_date_of_the_page_is_not_the_date_of_signing() -> None:
    """ "Sidan är uppdaterad" with a date once dated the agreement."""
    text = "Avtalet skrevs under i Trosa.\n\nSidan är uppdaterad\n\n2023-02-01\n"
    assert facts(text, FactName.SIGNED) == []


def test_dates_and_amounts_in_a_contact_block_are_no_facts() -> None:
    text = "Hamnen\n\nParterna bygger en hamn.\n\nKontakt\n\nSamtal kostar 5 kronor.\n"
    assert facts(text, FactName.AMOUNT) == []


def test_a_title_of_a_bare_kind_names_the_parties_instead() -> None:
    text = "Samverkansavtal\n\nTrosa kommun och Region Dalarna ingår avtal om en hamn. Avtalet rör Trosa kommun och Region Dalarna.\n"
    card = agreement(text)
    assert card.parties == ("Trosa kommun", "Region Dalarna")
    assert card.title == "Samverkansavtal mellan Trosa kommun och Region Dalarna"


def test_without_kind_or_parties_the_documents_title_or_first_heading_names_it() -> None:
    assert agreement("Hamnen\n\nKajen är lång.\n", title="Om hamnen").title == "Om hamnen"
    assert agreement("Hamnen\n\nKajen är lång.\n").title == "Hamnen"
    assert agreement("Kajen är lång.\n").title == "Kajen är lång."
    assert agreement("\n").title == "avtal/prov.txt"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hyresavtal för hamnen\n\nKajen ingår i ett ramavtal.\n", "hyresavtal"),
        ("Hamnen\n\nDenna överenskommelse rör kajen.\n", "överenskommelse"),
        ("Hamnen\n\nRamavtalet rör kajen.\n", "ramavtal"),
        ("Hamnen\n\nKajen är lång.\n", None),
    ],
)
def test_the_kind_is_read_from_heading_opening_or_text(text: str, kind: str | None) -> None:
    assert agreement(text).kind == kind


def test_the_agreements_own_kind_beats_one_it_mentions_more_often() -> None:
    long = "Kajen ligger i hamnen och är lång. " * 8
    text = f"Hamnen\n\n{long}\n\nRamavtalet nämns. Ramavtalet igen. Denna avsiktsförklaring rör kajen.\n"
    assert agreement(text).kind == "avsiktsförklaring"


def test_prose_after_dnr_is_no_number() -> None:
    text = "Avtal om hamnen.\n\nDnr saknas eftersom avtalet är från 2019.\n"
    assert facts(text, FactName.REGISTRY_NUMBER) == []
