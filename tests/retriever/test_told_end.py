"""The end of an agreement whose card has none: a period from day to day, or the years that it is valid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from corpus.card import agreement_from
from corpus.types import Agreement, Document, FileFormat
from retriever.answer import ask
from retriever.engine import Engine
from retriever.told_end import told_end

FRONT = "Avtal om båtar\n\nMellan Trosa kommun och Vik AB har följande avtal slutits.\n\n"


def agreement(text: str) -> Agreement:
    return agreement_from(Document("prov.txt", FileFormat.TXT, FRONT + text), "prov")


@pytest.mark.parametrize(
    ("text", "end", "words"),
    [
        ("HUR LÄNGE\n1 mars 2024 – 31 december 2027.\n", "2027-12-31", "1 mars 2024 – 31 december 2027"),
        (
            "Fem år, från den 14 mars 2022 till den 13 mars 2027.\n",
            "2027-03-13",
            "den 14 mars 2022 till den 13 mars 2027",
        ),
        ("Bidrag ges för perioden 2025-01-01 – 2028-12-31.\n", "2028-12-31", "2025-01-01 – 2028-12-31"),
        ("Period\nPartnerskapet löper 2024–2026.\n", "2026-12-31", "2024–2026"),
        ("Avtalet är tecknat 2025-03-10 och gäller i tre år.\n", "2028-03-09", "gäller i tre år"),
    ],
)
def test_an_end_that_the_card_has_not(text: str, end: str, words: str) -> None:
    told = agreement(text)
    found = told_end(told)
    assert found is not None
    assert (found[0].isoformat(), told.text[found[1].start : found[1].end]) == (end, words)


@pytest.mark.parametrize(
    "text",
    [
        "Avtalet gäller till och med den 31 december 2026. Projektet drivs 1 mars 2021 – 31 maj 2023.\n",
        "Avtalet är tecknat 2025-03-10. Sekretessen gäller i tre år efter uppdraget.\n",
        "Kursen hålls 1 mars 2024 – 31 maj 2024.\n",
        "Avtalet gäller i tre år.\n",
    ],
)
def test_no_end_is_made_up(text: str) -> None:
    assert told_end(agreement(text)) is None


def test_an_end_that_only_the_text_tells_is_not_lacking(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    engine = engine_of(
        {
            "båtar.txt": FRONT + "HUR LÄNGE\n1 mars 2024 – 31 december 2027.\n",
            "kajer.txt": FRONT.replace("båtar", "kajer") + "Avtalet gäller tills vidare.\n",
            "bryggor.txt": FRONT.replace("båtar", "bryggor")
            + "Avtalet gäller till och med den 31 december 2026.\n",
        }
    )
    assert [each.agreement_id for each in ask(engine, "Vilka avtal saknar slutdatum?").agreements] == [
        "kajer"
    ]
