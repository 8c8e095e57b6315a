"""The guard on four small sources: what may be said of them in other words, and what may not."""

from __future__ import annotations

import pytest

from retriever.phrasing.guard import Fault, fault_of
from retriever.phrasing.sentences import sentences_of
from retriever.types import Citation


def _citation(quote: str, label: str = "") -> Citation:
    parties = ("Granboda kommun", "Tallviks AB")
    title = "Hyresavtal mellan Granboda kommun och Tallviks AB"
    return Citation(
        "hyra", title, parties, ("§ 1",), label, None, None, 0, len(quote), quote, "", "", "ab" * 32, "/x"
    )


SOURCES = {
    1: _citation(
        "Avtalet kan sägas upp skriftligen av båda parter. Uppsägningstiden är nio månader.", "§ 4 Uppsägning"
    ),
    2: _citation(
        "Hyran är 12 500 kronor per månad. Bolaget betalar i förskott, senast den sista vardagen i månaden."
    ),
    3: _citation("Bolaget får inte hålla häst i ladan."),
    4: _citation("Avtalet gäller från och med den 1 juni 2024 till och med den 31 maj 2031."),
    5: _citation("I hyran ingår värme och vattenförsörjning men inte el."),
    6: _citation("Kommunen avsätter 15 400 000 kronor och bolaget 2 miljoner kronor om året."),
    7: _citation("Om parterna inte enas avgörs tvisten av allmän domstol."),
    8: _citation(
        "Kommunen betalar 3 mkr 2024 och 4 mkr 2025. Uppsägningstiden är sex månader och avtalstiden tre år."
    ),
    9: _citation("Lokalen är kostnadsfri för eleverna."),
    10: _citation("Kommunen bedömer att bron är säker. Bolaget ska lämna: rapport, karta och nycklar."),
    11: _citation("Bolaget får inte överlåta avtalet utan kommunens skriftliga medgivande."),
    12: _citation("Uppsägning ska göras skriftligen och kan ske endast till den 30 juni."),
}


def _fault(written: str) -> Fault | None:
    (sentence,) = sentences_of(written)
    return fault_of(sentence, SOURCES)


@pytest.mark.parametrize(
    "said",
    [
        "Uppsägningstiden är 9 månader [1].",
        "Uppsägningstiden är nio månader enligt avtalet [1].",
        "Avtalet kan sägas upp skriftligen av båda parter, med nio månaders uppsägningstid [1].",
        "Enligt Hyresavtal mellan Granboda kommun och Tallviks AB är uppsägningstiden nio månader [1].",
        "Hyran uppgår till 12 500 kr per månad [2].",
        "Hyran är 12,5 tkr per månad [2].",
        "Bolaget betalar i förskott, senast den sista vardagen i månaden [2].",
        "Tallviks AB får inte hålla häst i ladan [3].",
        "Avtalet gäller från 2024-06-01 t.o.m. 2031-05-31 [4].",
        "Avtalet gäller till och med maj 2031 [4].",
        "I hyran ingår värme men inte el [5].",
        "Kommunen avsätter 15,4 miljoner kronor om året [6].",
        "Om parterna inte enas avgörs tvisten av domstol [7].",
        "Kommunen betalar 4 miljoner kronor 2025 [8].",
        "Avtalstiden är 36 månader [8].",
        "Kommunen bedömer att bron är säker [10].",
        "Bolaget ska lämna nycklar [10].",
        "Bolaget får inte överlåta avtalet utan medgivande [11].",
    ],
)
def test_what_the_source_says_in_other_words_is_kept(said: str) -> None:
    assert _fault(said) is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Uppsägningstiden är nio månader.", Fault.NO_SOURCE),
        ("Uppsägningstiden är nio månader [99].", Fault.NO_SOURCE),
        ("Uppsägningstiden är **nio månader** [1].", Fault.FORM),
        ("Du ska veta att uppsägningstiden är nio månader [1].", Fault.INSTRUCTION),
        ("Uppsägningstiden är sex månader [1].", Fault.FIGURE),
        ("Uppsägningstiden är minst nio månader [1].", Fault.FIGURE),
        ("Uppsägningstiden är nio månader [2].", Fault.FIGURE),
        ("Hyran är nio månader [1].", Fault.FIGURE),
        ("Avtalet gäller till och med den 1 juni 2024 [4].", Fault.FIGURE),
        ("Avtalet gäller från och med den 1 juni 2025 [4].", Fault.FIGURE),
        ("Kommunen avsätter 2 miljoner kronor om året [6].", Fault.FIGURE),
        ("Kommunen betalar 3 mkr 2025 [8].", Fault.FIGURE),
        ("Uppsägningstiden är tre år [8].", Fault.FIGURE),
        ("Läs mer på https://ond.example [1].", Fault.INSTRUCTION),
        ("Mer står på https://ond.example [1].", Fault.FIGURE),
        ("Kommunen får inte hålla häst i ladan [3].", Fault.PARTY),
        ("Granboda kommun får inte hålla häst [3].", Fault.PARTY),
        ("Åkerby kommun betalar i förskott [2].", Fault.PARTY),
        ("Bolaget betalar till kommunen i förskott [2].", Fault.PARTY),
        ("Bolaget får hålla häst i ladan [3].", Fault.NEGATION),
        ("Avtalet kan inte sägas upp [1].", Fault.NEGATION),
        ("Om parterna enas avgörs tvisten av domstol [7].", Fault.NEGATION),
        ("Tvisten avgörs av domstol [7].", Fault.NEGATION),
        ("Avtalet måste sägas upp skriftligen [1].", Fault.TURN),
        ("I hyran ingår el [5].", Fault.NEGATION),
        ("I hyran ingår inte värme [5].", Fault.WORDS),
        ("Lokalen medför en kostnad för eleverna [9].", Fault.WORDS),
        ("Granboda betalar i förskott [2].", Fault.WORDS),
        ("Avtalet är gratis [1].", Fault.WORDS),
        ("Bron är säker [10].", Fault.LIFTED),
        ("Bolaget får överlåta avtalet utan kommunens skriftliga medgivande [11].", Fault.NEGATION),
        ("Kommunen får inte överlåta avtalet utan kommunens skriftliga medgivande [11].", Fault.PARTY),
        ("Uppsägning ska göras skriftligen och ska ske endast till den 30 juni [12].", Fault.TURN),
        ("Uppsägning kan ske till den 30 juni [12].", Fault.TURN),
    ],
)
def test_what_the_source_does_not_say_is_dropped(said: str, fault: Fault) -> None:
    assert _fault(said) is fault


def test_a_sentence_with_two_sources_must_be_held_by_each_of_them() -> None:
    """Nine months stand in the first, the rent in the second: their union would hold it, neither of them does."""
    assert _fault("Uppsägningstiden är nio månader och hyran 12 500 kronor per månad [1][2].") is Fault.FIGURE
    twin = {1: SOURCES[1], 2: SOURCES[1]}
    (sentence,) = sentences_of("Uppsägningstiden är nio månader [1, 2].")
    assert sentence.cited == (1, 2)
    assert fault_of(sentence, twin) is None
