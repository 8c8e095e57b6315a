"""What every measure means, in plain Swedish: the report's last section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's name, what it says, and whether high or low is good."""

    name: str
    meaning: str
    good: str


MEASURES = (
    Measure(
        "Poäng",
        "Det mått som frågetypen bedöms med, mellan 0 och 1 för varje fråga. En fråga utan svar, eller där programmet kraschar, får 0 och räknas med.",
        "Hög",
    ),
    Measure(
        "95 % intervall",
        "Så långt kan medelvärdet ha hamnat fel av en slump, med just så här många frågor: 10 000 gånger dras lika många frågor ur samma mängd, och 95 av 100 medelvärden hamnar i intervallet. Fler frågor ger ett smalare intervall.",
        "Smalt",
    ),
    Measure(
        "F1 för avtalen",
        "För ”vilka avtal …”: väger samman hur stor del av de avtal som svaret räknar upp som ska vara med (precision) och hur stor del av dem som ska vara med som svaret har (täckning).",
        "Hög",
    ),
    Measure(
        "MRR@10",
        "Ett delat med platsen för den första rätta träffen: 1 om den står först, 0,5 om den står som tvåa, 0 om den inte finns bland de tio första.",
        "Hög",
    ),
    Measure(
        "nDCG@10",
        "Hur väl de tio första träffarna är ordnade: rätta träffar högt upp ger mest, och avtal som bara ligger nära ämnet ger mindre än de som säger det uttryckligen.",
        "Hög",
    ),
    Measure("R@10", "Hur stor del av allt som ska hittas som finns bland de tio första.", "Hög"),
    Measure("Topp 1, topp 3", "Andel frågor där en rätt träff står först, eller bland de tre första.", "Hög"),
    Measure(
        "Rätt svar, rätt avtal",
        "Andel frågor där det korta svaret (ett datum, ett belopp, ja eller nej) är ett av de godtagna och är hämtat ur rätt avtal.",
        "Hög",
    ),
    Measure(
        "Ordagranna citat",
        "Andel citat som står tecken för tecken i avtalets text, på den plats som svaret anger.",
        "Ska vara 1",
    ),
    Measure(
        "Rätt avsnitt",
        "Andel frågor där svarets första källa står i samma avsnitt av avtalet som det väntade stället.",
        "Hög",
    ),
    Measure(
        "Fel avtal", "Andel svar vars första källa är ett annat avtal än de som frågan gäller.", "Ska vara 0"
    ),
    Measure(
        "Rätt klausul, fel avtal",
        "Andel svar vars första källa är motsvarande avsnitt i ett annat avtal: det vanligaste felet när många avtal liknar varandra.",
        "Ska vara 0",
    ),
    Measure(
        "Avstår",
        "Programmet säger ”inget stöd funnet”. Precision: hur ofta det var rätt att avstå. Täckning: hur stor del av frågorna utan svar som det avstod från.",
        "Hög",
    ),
    Measure(
        "Risk och säkerhet",
        "Svaren ordnas efter hur säkra de är, det säkraste först; att avstå är minst säkert. Kurvan visar den poäng som i snitt saknas bland så stor del av frågorna. Är säkerheten något värd är risken låg till vänster och stiger åt höger.",
        "Låg risk",
    ),
    Measure(
        "Svarstid",
        "Tid från fråga till färdigt svar på maskinen ovan. Medianen är den vanliga tiden; 95 av 100 frågor går fortare än den 95:e percentilen.",
        "Låg",
    ),
)
