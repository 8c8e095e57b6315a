"""Figures that measure something else than is asked for, or tell another time."""

from __future__ import annotations

import pytest

from corpus.expressions import ExpressionKind
from corpus.types import Span
from retriever.asks import Asks
from retriever.figure_fits import can_be_meant


@pytest.mark.parametrize(
    ("asks", "asked", "sentence", "figure", "kind", "fits"),
    [
        (Asks.SIZE, "Hur mycket väger statyn?", "Statyn är 4 meter hög.", "4 meter", ExpressionKind.MEASURE, False),
        (Asks.SIZE, "Hur mycket väger statyn?", "Statyn väger 400 kilo.", "400 kilo", ExpressionKind.MEASURE, True),
        (Asks.SIZE, "Hur mycket el drar hallen?", "Hallen är på 900 kvadratmeter.", "900 kvadratmeter", ExpressionKind.MEASURE, False),
        (Asks.SIZE, "Hur kallt ska det vara?", "Planen är minst 10 cm tjock.", "10 cm", ExpressionKind.MEASURE, False),
        (Asks.SIZE, "Hur kallt ska det vara?", "Det ska vara fyra minusgrader.", "fyra minusgrader", ExpressionKind.MEASURE, True),
        (Asks.NUMBER, "Hur många bilar kör varje dag?", "Bilarna kör inte klockan 7.30–8.30.", "8.30", ExpressionKind.NUMBER, False),
        (Asks.NUMBER, "Hur många bilar kör varje dag?", "Kommunen har 8 bilar.", "8", ExpressionKind.NUMBER, True),
        (Asks.CLOCK, "När på året är badet stängt?", "Avtalet gäller från den 1 januari 2023.", "den 1 januari 2023", ExpressionKind.DATE, False),
        (Asks.CLOCK, "När på året är badet stängt?", "Badet är stängt i juli.", "juli", ExpressionKind.DATE, True),
        (Asks.PERIOD, "Hur gammal ska en ledare vara?", "Kursen är fyra dagar.", "fyra dagar", ExpressionKind.PERIOD, False),
        (Asks.PERIOD, "Hur gammal ska en ledare vara?", "Ledare ska ha fyllt 18 år.", "18 år", ExpressionKind.PERIOD, True),
        (Asks.SIZE, "Hur stor är lokalen?", "Skolan använder en tredjedel.", "en tredjedel", ExpressionKind.PERCENT, False),
        (Asks.SIZE, "Hur stor är lokalen?", "The hall has 210 square metres.", "210 square metres", ExpressionKind.MEASURE, True),
        (Asks.SIZE, "Hur stort ska det tredje huset bli?", "Priset är 250 000 kr.", "250 000 kr", ExpressionKind.AMOUNT, False),
        (Asks.SIZE, "Hur stort ska det tredje huset bli?", "Huset är på 1 800 kvadratmeter.", "1 800 kvadratmeter", ExpressionKind.MEASURE, True),
        (Asks.SIZE, "Hur fort får man köra?", "Högst 6 km/h gäller.", "6 km/h", ExpressionKind.MEASURE, True),
        (Asks.SIZE, "Hur fort får man köra?", "Körningen pågår i 6 timmar.", "6 timmar", ExpressionKind.PERIOD, False),
        (Asks.SIZE, "Hur stort ska det andra huset bli?", "Avgiften är 250 000 kr.", "250 000 kr", ExpressionKind.AMOUNT, False),
        (Asks.SIZE, "Hur stort ska det andra huset bli?", "Huset blir på 900 kvm.", "900 kvm", ExpressionKind.MEASURE, True),
        (Asks.SIGNED, "När skrevs avtalet på?", "Avtalet ersätter det som undertecknades den 3 maj 2016.", "den 3 maj 2016", ExpressionKind.DATE, False),
        (Asks.SIGNED, "När skrevs det förra avtalet på?", "Avtalet ersätter det som undertecknades den 3 maj 2016.", "den 3 maj 2016", ExpressionKind.DATE, True),
        (Asks.SIZE, "Hur stor är rabatten?", "Rabatten är 5 procent.", "5 procent", ExpressionKind.PERCENT, True),
        (Asks.DATE, "Vilket år byggdes bron?", "Medel finns till och med 2026.", "2026", ExpressionKind.DATE, False),
        (Asks.DATE, "Vilket år byggdes bron?", "Bron stod klar 1986.", "1986", ExpressionKind.DATE, True),
        (Asks.DATE, "Vilket år byggdes bron?", "Avtalet undertecknades i maj 2023.", "maj 2023", ExpressionKind.DATE, False),
        (Asks.DATE, "När hålls övningen?", "Granboda den 3 maj 2024", "3 maj 2024", ExpressionKind.DATE, False),
        (Asks.DATE, "När hålls övningen?", "Senast 3 maj 2024 hålls den.", "3 maj 2024", ExpressionKind.DATE, True),
        (Asks.DATE, "Vilket datum går sista bussen?", "Avtalet, undertecknat den 3 maj 2021, sägs upp.", "3 maj 2021", ExpressionKind.DATE, False),
        (Asks.DATE, "Vilket datum kom avtalet till?", "Avtalet, undertecknat den 3 maj 2021, sägs upp.", "3 maj 2021", ExpressionKind.DATE, True),
        (Asks.PERIOD, "Hur gammal ska en ledare vara?", "Ledare utbildas inom ett år.", "ett år", ExpressionKind.PERIOD, False),
        (Asks.CLOCK, "Vilka dagar är det gratis?", "Det är gratis sedan 2020.", "2020", ExpressionKind.DATE, False),
        (Asks.CLOCK, "Vilken veckodag möts gruppen?", "Gruppen får svar inom fem arbetsdagar.", "fem arbetsdagar", ExpressionKind.PERIOD, False),
        (Asks.CLOCK, "Vilken veckodag möts gruppen?", "Gruppen möts varje tisdag.", "tisdag", ExpressionKind.NUMBER, True),
        (Asks.DATE, "Vilken dag i veckan går bussen?", "Rådet möts i maj.", "maj", ExpressionKind.NUMBER, False),
        (Asks.CLOCK, "Hur dags stänger kontoret på torsdagar?", "Torsdagar är det öppet till 18.", "Torsdagar", ExpressionKind.NUMBER, False),
        (Asks.CLOCK, "Hur dags stänger kontoret på torsdagar?", "Torsdagar är det öppet till 18.", "öppet till 18", ExpressionKind.NUMBER, True),
        (Asks.CLOCK, "Hur dags stänger kontoret?", "Hjälp ges inom 15 minuter.", "15 minuter", ExpressionKind.PERIOD, False),
        (Asks.PERIOD, "Vilka åldrar är lägret för?", "Lägret är fyra veckor.", "fyra veckor", ExpressionKind.PERIOD, False),
        (Asks.NUMBER, "Hur många kilowatt klarar stolparna?", "Kommunen upplåter 24 platser.", "24", ExpressionKind.NUMBER, False),
        (Asks.NUMBER, "Hur många kilowatt klarar stolparna?", "Stolparna klarar 22 kW.", "22", ExpressionKind.NUMBER, True),
        (Asks.NUMBER, "Hur många meter väg sköts?", "Föreningen sköter 4 200 meter väg.", "4 200", ExpressionKind.NUMBER, True),
        (Asks.DATE, "Vilken månad hålls övningen?", "Den hålls första gången 2025.", "2025", ExpressionKind.DATE, False),
        (Asks.DATE, "Vilken månad hålls övningen?", "Den hålls i oktober.", "oktober", ExpressionKind.DATE, True),
        (Asks.CLOCK, "Vilken dag i veckan kommer bussen?", "Den öppna förskolan har en dag i veckan.", "en dag", ExpressionKind.FREQUENCY, False),
        (Asks.CLOCK, "Vilken dag i veckan kommer bussen?", "Bussen kommer på tisdagar.", "tisdagar", ExpressionKind.PERIOD, True),
        (Asks.DATE, "När ska simhallen vara klar?", "Planen sköts från 2024.", "2024", ExpressionKind.DATE, False),
        (Asks.DATE, "När ska simhallen vara klar?", "Hallen invigs 2027.", "2027", ExpressionKind.DATE, True),
        (Asks.PERIOD, "Vilken uppsägningstid har avtalet?", "Uteblir uppsägning förlängs avtalet med tre år.", "tre år", ExpressionKind.PERIOD, False),
        (Asks.PERIOD, "Vilken uppsägningstid har avtalet?", "Det kan sägas upp med tre månaders varsel.", "tre månaders", ExpressionKind.PERIOD, True),
        (Asks.PERIOD, "Hur lång är förlängningen?", "Avtalet förlängs med tre år.", "tre år", ExpressionKind.PERIOD, True),
        (Asks.DATE, "När ska planen vara klar?", "Planen tas fram senast den 15 november.", "den 15 november", ExpressionKind.DATE, True),
        (Asks.END, "När upphör avtalet?", "Det gäller till och med 2026.", "2026", ExpressionKind.DATE, True),
        (Asks.END, "När upphör avtalet?", "Det gäller från den 1 mars 2023 till och med den 28 februari 2027.", "den 1 mars 2023", ExpressionKind.DATE, False),
        (Asks.END, "När upphör avtalet?", "Det upphör från och med den 1 mars 2023.", "den 1 mars 2023", ExpressionKind.DATE, True),
        (Asks.START, "När börjar avtalet gälla?", "Det gäller från och med den 1 januari 2024 till och med den 31 december 2028.", "den 31 december 2028", ExpressionKind.DATE, False),
        (Asks.LENGTH, "Hur länge får familjen bo kvar?", "Kommunen ska meddela senast två månader innan.", "två månader", ExpressionKind.PERIOD, False),
        (Asks.LENGTH, "Hur länge före resan ska man ringa?", "Resan beställs senast två timmar före.", "två timmar", ExpressionKind.PERIOD, True),
        (Asks.DATE, "Vilket år granskas avtalet?", "Det ersätter gymnasieavtalet från 2016.", "2016", ExpressionKind.DATE, False),
        (Asks.DATE, "När kör bolaget sista bussen?", "Trafikavtalet mellan Region Norr och Bussen AB av den 17 februari 2021 sägs upp.", "den 17 februari 2021", ExpressionKind.DATE, False),
        (Asks.DATE, "Vilket datum är avtalet från?", "Avtalet från den 3 maj 2016 gäller.", "den 3 maj 2016", ExpressionKind.DATE, True),
        (Asks.NUMBER, "Hur många kvadratmeter hyr skolan?", "Ytan är 3 850 kvm.", "3 850", ExpressionKind.NUMBER, True),
    ],
)  # fmt: skip
def test_what_is_measured_and_when_it_was(
    asks: Asks, asked: str, sentence: str, figure: str, kind: ExpressionKind, fits: bool
) -> None:
    start = sentence.index(figure)
    span = Span(start, start + len(figure))
    assert can_be_meant(asks, asked, sentence, Span(0, len(sentence)), kind, span) is fits
