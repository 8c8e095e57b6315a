"""What may answer a question of fact, and what may not, over texts of a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retriever.answer import ask
from retriever.asked import put
from retriever.engine import Engine
from retriever.facts import candidates
from retriever.types import Filters

TEXTS = {
    "brand.md": """# Förbundsordning för Räddningsförbundet Mittbygd

## 1 Bidrag

Andelarna är Tallvik 44 procent, Granboda 24 och Åkerby 13.

## 2 Ledning

Förbundet utser en räddningschef. Förbundet bidrar med 90 000 kronor om året till övningar.

## 3 Plan

En övningsplan ska lämnas senast fyra månader efter avtalets start. Dröjsmål kostar 8 procent i tillägg.

Inställd övning: 1 000 kronor per dag.
""",
    "spår.md": """# Skötselavtal om elljusspåret i Barkhult

## 1 Skötsel

För detta betalar byarna 42 000 kronor per säsong. Föreningen röjer sly två gånger om året. Handledarna tar emot barnen utan kostnad för föreningen.

Kursen i sågning kan avbokas avgiftsfritt.

## 2 Priser

Paket   Innehåll   Pris per prov
S1   Spårsand   95
S2   Badvatten, strandbad   295
""",
    "hall.md": """# Avtal om sporthallen i Tallvik

## 1 Hyra

Klubb från Tallvik, Granboda eller Åkerby 140 kronor per timme.

Övriga betalar 320 kronor per timme. Ljuset får inte överstiga 150 lux. Avgiften är en symbolisk krona per år.

Förbundet Mittbygd har sitt säte i Åkerby. Hallen är stationerad vid basen i Tallvik.

Hallen har sammanlagt 42 skåp och 300 skåptimmar bokas. Föreningen skickar med en legitimerad lärare, som har tillsynsansvaret.

Tjänsten är tillgänglig 99,7 procent av tiden. Sporthallen står klar 2031.

Gränserna framgår av bi-
laga 7, som gäller 90 besökare.

Ett intyg gäller i sex månader. Avtalet skrevs under den 3 maj 2023 och gäller tills någon säger upp det.

Skolan tar emot barn mellan 6 och 17 år på eftermiddagarna.

En samordnare ägnar hallen en dag i veckan. Avtalet om kaffet gäller till sista december 2030. Elever i årskurs 8 får pröva klättring.

Hallens verkstad drivs av regionen i Granboda. Åkerby är värdort och sköter nycklarna. Verkstaden ligger i skolans hus D.

Nämnden ska
- stå för försäkringen av klockan.

En lärarföreträdare reserverar sig mot klockan. Takhöjden är nio meters höjd.

Kaffeavtalet kan sägas upp med tre månaders varsel. Kaffe beställs sju dagar i förväg.

Kursen hålls på 26 veckor. Deltagarna kommer två dagar i veckan.

TIDER
Beställning senast 45 minuter före
Hämtning utlovad tid plus 10 minuter
Samåkning högst 30 minuters omväg
""",
}


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of(TEXTS)


def texts_of(engine: Engine, question: str) -> list[str]:
    return [found.text for found in candidates(put(engine, question, Filters(), 10))]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hur stor andel av bidraget står Åkerby för?", "13 procent"),
        ("När ska övningsplanen lämnas?", "senast fyra månader efter avtalets start"),
        ("Hur starkt ljus tål golvet i sporthallen?", "150 lux"),
        ("Hur stor är avgiften per år för sporthallen?", "en symbolisk krona"),
        ("På vilken ort är sporthallen stationerad?", "i Tallvik"),
        ("Vem har tillsyn i sporthallen?", "en legitimerad lärare"),
        ("När kan sporthallen börja användas?", "2031"),
        ("Vad kostar ett prov på badvatten?", "295"),
    ],
)
def test_the_answer_is_told_whole(engine: Engine, question: str, answer: str) -> None:
    assert answer in texts_of(engine, question)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Vem är räddningschef i förbundet?", "Räddningsförbundet Mittbygd"),
        ("Vem är ordförande i förbundet?", "en legitimerad lärare"),
        ("Vem är räddningsledare i förbundet?", "Förbundet"),
        ("Hur mycket betalar Åkerby i kronor?", "13 procent"),
        ("Vad heter föreståndaren i sporthallen?", "Förbundet Mittbygd"),
        ("Hur hög lön har läraren i sporthallen?", "99,7 procent"),
        ("Vad bidrar förbundet med till övningar?", "Förbundet"),
        ("Vilken tillgänglighet lovar tjänsten?", "tiden"),
        ("Vad får handledarna för arvode?", "utan kostnad"),
        ("Vad kostar kursen i sågning?", "avgiftsfritt"),
        ("Vilken räntesats gäller vid dröjsmål?", "8 procent"),
        ("På vilken ort är sporthallen stationerad?", "i Åkerby"),
        ("Vilket försäkringsbolag har föreningen?", "Förbundet"),
    ],
)
def test_what_is_of_another_kind_is_no_candidate(engine: Engine, question: str, other: str) -> None:
    assert other not in texts_of(engine, question)


def test_a_number_counts_what_its_word_is_not_what_it_is_of(engine: Engine) -> None:
    found = candidates(put(engine, "Hur många skåp har hallen?", Filters(), 10))
    counted = {each.text: each.told["counts"] for each in found}
    assert counted["42"] == 1.0
    assert counted["300"] == 0.0


def test_a_name_inside_a_compound_tells_the_agreement(engine: Engine) -> None:
    asked = put(engine, "Hur ofta röjs sly vid Barkhultsspåret?", Filters(), 10)
    found = candidates(asked)
    assert found
    assert all(each.statement.told["lost"] < 0.5 for each in found)
    assert {each.statement.agreement.agreement_id for each in found} == {"spår"}


def test_a_thing_that_no_text_names_speaks_against_every_answer(engine: Engine) -> None:
    for question, unmet in (
        ("Vad kostar det att hyra planetariet en timme?", 3.0),
        ("Vem betalar timmarna vid planetariet?", 1.0),
        ("Vad kostar det att hyra sporthallen en timme?", 0.0),
    ):
        found = candidates(put(engine, question, Filters(), 10))
        assert {each.statement.told["unmet"] for each in found} == {unmet}


def test_the_only_figure_of_a_line_is_that_of_all_its_names(engine: Engine) -> None:
    answer = ask(engine, "Vad kostar sporthallen per timme för en klubb från Granboda?")
    assert answer.short_answer == "140 kronor"


def test_each_line_of_a_list_without_stops_speaks_for_itself(engine: Engine) -> None:
    asked = put(engine, "Hur länge före resan ska beställning göras i Tallvik?", Filters(), 10)
    found = {each.text: each.statement.text for each in candidates(asked)}
    assert found["senast 45 minuter"] == "Beställning senast 45 minuter före"
    assert found["10 minuter"] == "Hämtning utlovad tid plus 10 minuter"


def test_the_number_of_an_appendix_counts_nothing_though_its_word_is_parted(engine: Engine) -> None:
    found = texts_of(engine, "Hur många besökare tar hallen i Tallvik?")
    assert "90" in found
    assert "7" not in found


def test_a_town_has_a_name(engine: Engine) -> None:
    found = texts_of(engine, "På vilken ort är hallen stationerad?")
    assert "i Tallvik" in found
    assert "vid basen" not in found


def test_a_sum_is_nobody(engine: Engine) -> None:
    found = texts_of(engine, "Vem får pengarna för en inställd övning i Mittbygd?")
    assert not any(text.startswith("1 000 kronor") for text in found)


def test_a_span_of_years_is_told_whole(engine: Engine) -> None:
    assert "mellan 6 och 17 år" in texts_of(engine, "Vilka åldrar tar skolan i Tallvik emot?")


def test_the_day_of_signing_is_no_end_though_it_holds_till_somebody_ends_it(engine: Engine) -> None:
    found = texts_of(engine, "Hur länge gäller avtalet om sporthallen i Tallvik?")
    assert "den 3 maj 2023" not in found


def test_what_opens_a_sentence_does_nothing(engine: Engine) -> None:
    found = texts_of(engine, "Vem betalar för skötseln av elljusspåret i Barkhult?")
    assert "För detta" not in found
    assert "Föreningen" in found


def test_a_capital_makes_nobody_who_does_something(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    text = "# Avtal om samverkan i Lurö\n\n## 2 Former\n\nSamverkan sker genom:\n\n- Branschråd\n- Samordning av Verksamhetsförlagd utbildning\n- Studentmöten /Praktiksamordning\n"
    engine = engine_of({"former.md": text})
    found = {
        *texts_of(engine, "Vem ansvarar för praktikplatser?"),
        *texts_of(engine, "Vem ansvarar för VFU?"),
    }
    assert found.isdisjoint({"Verksamhetsförlagd", "Studentmöten", "Praktiksamordning"})


def test_the_new_agreement_is_the_one_that_has_not_ended(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    terms = "# VFU-avtal för lärare\n\nAvtalet gäller från den 1 januari {} till och med den 31 december {}.\n\n## Platser\n\nSkolan ger {} platser per termin.\n"
    engine = engine_of({"a.md": terms.format(2017, 2019, 90), "b.md": terms.format(2020, 2090, 120)})
    assert ask(engine, "Hur många platser ger skolan enligt det nya VFU-avtalet?").short_answer == "120"
    old = put(engine, "Hur många platser ger skolan enligt det nya VFU-avtalet?", Filters(), 10)
    assert {each.text: each.statement.told["outdated"] for each in candidates(old)} == {"90": 1.0, "120": 0.0}


def test_the_least_is_told_as_such(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    engine = engine_of(
        {
            "a.md": "# Avtal om hallen\n\nBolaget betalar 12 miljoner kronor, varav minst 5 miljoner kronor kontant.\n"
        }
    )
    asked = put(engine, "Hur mycket måste bolaget minst betala för hallen?", Filters(), 10)
    told = {each.text: each.told["bounded"] for each in candidates(asked)}
    assert told == {"12 miljoner kronor": 0.0, "minst 5 miljoner kronor": 1.0}


def test_a_term_of_notice_is_told_as_one(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    head = "# Avtal om hallen i Tallvik\n\n"
    texts = {
        "a.md": f"{head}Hallen hyrs ut i tre veckor.\n",
        "b.md": f"{head}Det löper vidare ett år i sänder om ingen säger upp det fyra månader i förväg.\n",
    }
    found = texts_of(engine_of(texts), "Hur lång är uppsägningstiden för hallen i Tallvik?")
    assert "fyra månader" in found
    assert {"tre veckor", "ett år"}.isdisjoint(found)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("Hur mycket tid ägnar samordnaren hallen i Tallvik?", "en dag i veckan", "en dag"),
        ("När går avtalet om kaffet i Tallvik ut?", "sista december 2030", "december 2030"),
        ("I vilken årskurs får elever pröva klättring i Tallvik?", "årskurs 8", "8"),
        ("Var ligger hallens verkstad i Tallvik?", "i Granboda", "regionen"),
        ("Vilken ort är värd i Tallviks hall?", "Åkerby", "värdort"),
        ("I vilket hus ligger hallens verkstad i Tallvik?", "i skolans hus D", "verkstad"),
        ("Vem ansvarar för klockan i Tallvik?", "Nämnden", "- stå för försäkringen av klockan."),
        ("Vem var emot klockan i Tallvik?", "En lärarföreträdare", "lärarföreträdare"),
        ("Hur många jobbar under takhöjden i Tallvik?", "42", "nio"),
    ],
)
def test_an_answer_is_whole_and_of_its_kind(engine: Engine, question: str, answer: str, other: str) -> None:
    found = texts_of(engine, question)
    assert answer in found
    assert other not in found


def test_two_days_a_week_are_no_weeks(engine: Engine) -> None:
    found = candidates(put(engine, "Hur många veckor hålls kursen i Tallvik?", Filters(), 10))
    named = {each.text: each.told["named_unit"] for each in found}
    assert named["26 veckor"] == 1.0
    assert named["två dagar i veckan"] == -1.0


def test_money_is_second_where_a_matter_is_asked_for(engine: Engine) -> None:
    for question, second in (("Hur mycket mark har hallen?", 1.0), ("Hur mycket dyrare är hallen?", 0.0)):
        found = candidates(put(engine, question, Filters(), 10))
        assert {each.told["second"] for each in found if each.text == "320 kronor"} == {second}


def test_the_old_agreement_is_the_one_that_has_ended(
    engine_of: Callable[[Mapping[str, str]], Engine],
) -> None:
    terms = "# VFU-avtal för lärare\n\nAvtalet gäller från den 1 januari {} till och med den 31 december {}.\n\n## Platser\n\nSkolan ger {} platser per termin.\n"
    engine = engine_of({"a.md": terms.format(2017, 2019, 90), "b.md": terms.format(2020, 2090, 120)})
    for question, outdated in (
        ("Hur många platser gav skolan enligt det gamla VFU-avtalet?", {"90": -0.6, "120": 0.0}),
        ("Hur många platser ger skolan numera?", {"90": 1.0, "120": 0.0}),
        ("Hur många platser ger skolan?", {"90": 0.0, "120": 0.0}),
    ):
        found = candidates(put(engine, question, Filters(), 10))
        assert {each.text: each.statement.told["outdated"] for each in found} == outdated


def test_who_wants_out_asks_for_the_notice(engine: Engine) -> None:
    asked = put(
        engine, "Hur långt i förväg ska klubben i Tallvik säga ifrån om den vill ur kaffet?", Filters(), 10
    )
    ending = {each.text: each.told["ending"] for each in candidates(asked)}
    assert ending["tre månader"] == 1.0
    assert ending["sju dagar"] == -1.0
    weights = {term.word: term.weight for term in asked.question.terms}
    assert weights["förväg"] < weights["kaffet"]
