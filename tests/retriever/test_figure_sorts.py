"""What an amount is paid for and counted by, as the question asks for it and the sentence tells it."""

from __future__ import annotations

import pytest

from corpus.types import Span
from retriever.figure_sorts import (
    asks_for_pay,
    is_no_such_sum,
    is_of_other_spell,
    is_other_rate,
    other_sort,
    same_unit,
    sort_told,
    uncounted,
)


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("Hur stor är hyran för hallen?", "Hyran är 40 000 kronor.", 1.0),
        ("Hur stor är hyran för hallen?", "Kommunen satsar 6 miljoner kronor.", -1.0),
        ("Hur mycket tjänar lektorn?", "Lönekostnaden är 372 000 kronor.", 1.0),
        ("Hur mycket betalar kommunen?", "Kommunen satsar 6 miljoner kronor.", 0.0),
    ],
)
def test_a_rent_or_pay_is_told_by_its_word(asked: str, text: str, told: float) -> None:
    assert sort_told(asked, text, Span(0, len(text))) == told


def test_a_price_is_no_damages() -> None:
    limit = "Ansvaret är begränsat till 5 miljoner kronor per år."
    assert other_sort("Vad kostar plattformen?", limit) == 1.0
    assert other_sort("Vad kostar plattformen?", "Avgiften är 5 000 kronor.") == 0.0
    assert other_sort("Hur stort är skadeståndet?", limit) == 0.0
    insured = "Föremålen försäkras för 2 miljoner kronor."
    assert other_sort("Vad kostar inträdet?", insured) == 1.0
    assert other_sort("Hur mycket betalar kommunen?", insured) == 1.0
    assert other_sort("Hur mycket betalar bolaget?", "Bolaget betalar vite med 500 kronor.") == 0.0


@pytest.mark.parametrize(
    ("asked", "text", "how"),
    [
        ("Vad kostar tolken per timme?", "Tolken kostar 385 kronor i timmen.", 0.0),
        ("Vad kostar tolken per timme?", "Tolken kostar 385 kronor per dag.", 1.0),
        ("Vad betalas per läkarstudent och vecka?", "1 275 kronor per student och vecka.", 0.5),
        ("Vad är priset per kWh?", "Energipriset är 79 öre per kilowattimme.", 0.0),
        ("Vad betalar kommunen per år?", "Kommunen betalar 2 miljoner kronor.", 0.0),
        ("Vad betalar kommunen?", "Kommunen betalar 2 miljoner kronor.", 0.0),
    ],
)
def test_the_unit_asked_for_stands_in_the_sentence(asked: str, text: str, how: float) -> None:
    assert uncounted(asked, text, Span(0, len(text))) == how


def test_a_fine_is_called_one() -> None:
    paid = "Ersättningen är 260 kronor per dygn."
    late = "Vid försening utgår vite med 500 kronor."
    assert is_no_such_sum("Vilket vite får bolaget betala?", paid, Span(0, len(paid)))
    assert not is_no_such_sum("Vilket vite får bolaget betala?", late, Span(0, len(late)))
    assert not is_no_such_sum("Vad får bolaget betala?", paid, Span(0, len(paid)))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Vad kostar vätgasen per kilo?", "Stationen kostar 85 miljoner kronor."),
        ("Hur hög lön har doktoranden?", "Kommunen betalar 180 000 kronor per doktorand."),
        ("Hur stor är hyran för verkstaden?", "Kommunen skjuter till 6 miljoner kronor."),
        ("Hur stort stipendium får studenten?", "Resebidraget är högst 9 000 kronor."),
        ("Hur stor bonus får leverantören?", "Tillgängligheten ska vara 99,95 procent."),
    ],
)
def test_a_price_per_kilo_and_pay_are_told_as_such(asked: str, text: str) -> None:
    assert is_no_such_sum(asked, text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Vad kostar vätgasen per kilo?", "Priset är 90 kronor per kilo."),
        ("Hur hög lön har doktoranden?", "Doktorandens månadslön är 31 000 kronor."),
        ("Vad betalar skolan i dag?", "Skolan betalar 1 150 kronor."),
        ("Hur stor är hyran för laddplatsen?", "Upplåtelsen gäller i tio år. Bolaget betalar 500 kronor."),
        ("Vad tjänar en frivillig i timmen?", "Den som deltar får 120 kr i timmen."),
        ("Vad tjänar kommunen på varje lärling?", "Arbetsplatsen får 900 kronor."),
    ],
)
def test_what_is_told_as_asked_is_such_a_sum(asked: str, text: str) -> None:
    assert not is_no_such_sum(asked, text, Span(0, len(text)))


def test_a_tables_heading_counts_for_each_of_its_rows() -> None:
    rows = "\n".join(
        f"| {role} | nivå {level} | {level}00 kr |"
        for level in range(1, 6)
        for role in ("Handläggare", "Utredare vid förvaltningen")
    )
    text = f"Timpriser\n\n| Roll | Nivå | Pris |\n|---|---|---|\n{rows}\n"
    start = text.index("| Utredare vid förvaltningen | nivå 5")
    assert not is_no_such_sum("Vad kostar en utredare per timme?", text, Span(start, len(text) - 1))


def test_what_stands_just_above_counts() -> None:
    text = "Timpriser\nTelefontolk: 385 kronor"
    assert uncounted("Vad kostar tolken per timme?", text, Span(10, len(text))) == 0.0


@pytest.mark.parametrize(
    ("asked", "after", "same"),
    [
        ("Vad kostar hallen per timme?", " i timmen", 1.0),
        ("Vad kostar parkeringen per timme?", " per säsong.", -1.0),
        ("Vad kostar tolken per timme?", " kronor per påbörjad timme", 1.0),
        ("Vad kostar en färdtjänstresa per tjänsteresa?", " kronor per enkelresa", 0.5),
        ("Vad betalar kommunen per år?", " årligen", 1.0),
        ("Vad betalar kommunen per år?", ", inbetalt per den 1 maj", 0.0),
        ("Vad betalar kommunen?", " per år", 0.0),
    ],
)
def test_the_unit_after_the_figure_is_that_of_the_question(asked: str, after: str, same: float) -> None:
    assert same_unit(asked, after) == same


def test_the_unit_may_stand_in_the_word_before_the_figure() -> None:
    assert same_unit("Vad kostar tjänsten i månaden?", " kronor.", "Månadsavgiften är ") == 1.0
    assert same_unit("Vad kostar tjänsten i månaden?", " kronor.", "Avgiften är ") == 0.0
    assert same_unit("Vad är kubikmeterpriset?", " per kubikmeter.") == 1.0


def test_an_hour_is_asked_for_without_per() -> None:
    year = "Hyran är 1,2 miljoner kronor per år."
    assert uncounted("Vad kostar det att hyra hallen en timme?", year, Span(0, len(year))) == 1.0


def test_an_interest_is_told_as_one() -> None:
    share = "Högst 20 procent av beloppet får flyttas."
    assert is_other_rate("Vilken räntesats gäller?", share, Span(0, len(share)))
    assert not is_other_rate("Vilken andel får flyttas?", share, Span(0, len(share)))
    late = "Ränta: åtta procent."
    assert not is_other_rate("Vilken räntesats gäller?", late, Span(0, len(late)))


def test_pay_is_asked_for_by_its_word() -> None:
    assert asks_for_pay("Vad får handledarna i timarvode?")
    assert not asks_for_pay("Vad är hyran?")


@pytest.mark.parametrize(
    ("asked", "after", "other"),
    [
        ("Hur mycket betalar bolaget i årlig avgift?", " kronor per dag.", True),
        ("Hur mycket betalar bolaget per år?", " per kalenderår", False),
        ("Hur mycket betalar bolaget per år?", " kronor.", False),
        ("Hur mycket betalar bolaget per student?", " per vecka", False),
    ],
)
def test_a_sum_by_the_year_is_none_by_the_day(asked: str, after: str, other: bool) -> None:
    assert is_of_other_spell(asked, after) is other


@pytest.mark.parametrize(
    ("asked", "after", "told"),
    [
        ("Vad får kommunen för varje lärarstudent och vecka?", " per student och VFU-vecka", 0.5),
        ("Vad får kommunen för varje lärarstudent?", " per student", 0.5),
        ("Vad får kommunen för varje student?", " per student", 1.0),
        ("Vad kostar vattnet per kubikmeter?", " per m3", 1.0),
        ("Vad får brandmännen per gång?", " per larm", 0.0),
    ],
)
def test_what_is_counted_by_may_be_shortened_or_part_of_a_word(asked: str, after: str, told: float) -> None:
    assert same_unit(asked, after) == told


def test_for_each_names_no_price() -> None:
    """A dose is a "spruta" by another word; "per spruta" is a price by its name."""
    dose = "Regionen ersätter kommunen med 140 kronor per dos."
    assert not is_no_such_sum("Vad får kommunen för varje spruta?", dose, Span(0, len(dose)))
    assert is_no_such_sum("Vad får kommunen per spruta?", dose, Span(0, len(dose)))


def test_a_unit_is_known_by_its_abbreviation() -> None:
    row = "2024   2 100 m3   7,10 kr"
    assert uncounted("Vad är priset per kubikmeter?", row, Span(0, len(row))) == 0.0
