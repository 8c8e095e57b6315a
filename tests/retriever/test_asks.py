"""What kind of short answer a question wants."""

from __future__ import annotations

import pytest

from retriever.asks import ASK_PATTERNS, Asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hur stor del av satsningen står regionen för?", Asks.PERCENT),
        ("Hur många procent är kvinnor?", Asks.PERCENT),
        ("Vilken ägarandel har regionen?", Asks.PERCENT),
        ("Upp till vilket belopp betalar kommunen?", Asks.AMOUNT),
        ("Vad var taket för avrop?", Asks.AMOUNT),
        ("Vad får skolan ut för en praktikant?", Asks.AMOUNT),
        ("Vilka kvällar är hallen öppen?", Asks.CLOCK),
        ("Senast vilken dag ska ansökan vara inne?", Asks.DATE),
        ("Hur många extra år kan avtalet förlängas?", Asks.PERIOD),
        ("Var är teamet placerat?", Asks.PLACE),
        ("Vad är temat för hösten?", Asks.WHAT),
        ("Vad händer om bussen är sen?", Asks.TEXT),
        ("Hur delas lönen mellan regionen och kommunen?", Asks.SHARE),
        ("Vad skjuter kommunen till i pengar?", Asks.AMOUNT),
        ("Vad får skolorna betalt för varje student?", Asks.AMOUNT),
        ("Hur mkt betalar kommunen?", Asks.AMOUNT),
        ("När måste avtalet sägas upp?", Asks.NOTICE),
        ("Hur långt i förväg ska lokalen sägas upp?", Asks.NOTICE),
        ("Hur stor är lokalen?", Asks.SIZE),
        ("Hur stor är hyran?", Asks.AMOUNT),
        ("Vad är uppsägningstid i avtalet?", Asks.PERIOD),
        ("Vilket diarienummer har avtalet?", Asks.REGISTRY),
        ("Vilket telefonnummer har registratorn?", Asks.PHONE),
        ("Hur många timmar tar det?", Asks.PERIOD),
        ("Hur många gånger per år möts rådet?", Asks.FREQUENCY),
        ("Vilka har hand om förskolan?", Asks.PERSON),
        ("Räcker det med en underskrift?", Asks.YES_NO),
        ("Var står det om uppsägning?", Asks.TEXT),
        ("Hur länge får föreningen använda hallen?", Asks.LENGTH),
        ("Hur länge gäller avtalet?", Asks.END),
        ("Hur mycket av maten måste vara ekologisk?", Asks.PERCENT),
        ("Vilket är det nuvarande resetillägget i skolavtalet?", Asks.AMOUNT),
        ("Vad blir det per kvadratmeter för radhusen?", Asks.AMOUNT),
        ("Till vilket belopp är ansvaret begränsat?", Asks.AMOUNT),
        ("Inom hur många dagar ska svaret lämnas?", Asks.PERIOD),
        ("I vilken kommun sitter ombudet?", Asks.PLACE),
        ("Var förvaras nycklarna?", Asks.PLACE),
        ("Var har nämnden sin reservplats?", Asks.PLACE),
        ("Före vilket klockslag ska köket beställa?", Asks.CLOCK),
        ("Hur sent har badhuset öppet?", Asks.CLOCK),
        ("Hur sent kan resan avbokas?", Asks.NOTICE),
        ("Hur mycket vatten får kommunen ta ut?", Asks.SIZE),
        ("Hur mycket bidrag får föreningen?", Asks.AMOUNT),
        ("Med hur mycket ska utsläppen minska?", Asks.PERCENT),
        ("Vad får klubben för att sköta planen?", Asks.AMOUNT),
        ("Vad satsar kommunen på belysningen?", Asks.AMOUNT),
        ("Vilken licens har timvärdena?", Asks.WHICH),
        ("Vilken dag upphör avtalet?", Asks.END),
        ("När tar partnerskapet slut?", Asks.END),
        ("Från vilken dag får gräset slås?", Asks.START),
        ("Vilken klubb har planen på söndagar?", Asks.WHICH),
        ("Vilka regler gäller för parkering?", Asks.TEXT),
        ("Vilket ansvar har kommunen?", Asks.TEXT),
    ],
)
def test_the_opening_tells(text: str, asks: Asks) -> None:
    found = next((each for each, pattern in ASK_PATTERNS if pattern.search(text)), Asks.TEXT)
    assert found is asks
