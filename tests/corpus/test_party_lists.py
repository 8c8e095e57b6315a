"""Parties as a text lists them, whatever form their names have; and what a list holds besides."""

from __future__ import annotations

import pytest

from corpus.card import agreement_from
from corpus.types import Agreement, Document, FactName, FileFormat

CLAUSE = "\n\n§ 1 Syfte\n\nParterna delar båtar och lokaler.\n"


def agreement(text: str) -> Agreement:
    return agreement_from(Document("prov.txt", FileFormat.TXT, text), "prov")


@pytest.mark.parametrize(
    ("front", "parties"),
    [
        ("Avtal om båtar\n\nHyresvärd: Vikens kommun, hamnavdelningen\nHyresgäst: Kulturföreningen Lyktan, ideell förening",
         {"Vikens kommun", "Kulturföreningen Lyktan"}),
        ("Samarbetsavtal om språk\n\nSagolunds folkhögskola, Jobbförmedlingen och Vikens kommun",
         {"Sagolunds folkhögskola", "Jobbförmedlingen", "Vikens kommun"}),
        ("Avtal om båtar\n\nBåtsamköp Norr (för Vikens kommun)\noch\nVattengrossisten AB",
         {"Båtsamköp Norr", "Vikens kommun", "Vattengrossisten AB"}),
        ("ÖVERENSKOMMELSE OM KRISER\n\nRegion Dikt, Landförsvaret genom Dikts regemente, Frivilliga båtgruppen i Viken",
         {"Region Dikt", "Landförsvaret", "Frivilliga båtgruppen i Viken"}),
        ("Avtal om vård\n\nRegion Dikt (Sverige/Sweden) – Lehto välfärdsområde / Lehto Wellbeing District (Finland)",
         {"Region Dikt", "Lehto välfärdsområde"}),
        ("Överenskommelse om språkvänner\n\nVi som samarbetar\nVikens kommun (kulturen), Föreningen Öppna Dörren Norr samt Norrskensförsamlingen.",
         {"Vikens kommun", "Föreningen Öppna Dörren Norr", "Norrskensförsamlingen"}),
        ("SAMARBETSAVTAL\n\nVILKA VI ÄR\nKulturskolan i Vikens kommun och teaterföreningen Scen Viken.",
         {"Vikens kommun", "Scen Viken"}),
        ("AVTAL OM PRAKTIK\n\n§ 1 Parter\nHögskolan i Viken och kommunerna Sagolund och Dimmer samt Friskolan Lingonet ek. för.",
         {"Högskolan i Viken", "Sagolunds kommun", "Dimmers kommun", "Friskolan Lingonet ek. för."}),
        ("Klimatpartnerskap\n\nPartner i dag\nRegion Dikt\nVikens kommun\nBondefacket Dikt",
         {"Region Dikt", "Vikens kommun", "Bondefacket Dikt"}),
        ("KONSORTIALAVTAL\n\nmellan\n\n(1) Vikens universitet, \"Koordinatorn\",\n(2) Region Dikt, och\n(3) Ångfall AB,\n\nvar för sig Part.",
         {"Vikens universitet", "Region Dikt", "Ångfall AB"}),
        ("KONSORTIALAVTAL\n\n1 Parter\n1.1 Vikens universitet, nedan Universitetet.\n1.2 Vikens Vatten AB, nedan Vattenbolaget.",
         {"Vikens universitet", "Vikens Vatten AB"}),
        ("AVTAL OM GRUPP\n\nVikens kommun och Båtkretsen i Viken (ideell förening) inrättar en grupp.",
         {"Vikens kommun", "Båtkretsen i Viken"}),
        ("MEMORANDUM OF UNDERSTANDING\n\nbetween\n\nViken Municipality (Sweden) and the University of Lower Marven (hereinafter \"ULM\")",
         {"Viken kommun", "University of Lower Marven"}),
        ("LOKAL ÖVERENSKOMMELSE OM ETABLERING OCH VÄGAR TILL ARBETE\nVikens kommun och Jobbverket, område Norr",
         {"Vikens kommun", "Jobbverket"}),
        ("Biträdesavtal\n\nPersonuppgiftsansvarig: Regionstyrelsen i Region Dikt\nPersonuppgiftsbiträde: Båtdata AB",
         {"Region Dikt", "Båtdata AB"}),
        ("AKTIEÄGARAVTAL\n\navseende Inkubator Viken AB (\"Bolaget\")\n\n1. Ägare\nRegion Dikt 60 procent\nVikens kommun 40 procent",
         {"Region Dikt", "Vikens kommun"}),
        ("DRIFTAVTAL\n\nBeställare: Vikens Nät AB (helägt av Vikens kommun)\nLeverantör: Nattvakt AB",
         {"Vikens Nät AB", "Nattvakt AB"}),
        ("VIKENS KOMMUN          SAMMANTRÄDESPROTOKOLL\n\nÖverenskommelse med Sagolunds kommun om bistånd",
         {"Vikens kommun", "Sagolunds kommun"}),
        ("KONSORTIEAVTAL\n\nArtikel 1 Parter\n1.1 Vikens universitet (koordinator)\n1.2 Lehto ammattikorkeakoulu, Finland\n1.3 Fjordvik Skogselskap, Norge\nVar för sig Part, tillsammans Konsortiet.",
         {"Vikens universitet", "Lehto ammattikorkeakoulu", "Fjordvik Skogselskap"}),
        ("AVSIKTSFÖRKLARING\n\nBåtturer längs leden\n\nUndertecknade – Vikens kommun, Sagolunds sameby och Fjällturism Viken ekonomisk förening – förklarar härmed sin avsikt att märka leden.",
         {"Vikens kommun", "Sagolunds sameby", "Fjällturism Viken ekonomisk förening"}),
        ("Löften i Viken 2025\n\nPolisen och Vikens kommun har skrivit under årets medborgarlöften.",
         {"Vikens kommun"}),
        ("Avtal\n\nVikens Vatten AB har i dag kommit överens med Grytsjöns vattenområdesförening om följande.",
         {"Vikens Vatten AB", "Grytsjöns vattenområdesförening"}),
    ],
)  # fmt: skip
def test_parties_of_any_form_where_the_text_lists_them(front: str, parties: set[str]) -> None:
    assert set(agreement(front + CLAUSE).parties) == parties


def test_the_one_who_signs_signs_for_a_party() -> None:
    text = f"Avtal om båtar{CLAUSE * 3}\nViken 2023-06-26\n\nRegiondirektör, Region Dikt\nHamnchef, Vikens kommun\n"
    assert set(agreement(text).parties) == {"Region Dikt", "Vikens kommun"}


def test_every_party_stands_in_the_text_as_its_fact_says() -> None:
    card = agreement(f"Avtal om båtar\n\nJobbförmedlingen och Vikens kommun{CLAUSE}")
    said = [(f.value, card.text[f.start : f.end]) for f in card.facts if f.name is FactName.PARTY]
    assert said == [("Jobbförmedlingen", "Jobbförmedlingen"), ("Vikens kommun", "Vikens kommun")]


@pytest.mark.parametrize(
    "front",
    [
        "Start / Samverkan / Partner / Vikens kommun\n\nVikens kommun och Region Dikt",
        "Avtal\n\nParter: Vikens kommun (Kommunen) och Region Dikt (Regionen)\nDnr TN 2022-0056",
        "Avtal\n\nMellan barn- och båtnämnden i Vikens kommun, nedan nämnden, och Region Dikt, område Norr, gäller följande.",
    ],
)
def test_what_a_list_holds_besides_is_no_party(front: str) -> None:
    assert set(agreement(front + CLAUSE).parties) == {"Vikens kommun", "Region Dikt"}
