"""The wordings that drawn agreements are put together from, traps for the heading rules among them."""

from __future__ import annotations


def _parts(lines: str) -> tuple[str, ...]:
    """The parts between "|", each without white space around it."""
    return tuple(part.strip() for part in lines.split("|"))


HEADINGS = _parts("""
    Parter|Bakgrund|Syfte och mål|Avtalets omfattning|Definitioner|Parternas ansvar|Organisation och styrning
    |Samverkansformer|Ekonomi|Ersättning och fakturering|Uppföljning|Sekretess|Personuppgifter|Lokaler och utrustning
    |Försäkring|Kommunikation|Immateriella rättigheter|Avtalstid|Uppsägning|Ändringar och tillägg|Tvist
    |Förtida upphörande|Force majeure|Arbetsmiljö|Kvalitet och utvärdering|Rapportering|Miljökrav|Överlåtelse av avtalet
    |Meddelanden mellan parterna|Avropsordning|Kompetensutveckling|Rekrytering av handledare|Informationssäkerhet
    |Vite vid försening|Underleverantörer|Öppettider|Tillträde till lokalerna|Gemensam beredskapsplan
    |Övriga bestämmelser|Särskilda åtaganden för kommunen|Ansvar för skada|Delaktighet och inflytande
""")

SUBHEADINGS = _parts("""
    Former|Mötesordning|Kostnadsfördelning|Kallelse|Beställning|Avbokning|Priser|Betalningsvillkor|Fakturaadress
    |Dröjsmålsränta|Handlingar|Gallring|Tillsyn|Behörighet|Utbildningsplatser|Schemaläggning|Drift och underhåll
    |Larm och bevakning|Nycklar|Reservationer|Tidplan|Resurser|Statistik|Årlig genomgång
""")

APPENDICES = _parts("Prislista|Kravspecifikation|Ritning över lokalerna|Instruktion för behandlingen")

PARTIES = (
    "Region Påhittsmark",
    "Sagolunds kommun",
    "Låtsasåsa kommun",
    "Fiktiva högskolan",
    "Stiftelsen Hittepå",
)
TITLES = (
    "Samverkansavtal om {}",
    "Avtal om {}",
    "Överenskommelse om {}",
    "Ramavtal för {}",
    "Avsiktsförklaring om {}",
)
SUBJECTS = (
    "verksamhetsförlagd utbildning",
    "gemensam räddningstjänst",
    "biblioteksdrift",
    "hyra av idrottshallar",
    "it-stöd och support",
    "kollektivtrafik på landsbygden",
)

# {ref} is a reference to one of the agreement's own sections as its scheme writes it, {name} a heading of it.
SENTENCES = (
    "Parterna ska gemensamt planera verksamheten och varje år gå igenom hur arbetet har fallit ut.",
    "Den part som ser att en uppgift inte kan utföras i tid ska genast underrätta den andra parten.",
    "Kostnaderna fördelas lika, om inte annat följer av {ref} eller har beslutats av styrgruppen.",
    "Vad som sägs i {ref} gäller även för den som på parts uppdrag utför arbete i lokalerna.",
    "Ersättningen är 450 000 kronor om året och räknas upp den 1 januari med konsumentprisindex.",
    "Undantag får göras enligt {ref} när båda parter har godkänt det i förväg.",
    "Beslut om platser fattas senast den 15 mars för läsåret som följer, och protokollförs.",
    "Fakturor skickas kvartalsvis och betalas inom 30 dagar från det att de har kommit fram.",
    "Handlingar som upprättas i samarbetet förvaras hos den part som har tagit emot dem.",
    "Avtalet gäller från och med den 1 januari 2024 till och med den 31 december 2026.",
    "En part får inte utan den andras medgivande låta någon annan överta dess skyldigheter.",
    "Styrgruppen består av 4 ledamöter, varav 2 från vardera parten, och möts minst 2 gånger per år.",
    "Priser för tilläggstjänster anges i bilaga 1 och omfattar inte mervärdesskatt.",
    "Uppsägning ska vara skriftlig och har verkan 6 månader efter det att den har mottagits.",
    "Närmare regler finns under {ref} {name} och, för beställningar, i {ref} samt i den bilaga som hör till.",
    "Om parterna inte kommer överens enligt {ref} {name} ska frågan lämnas till styrgruppen för avgörande.",
    "Parten svarar för skada som den har orsakat genom vårdslöshet, dock högst med 2 miljoner kronor.",
)

TRAPS = (
    "{ref} ovan gäller i tillämpliga delar även för underleverantörer.",
    "{ref}, andra stycket, tillämpas inte på arbeten som har avslutats före avtalets början.",
    "Bilaga 2 ska ses över av styrgruppen varje år.",
    "Se Bilaga 2.",
    "1 januari 2025 ska den nya ordningen vara införd.",
    "12 500 kronor betalas som engångsbelopp vid avtalets början.",
    "721 23 Påhittsmark är postadressen för fakturor.",
    "Följande gäller för beställningar:",
    "Artikel 28 i dataskyddsförordningen gäller för behandlingen.",
    "2 kap. 3 § kommunallagen ska beaktas.",
    "24 timmar om dygnet finns jour.",
    "Del i samarbetet har även den som anslutit sig senare.",
)

LISTS = (
    ("1. Region Påhittsmark, nedan kallad Regionen", "2. Sagolunds kommun, nedan kallad Kommunen"),
    ("1. Region Påhittsmark", "2. Sagolunds kommun", "3. Stiftelsen Hittepå"),
    ("Bilaga 1 Prislista", "Bilaga 2 Kravspecifikation"),
    ("a) Lokaler", "b) Handledning"),
    ("4.1 Lokaler", "4.2 Handledning", "4.3 Arbetskläder"),
    ("1. lokaler för undervisning,", "2. handledning, och", "3. arbetskläder."),
    ("1) bokning av hall;", "2) städning efter varje pass;", "3) tillsyn av nycklar."),
    ("1. Lokaler", "2. Handledning", "3. Arbetskläder"),
    ("a) planera verksamheten,", "b) följa upp den, och", "c) rapportera till styrgruppen."),
    ("(i) larm,", "(ii) bevakning, och", "(iii) transporter."),
    ("– handledare med rätt utbildning", "– plats för enskilda samtal", "– tillgång till journalsystem"),
    ("• 4 lektionssalar", "• 2 grupprum"),
)

TABLES = (
    (("Tjänst", "Pris"), ("1 Grundavgift", "12 000"), ("2 Support", "4 500"), ("3.1 Utbildning", "900")),
    (
        ("År", "Antal platser", "Belopp"),
        ("2024", "40", "200 000"),
        ("2025", "45", "225 000"),
        ("2026", "50", "250 000"),
    ),
)

ROLES = ("Regiondirektör", "Kommundirektör", "Utbildningschef", "Verksamhetschef")
