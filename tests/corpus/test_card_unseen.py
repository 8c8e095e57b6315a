"""Cards of agreements written as nobody had foreseen: faults that fresh texts showed, each with its own test."""

from __future__ import annotations

import time

import pytest

from corpus.card import agreement_from
from corpus.quantities import amount_value
from corpus.types import Agreement, Document, FactName, FileFormat, Span


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


FORM = (
    "HYRESKONTRAKT FÖR LOKAL\n\n1. Hyresvärd | Namn: Fastighets AB Borgmästaren Personnr/orgnr: 556712-4480\n"
    "2. Hyresgäst | Namn: Kalmar kommun Personnr/orgnr: 212000-0746\n"
    "3. Hyrestid | Från och med den: 2021-04-01   Till och med den: 2026-03-31\n"
    "4. Hyra | Kronor 486 000 per år exklusive nedan markerade tillägg.\n"
    "5. Underskrift | Ort/datum: Kalmar 2021-02-18 Hyresvärdens namn: Fastighets AB Borgmästaren\n"
)


def test_a_lease_on_a_form() -> None:
    assert values(FORM, FactName.PARTY) == ["Fastighets AB Borgmästaren", "Kalmar kommun"]
    assert values(FORM, FactName.VALID_FROM) + values(FORM, FactName.VALID_TO) == ["2021-04-01", "2026-03-31"]
    assert values(FORM, FactName.AMOUNT) == ["486000 SEK"]
    assert values(FORM, FactName.SIGNED) == ["2021-02-18"]


def test_names_that_a_line_s_end_or_a_narrow_column_breaks() -> None:
    text = (
        "Avtal om gåva\n\nStiftelsen Hjärnkraft Norr (org.nr 802478-1190), nedan Givaren, och Örebro\n"
        "universitet (org.nr 202100-2924), nedan Universitetet, har ingått detta avtal.\n\n§ 1 Gåva\n\nEn båt.\n"
    )
    assert values(text, FactName.PARTY) == ["Stiftelsen Hjärnkraft Norr", "Örebro universitet"]
    narrow = (
        f"{FRONT.replace('Vik AB', 'Pärlans Inredning i Vik AB')}§ 1 Syfte\n\nBåtar.\n\n"
        "Trosa 2022-01-02\n\nTrosa kommun\n\nPärlans\nInredning i Vik AB\n"
    )
    assert values(narrow, FactName.PARTY) == ["Trosa kommun", "Pärlans Inredning i Vik AB"]


def test_a_name_with_its_number_is_longer_than_the_name_inside_it_and_its_role_is_no_part() -> None:
    text = (
        "Avtal om läger\n\n1. Parter\n\nBeställare Uppsala kommun, org.nr 212000-3005\n"
        "Utförare Friluftsfrämjandet Region Roslagen, org.nr 817301-6642\n\n2. Uppdrag\n\nEtt läger.\n"
    )
    assert values(text, FactName.PARTY) == ["Uppsala kommun", "Friluftsfrämjandet Region Roslagen"]


def test_a_number_in_the_page_header_is_the_agreement_s() -> None:
    head = "Samköp Upphandling\tDnr 2021/00455\tSida"
    text = f"{head}\n\n{FRONT}§ 1 Syfte\n\nBåtar.\n"
    document = Document("prov.docx", FileFormat.DOCX, text, furniture=(Span(0, len(head)),))
    card = agreement_from(document, "prov")
    assert card.values(FactName.REGISTRY_NUMBER) == ("2021/00455",)
    assert "Sida" not in card.parties


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("Avtalet gäller från den 1 april 2010 och tillsvidare.", FactName.UNTIL_FURTHER_NOTICE, "tillsvidare"),
        ("Avtalet gäller t.o.m. den 31 mars 2019. Avtalet förlängs med ett år åt gången, om det inte sägs upp senast "
         "den 31 december året innan avtalstiden går ut.", FactName.LAST_NOTICE_DAY, "2018-12-31"),
        ("Avtalet ska vara avslutat senast den 30 november 2024.", FactName.VALID_TO, "2024-11-30"),
        ("Detta avtal med avtalsnummer 23.5-2217-2022:001 har träffats mellan parterna.", FactName.REGISTRY_NUMBER,
         "23.5-2217-2022:001"),
    ],
)  # fmt: skip
def test_wordings_that_fresh_agreements_showed(words: str, name: FactName, value: str) -> None:
    assert values(f"{FRONT}§ 1 Avtalstid\n\n{words}\n", name) == [value]


def test_contacts_in_a_table_and_with_an_adjective() -> None:
    text = (
        f"{FRONT}§ 1 Syfte\n\nBåtar.\n\n§ 2 Kontaktpersoner\n\nPart | Funktion | Ansvar\n"
        "Trosa kommun | Grundskolechef | Avtalsfrågor\nVik AB | Internationell koordinator | Avtalsfrågor\n"
    )
    assert roles(text) == [
        ("kontaktperson", "Grundskolechef"),
        ("kontaktperson", "Internationell koordinator"),
    ]


def test_an_end_that_is_reached_only_by_an_option_is_none_and_the_option_no_automatic_extension() -> None:
    words = (
        "Avtalet gäller två år fr.o.m. 2018-05-01. Beställaren har rätt till förlängning med ett år i taget, dock "
        "längst t.o.m. 2022-04-30."
    )
    text = f"{FRONT}§ 1 Avtalstid\n\n{words}\n"
    assert values(text, FactName.VALID_TO) == ["2020-04-30"]
    assert values(text, FactName.EXTENSION) == []


def test_a_party_that_convenes_through_its_officer() -> None:
    text = f"{FRONT}§ 1 Organisation\n\nTrosa kommun är sammankallande genom utvecklingschefen.\n"
    assert roles(text) == [("sammankallande", "utvecklingschefen")]


def test_a_list_of_thousands_of_names_without_a_full_stop_takes_seconds() -> None:
    """Each name was once looked at with all of the text before it: minutes for a file of 200 kB."""
    rows = "\n".join(f"Region Skåne och Umeå kommun, rad {number}" for number in range(2000))
    start = time.process_time()
    agreement(f"Avtal om listor\n\n{rows}\n")
    assert time.process_time() - start < 20  # about 1; the quadratic step took 100
