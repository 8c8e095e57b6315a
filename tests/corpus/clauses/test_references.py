"""What an agreement is filed under, and what it replaces, amends and belongs to."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Document, FactName, FileFormat


def facts(text: str, name: FactName) -> list[str]:
    """The values of the facts of one name."""
    agreement = agreement_from(Document("a.txt", FileFormat.TXT, text), "a")
    for fact in agreement.facts:
        if fact.name in (FactName.REPLACES, FactName.AMENDS, FactName.APPENDIX_TO):
            assert " ".join(agreement.text[fact.start : fact.end].split()) == fact.value
    return [fact.value for fact in agreement.facts if fact.name is name]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Dnr: KS 2021/123", ["KS 2021/123"]),
        ("Diarienummer: HS 2023/88 (högskolan), RP 2023-1204 (regionen)", ["HS 2023/88", "RP 2023-1204"]),
        ("Beteckning: 511-LPM-4402-2022", ["511-LPM-4402-2022"]),
        ("Påhitta kommun KS 2023/502, Region Dikt RD 2023-0719", ["KS 2023/502", "RD 2023-0719"]),
        ("Hyreskontrakt nr 4417-06", ["4417-06"]),
        ("HYRESAVTAL FÖR LOKAL          Kontrakt nr 30417-06", ["30417-06"]),
        ("Dnr saknas eftersom avtalet är från 2019.", []),
    ],
)
def test_registry_numbers_with_and_without_a_label(line: str, numbers: list[str]) -> None:
    text = f"Avtal om hamnen\n\n{line}\n\n§ 1 Syfte\n\nKajen är lång.\n"
    assert facts(text, FactName.REGISTRY_NUMBER) == numbers


def test_the_number_of_another_agreement_is_not_this_ones() -> None:
    text = "Avtal om hamnen\n\nDnr PK 2024-7\n\n§ 1 Syfte\n\nAvtalet ersätter avtal med dnr RP 2019-77 om kajen.\n"
    assert facts(text, FactName.REGISTRY_NUMBER) == ["PK 2024-7"]
    assert facts(text, FactName.REPLACES) == ["avtal med dnr RP 2019-77 om kajen"]


@pytest.mark.parametrize(
    ("sentence", "reference"),
    [
        (
            "Avtalet ersätter samverkansavtalet mellan parterna daterat den 3 mars 2019.",
            "samverkansavtalet mellan parterna daterat den 3 mars 2019",
        ),
        ("Genom detta avtal upphör parternas ramavtal med dnr PK 2020-1 att gälla.", "parternas ramavtal med dnr PK 2020-1"),
        ("Avtalet ersätter avtal från 2015 och gäller från den 1 mars 2024.", "avtal från 2015"),
    ],
)  # fmt: skip
def test_what_an_agreement_replaces_is_given_as_written(sentence: str, reference: str) -> None:
    text = f"Avtal om hamnen\n\n{sentence}\n"
    assert facts(text, FactName.REPLACES) == [reference]
    assert facts(text, FactName.SIGNED) == []


def test_an_amendment_names_the_agreement_that_it_amends() -> None:
    text = "Tilläggsavtal nr 1 till avtal om hamnen med dnr PK 2020-1\n\nKajen blir längre.\n"
    assert facts(text, FactName.AMENDS) == ["avtal om hamnen med dnr PK 2020-1"]
    assert facts(text, FactName.KIND) == ["tilläggsavtal"]


def test_an_appendix_names_the_agreement_that_it_belongs_to() -> None:
    text = "Bilaga 2 till ramavtal om konsulter, dnr PK 2020-1\n\nPriserna står här.\n"
    assert facts(text, FactName.APPENDIX_TO) == ["ramavtal om konsulter, dnr PK 2020-1"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ändringar och tillägg till detta avtal ska vara skriftliga.",
        "Avtalet ersätter alla muntliga överenskommelser.",
        "Priserna framgår av bilaga 1 till avtalet.",
    ],
)
def test_common_clauses_refer_to_no_other_agreement(sentence: str) -> None:
    text = f"Avtal om hamnen\n\n{sentence}\n"
    for name in (FactName.REPLACES, FactName.AMENDS, FactName.APPENDIX_TO):
        assert facts(text, name) == []
