"""Cards of agreements written as nobody had foreseen: faults that fresh texts showed, each with its own test."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.quantities import amount_value
from corpus.types import Agreement, Document, FactName, FileFormat


def agreement(text: str) -> Agreement:
    return agreement_from(Document("prov.txt", FileFormat.TXT, text), "prov")


def values(text: str, name: FactName) -> list[str]:
    return [fact.value for fact in agreement(text).facts if fact.name is name]


def roles(text: str) -> list[tuple[str, str]]:
    """Contact role and who holds it."""
    return [(f.value, f.detail) for f in agreement(text).facts if f.name is FactName.CONTACT_ROLE]


FRONT = "Avtal om båtar\n\nMellan Trosa kommun och Vik AB har följande avtal slutits.\n\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Trosa kommun\n\nRAMAVTAL\nMöbler till skolor\n\n1. Avtalsparter\n\nTrosa kommun och Vik AB är parter.\n",
         "RAMAVTAL Möbler till skolor"),
        ("Dnr 2019-4\n\nAvtal om uppdragsutbildning\n1 Parter\nTrosa kommun och Vik AB.\n", "Avtal om uppdragsutbildning"),
        ("HYRESAVTAL FÖR LOKAL              Nummer 47-11\n\n1. Hyra\n\nHyran är fast.\n", "HYRESAVTAL FÖR LOKAL"),
        ("DONATIONSAVTAL\n\nParter\nGivare: Vik AB\nMottagare: Trosa kommun\n\n1 Gåvan\n\nVik AB ger en båt.\n",
         "Donationsavtal mellan Vik AB och Trosa kommun"),
    ],
)  # fmt: skip
def test_the_title_stands_above_the_first_clause_though_it_is_no_heading(text: str, title: str) -> None:
    assert agreement(text).title == title


def test_a_proper_name_on_top_is_the_title() -> None:
    text = "SAMHÄLLSKONTRAKTET\nAvtal om fördjupad samverkan\n\nParter:\nTrosa kommun\nVik AB\n\n§ 1 Syfte\n\nMer båtar.\n"
    assert agreement(text).title == "SAMHÄLLSKONTRAKTET"


def test_a_clauses_heading_is_no_title() -> None:
    text = (
        "Avtal\nmellan\nTrosa kommun\noch\nVik AB\n\nAvtalets giltighet\n\nDetta avtal gäller tills vidare.\n"
    )
    assert agreement(text).title == "Avtal mellan Trosa kommun och Vik AB"


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Trosa 2023-09-07                     Viken 2023-09-11", ["2023-09-11"]),
        ("Nyköping den ____ / ____ 2011            Trosa den 21 november 2011", ["2011-11-21"]),
        ("Trosa den 14/6 2018", ["2018-06-14"]),
        ("Trosa i juni 2020", ["2020-06"]),
        ("Ort/datum: Viken 2018-11-29          Ort/datum: Trosa 2018-12-06", ["2018-12-06"]),
        ("Trosa den               2017", []),
        ("2021-12-06", []),
    ],
)
def test_a_line_of_places_and_days_says_when_the_agreement_was_signed(line: str, signed: list[str]) -> None:
    text = f"{FRONT}§ 1 Syfte\n\nParterna delar båtar.\n\n§ 2 Tvist\n\nTvist löses i samråd.\n\n{line}\n"
    assert values(text, FactName.SIGNED) == signed


@pytest.mark.parametrize(
    "words",
    [
        "Avtalet träder i kraft när det har undertecknats av båda parter.",
        "Avtalet gäller från det att båda parter undertecknat det.",
        "Avtalet gäller från den dag då samtliga parter har undertecknat det.",
    ],
)
def test_validity_from_the_signing_in_other_words(words: str) -> None:
    text = f"{FRONT}§ 1 Avtalstid\n\n{words}\n\n§ 2 Tvist\n\nTvist löses i samråd.\n\nTrosa den 3 mars 2024\n"
    assert values(text, FactName.VALID_FROM) == ["2024-03-03"]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("Beställarens avtalsansvarige: inköpsstrategen", [("avtalsansvarig", "inköpsstrategen")]),
        ("Kommunens hallansvarige är kontaktperson.", [("kontaktperson", "Kommunens hallansvarige")]),
        ("Frågor om lokalen ställs till hyresvärdens förvaltare.", [("kontaktperson", "hyresvärdens förvaltare")]),
        ("Konsultens ombud: projektledaren.", [("ombud", "projektledaren")]),
        ("Föreståndaren svarar för driften och är kontaktperson.", []),
        ("Kommunens sjökapten är ordförande.", [("ordförande", "Kommunens sjökapten")]),
        ("Kommunens sjökapten är ordförande. Bolagets hamnchef är kontaktperson.",
         [("kontaktperson", "Bolagets hamnchef")]),
    ],
)  # fmt: skip
def test_contact_roles_in_other_words(clause: str, found: list[tuple[str, str]]) -> None:
    said = roles(f"{FRONT}§ 1 Ledning\n\n{clause}\n")
    assert [each for each in said if each[1] != "Föreståndaren"] == found


def test_under_a_heading_of_contacts_a_row_needs_no_role() -> None:
    text = f"{FRONT}1. Kontaktpersoner\n\nKommunen: hamnchefen\n\nBolaget: regionchefen för Norden\n"
    assert roles(text) == [("kontaktperson", "hamnchefen"), ("kontaktperson", "regionchefen för Norden")]


def test_a_tables_head_holds_no_role() -> None:
    text = f"{FRONT}1. Kontakt\n\n| Part | Roll | Funktion |\n|---|---|---|\n| Bolaget | Kontaktperson | hamnchefen |\n"
    assert roles(text) == [("kontaktperson", "hamnchefen")]


@pytest.mark.parametrize(
    "sentence",
    [
        "År 2017 fick föreningen 400 000 kronor i bidrag.",
        "Kostnaden uppskattas till 450 tkr.",
        "Värdet av de varor som passerar lagret uppgår till 410 miljoner kronor per år.",
    ],
)
def test_money_that_nobody_owes_is_no_amount(sentence: str) -> None:
    assert values(f"{FRONT}§ 1 Ekonomi\n\n{sentence}\n", FactName.AMOUNT) == []


@pytest.mark.parametrize(
    ("wording", "value"),
    [("€24,960", "24960 EUR"), ("1,250 miljoner kronor", "1250000 SEK"), ("14,50 kronor", "14.5 SEK")],
)
def test_three_figures_after_a_comma_are_thousands(wording: str, value: str) -> None:
    assert str(amount_value(wording)) == value


@pytest.mark.parametrize(
    ("head", "numbers"),
    [
        ("LK/2011-0456                 Dnr 2011/312 KS", ["LK/2011-0456", "2011/312 KS"]),
        ("Kontraktsnr 4711-03", ["4711-03"]),
    ],
)
def test_registry_numbers_on_top(head: str, numbers: list[str]) -> None:
    text = f"{head}\n\nAvtal mellan Trosa kommun och Vik AB\n\n§ 1 Syfte\n\nParterna delar båtar.\n"
    assert sorted(values(text, FactName.REGISTRY_NUMBER)) == sorted(numbers)


def test_the_lease_that_is_called_a_contract_is_a_lease() -> None:
    assert agreement("HYRESKONTRAKT FÖR LOKAL\n\n1. Hyra\n\nHyran är fast.\n").kind == "hyresavtal"


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Avsiktsförklaring\n\nTrosa kommun och Högskolan i Skövde vill att ett campus etableras.\n",
         {"Trosa kommun", "Högskolan i Skövde"}),
        ("Driftavtal Björkhallen\n\nmellan Trosa kommun genom fritidsnämnden (nedan kommunen) och Trosa Idrottsallians, "
         "org nr 868888-3333 (nedan alliansen)\n\n1 § Kommunen upplåter hallen.\n",
         {"Trosa kommun", "Trosa Idrottsallians"}),
        ("Överenskommelse mellan Malmö stad och föreningen Hamnljuset (org.nr 846999-1111)\n\nMål\n\nParterna delar rum.\n",
         {"Malmö stad", "Föreningen Hamnljuset"}),
        ("Licensavtal mellan Kungliga biblioteket och Fabelförlaget Science Ltd\n\n1. Avgift\n\nIngen avgift tas ut.\n",
         {"Kungliga biblioteket", "Fabelförlaget Science Ltd"}),
    ],
)  # fmt: skip
def test_parties_in_other_words(text: str, parties: set[str]) -> None:
    assert set(agreement(text).parties) == parties
