"""Notice and extension: the ordinary period, the last day where it follows, the automatic step, and the traps."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat

TERM = "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2026."


def facts(text: str, name: FactName) -> list[tuple[str, str]]:
    """Value and wording of the facts of one name."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, f"Avtal om hamnen\n\n{text}\n"), "a")
    return [(f.value, agreement.text[f.start : f.end]) for f in agreement.facts if f.name is name]


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("Avtalet kan sägas upp med sex månaders uppsägningstid.", "P6M"),
        ("Avtalet kan sägas upp med tre månaders varsel.", "P3M"),
        ("Vardera parten kan säga upp avtalet med en uppsägningstid om 12 månader.", "P12M"),
        ("Uppsägningstiden är två (2) år.", "P2Y"),
        ("Uppsägningstiden är ett halvår.", "P6M"),
        ("Uppsägningstid: 3 månader", "P3M"),
        ("Avtalet sägs upp med tremånaders uppsägningstid.", "P3M"),
        ("Avtalet ska sägas upp senast nio månader före avtalstidens utgång.", "P9M"),
        ("Avtalet kan sägas upp till ett läsårsskifte med minst tio månaders framförhållning.", "P10M"),
        ("Part får säga upp avtalet med tre månaders frist.", "P3M"),
        ("Part som vill avsluta tidigare ska säga till skriftligt tre månader innan.", "P3M"),
        ("Avtalet kan av endera parten avslutas i förtid genom ett meddelande tre månader i förväg.", "P3M"),
        ("Därefter rullar avtalet vidare fem år i sänder om ingen hör av sig ett år i förväg.", "P1Y"),
        ("Either party may withdraw from the agreement by giving six months' written notice.", "P6M"),
        ("Notice period: three months.", "P3M"),
        ("En part får frånträda avtalet genom att meddela detta en månad i förväg.", "P1M"),
    ],
)
def test_the_ordinary_period_of_notice(sentence: str, period: str) -> None:
    assert [value for value, _ in facts(sentence, FactName.NOTICE_PERIOD)] == [period]


@pytest.mark.parametrize(
    "sentence",
    [
        "Avtalet får hävas om bristen inte rättas inom 30 dagar efter uppmaning.",
        "Vid väsentligt avtalsbrott får avtalet sägas upp med 30 dagars uppsägningstid.",
        "Avtalet kan sägas upp med 30 dagars varsel om motparten bryter mot avtalet.",
        "Betalning ska ske inom 30 dagar från fakturans datum.",
        "Den ansvarige får med 30 dagars varsel granska biträdet.",
        "Beställaren får avsluta ett pågående avrop med 30 dagars varsel.",
        "Avtalet kan sägas upp. Beloppet betalas inom tre månader.",
    ],
)
def test_remedy_payment_and_breach_have_no_ordinary_notice(sentence: str) -> None:
    assert facts(sentence, FactName.NOTICE_PERIOD) == []


def test_ordinary_notice_beats_notice_on_a_condition() -> None:
    text = (
        "Kommunen får dessutom säga upp avtalet med en månads uppsägningstid om hamnen stängs. "
        "Avtalet kan sägas upp med sex månaders uppsägningstid."
    )
    assert facts(text, FactName.NOTICE_PERIOD) == [("P6M", "sex månaders uppsägningstid")]


def test_the_last_day_follows_from_end_and_period_and_its_span_is_the_clause() -> None:
    clause = "Avtalet ska sägas upp senast sex månader före avtalstidens utgång"
    assert facts(f"{TERM} {clause}.", FactName.LAST_NOTICE_DAY) == [("2026-06-30", clause)]


@pytest.mark.parametrize(
    "text",
    [
        "Avtalet ska sägas upp senast sex månader före avtalstidens utgång.",
        f"{TERM} Avtalet kan sägas upp med sex månaders uppsägningstid.",
        f"{TERM} Avtalet ska sägas upp senast sex månader före ett årsskifte.",
        TERM,
    ],
)
def test_a_last_day_is_never_invented(text: str) -> None:
    assert facts(text, FactName.LAST_NOTICE_DAY) == []


def test_a_last_day_that_the_text_states_is_that_day() -> None:
    text = "Avtalet ska sägas upp senast den 30 juni 2026."
    assert [value for value, _ in facts(text, FactName.LAST_NOTICE_DAY)] == ["2026-06-30"]


@pytest.mark.parametrize(
    ("sentence", "step", "wording"),
    [
        (
            "Sägs avtalet inte upp förlängs det med ett år i taget.",
            "P1Y",
            "förlängs det med ett år i taget",
        ),
        (
            "Sägs det inte upp senast sex månader före utgången förlängs avtalet automatiskt med 24 månader.",
            "P24M",
            "förlängs avtalet automatiskt med 24 månader",
        ),
        ("Därefter förlängs avtalet automatiskt årsvis.", "P1Y", "förlängs avtalet automatiskt årsvis"),
    ],
)
def test_the_automatic_extension_is_its_step_and_its_clause(sentence: str, step: str, wording: str) -> None:
    assert facts(sentence, FactName.EXTENSION) == [(step, wording)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunen får förlänga avtalet med högst 24 månader.",
        "Avtalet kan förlängas med ett år i taget efter skriftlig överenskommelse.",
        "Avtalet förlängs inte automatiskt.",
        "Föreståndaren tillsätts för tre år åt gången.",
        "Därefter kan det gälla ett år i taget, om parterna är överens.",
        "Parterna kan komma överens om att avtalet förlängs med ett år.",
    ],
)
def test_an_option_to_prolong_is_no_automatic_extension(sentence: str) -> None:
    assert facts(sentence, FactName.EXTENSION) == []


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("Säger ingen upp det senast nio månader före tidens slut fortsätter det tre år i taget.", "P3Y"),
        ("Om det inte sägs upp minst ett år i förväg fortsätter det att gälla fem år till.", "P5Y"),
        ("Avtalet gäller ett år i taget och fortsätter av sig självt om inte någon säger upp det.", "P1Y"),
        ("Avtalet rullar vidare fem år i sänder om ingen hör av sig.", "P5Y"),
        ("Det gäller i fyra år, därefter två år i taget.", "P2Y"),
    ],
)
def test_an_agreement_that_goes_on_by_itself_in_other_words(sentence: str, step: str) -> None:
    assert [value for value, _ in facts(f"{TERM} {sentence}", FactName.EXTENSION)] == [step]
