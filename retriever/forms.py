"""How Swedish questions are put: what tells a list, and which words frame a question and carry no subject."""

from __future__ import annotations

import re

from corpus.clauses.kinds import KINDS

AGREEMENT_NOUN = rf"(?:{'|'.join(KINDS)}|avtal|dokument|överenskommelse|kontrakt|agreements?|contracts?|handling)(?:e?n|et|ar|er|r|rna|arna|erna|s|ens|ets)?"
PARTY_KINDS = r"(?:kommuner|regioner|högskolor|lärosäten|universitet|myndigheter|länsstyrelser|organisationer|parter|aktörer|städer|bolag|företag)"
THE_ONE = r"\w*(?:avtalet|kontraktet|förklaringen|överenskommelsen|dokumentet|partnerskapet|handlingen|tillägget)s?\b"
"""One agreement, spoken of as known: a question about it asks for no list."""
_SET_NOUN = (
    rf"(?:{AGREEMENT_NOUN}|samarbete(?:n|na)|partnerskap(?:en)?|uppgörelser(?:na)?|pakter(?:na)?|handlingar(?:na)?|"
    r"papper(?:en)?|åtaganden(?:a)?|löften(?:a)?)"
)
_BRING = r"(?:(?:ta|plocka|leta|få|söka?|hämta)\s+(?:fram|upp|ut|reda)|visa|lista|hitta|söka?|ge\s+mig|sammanställa?|räkna\s+upp)"
"""What a reader asks the system to do: "kan du ta fram allt där Lurö kommun är part?"."""
_OPEN_ONE = rf"^\W*(?:öppna|visa|hämta|läs|ta\s+fram|slå\s+upp|gå\s+till)\s+(?:mig\s+)?(?={THE_ONE})"
"""What a reader asks the system to do with one agreement: "öppna överenskommelsen med Lurö kommun"."""
_DATED = r"(?:tar\s+slut|(?:löper|går)\s+ut|upphör|slutar|förfaller|börjar\s+gälla|träder\s+i\s+kraft|tecknades|skrevs|slöts|ingicks|undertecknades|(?:löpt|gått)\s+ut|upphört|tagit\s+slut)"
LIST = re.compile(
    rf"(?i)\b(?:i|enligt|för|inom|genom|bland|med|under|och|av)\s+(?:vilka|vilket|vilken)\s+(?:\w+\s+){{0,3}}?(?!{THE_ONE}){_SET_NOUN}\b"
    rf"|(?<=[:–—,.?!-]\s)(?:i\s+)?vilka\s+(?:av\s+)?(?:\w+\s+){{0,2}}?{_SET_NOUN}\b"
    rf"|\b(?:vilka|vilket|vilken)\s+av\s+(?:[\w:-]+\s+){{0,4}}?[\w-]*{_SET_NOUN}\b"
    rf"|^\W*(?:(?:i|bland)\s+)?vilka\s+(?:av\s+)?(?:\w+\s+){{0,3}}?[\w-]+(?:avtal|kontrakt)(?:en)?\b"
    rf"|^\W*vilka\s+(?:\w+\s+)?{PARTY_KINDS}\s+har\s+(?:vi|ni|\w+(?:en|an|et))\s+(?:\w+\s+){{0,2}}?(?:papper|kontrakt|uppgörelser|samarbeten?|överenskommelser)\s+(?:ihop\s+|tillsammans\s+)?med\b"
    rf"|^\W*vilke[nt]\s+(?:\w+\s+){{0,2}}?[\w-]+(?:avtal|kontrakt)\s+(?:saknar|nämner\s+inte|tar\s+inte\s+upp|säger\s+inget|har\s+ingen|har\s+inga)\b"
    rf"|^\W*i\s+vilke[nt]\s+(?:\w+\s+){{0,2}}?[\w-]*(?:avtal|kontrakt)\s[^?]*?\b(?:saknas|fattas|står\s+(?:det\s+)?(?:inget|ingenting)|nämns\s+inte|sägs\s+(?:inget|ingenting))\b"
    rf"|^\W*vad\s+har\s+(?:[\w-]+\s+){{1,3}}?(?:på\s+gång|ihop|gemensamt|tillsammans)\s+(?:tillsammans\s+)?med\b(?![^?]*\b{THE_ONE})"
    rf"|\b(?:alla|samtliga)\s+(?:de\s+)?{AGREEMENT_NOUN}\s+(?:där|som|med|om|i\s+vilka)\b"
    rf"|^\W*(?:i\s+)?vilka\s+(?:\w+\s+){{0,3}}?{_SET_NOUN}\b"
    rf"|^\W*(?:vad\s+|var\s+)?har\s+(?:vi|ni)\s+(?:\w+\s+){{0,2}}?(?:lovat|skrivit|åtagit|bundit|förbundit|kommit\s+överens|gått\s+med)\b"
    rf"|\ballt\s+(?:som\s+)?vi\s+har\s+(?:om|kring|med|rörande)\b"
    rf"|^\W*i\s+vilka\s+fall\s+(?:får|kan|ska|skall|måste|behöver|har|är|slipper|står|blir)\s+(?:man|vi|folk|någon|ingen|motparten|den\s+(?:ena|andra))\b"
    rf"|^\W*vad\s+har\s+(?!parterna\b)(?:[\w-]+\s+){{1,4}}?(?:skrivit\s+(?:på|under)|undertecknat|tecknat|slutit)\b(?![^?]*\b{THE_ONE})"
    rf"|^\W*(?:vad|va)\s+(?:har|hade|finns)\s+[^?]{{0,60}}?\bför\s+(?:\w+\s+){{0,2}}?(?!{THE_ONE}){_SET_NOUN}(?!\s+i\b)\b"
    rf"|\b{_BRING}\s+(?:mig\s+)?(?:på\s+)?(?:allt|alla|samtliga|de|dem|dom)\s+(?:\w+\s+){{0,3}}?(?:där|som|med|om|kring|rörande|{_SET_NOUN})\b"
    rf"|^\W*vad\s+(?:är\s+det\s+som\s+)?(?:har\s+)?{_DATED}\b[^?]*\b(?:19|20)\d{{2}}\b"
    rf"|^\W*var\s+(?!\w+\s+{THE_ONE})(?:finns|står|sägs|anges|regleras|begränsas|bestäms)\s+(?:\w+\s+){{1,4}}?(?:för|om|på|hur|att|som)\b(?![^?]*\b{THE_ONE})"
    rf"|^\W*var\s+(?:har|får|ges|erbjuds|ställer|lovar|ska|samarbetar|jobbar|arbetar|satsar|utbildas|betalar|bidrar|används|forskas|bedrivs|delar|ansvarar|sitter|deltar|medverkar|bestämmer)\s+(?:man|vi|folk|kommunen|kommunerna|regionen|högskolan|universitetet|parterna|någon|studenter|barn|unga|personal)\b"
    rf"|^\W*(?!vilka\s+(?:\w+\s+)?{PARTY_KINDS}\b)(?:(?:i\s+)?(?:vilka|vilket|vilken|vika|vlka)\s+(?:\w+\s+){{0,3}}?(?:av\s+)?(?!{THE_ONE}){AGREEMENT_NOUN}\b"
    rf"|(?:i\s+)?(?:vilka|hur\s+många)\s+(?:\w+\s+){{0,2}}?samarbeten\b"
    rf"|vilka\s+(?:handlar\s+om|rör|berör|nämner|omfattar|tar\s+upp|reglerar|innehåller|saknar|avser)\b"
    rf"|(?:var\s+)?(?:nämns|omnämns|(?:talas|pratas|sägs)\s+det\s+(?:något\s+)?om)\b"
    rf"|(?:finns|står|regleras|tas|får|kan|måste|ska|har|är|betalar|lovas|ges|krävs)\b[^?]*\bi\s+(?:något|nåt|några)\s+(?:av\s+)?(?:våra\s+)?avtal(?:en)?\s*\?"
    rf"|(?:finns|står|regleras|tas)\b[^?]*\b(?:någonstans|i\s+(?:något|några|våra)\s+(?:av\s+)?(?:våra\s+)?avtal\w*|(?:i|bland)\s+(?:våra\s+)?avtalen)\b"
    rf"|har\s+[^?]{{2,60}}?\s(?:fler|flera|några|andra)\s+(?:andra\s+)?{AGREEMENT_NOUN}\b"
    rf"|allt\s+(?:som\s+)?(?:rör|handlar\s+om|gäller|om|kring|rörande|gällande)\b"
    rf"|(?:har\s+(?:vi|ni)|finns\s+det)\s+(?:något|nåt|någonting|nånting)\s+(?:\w+\s+){{0,2}}?(?:med|om|kring|rörande|gällande)\b(?![^?]*\b{THE_ONE})"
    rf"|vad\s+har\s+(?:vi|ni)\s+(?:för\s+)?(?:\w+\s+){{0,2}}?(?:med|kring)\b"
    rf"|hur\s+många\s+(?:\w+\s+){{0,3}}?(?!{THE_ONE}){AGREEMENT_NOUN}\b"
    rf"|(?:lista|visa|räkna\s+upp|sök|hitta|ge\s+mig)\s+(?:\w+\s+){{0,3}}?{AGREEMENT_NOUN}\b"
    rf"|gäller\s+(?:något|några|nåt)\s+{AGREEMENT_NOUN}\b"
    rf"|(?:finns\s+det|har\s+vi|har\s+ni|finns|existerar)\s+(?:(?:några|något|någon|ett|en|det)\s+)?(?:\w+\s+)?(?:{AGREEMENT_NOUN}|samarbeten?)\b"
    rf"|(?:alla|samtliga)\s+(?:\w+\s+)?{AGREEMENT_NOUN}\b"
    rf"|(?:which|what)\s+(?:\w+\s+){{0,2}}?(?:agreements?|contracts?)\b|(?:list|show|find)\s+(?:\w+\s+){{0,2}}?(?:agreements?|contracts?)\b"
    rf"|(?!{THE_ONE}){AGREEMENT_NOUN}\s+(?:om|med|där|inom|kring|rörande|gällande|avseende|angående|utan|som\s+(?:omfattar|nämner|rör|handlar\s+om))\b)"
)
RELATION = re.compile(
    r"(?i)\b(omfattar|omfatta|innefattar|täcker|nämner|omnämner|reglerar|regleras|behandlar|rör|berör|gäller|avser|innehåller|tar\s+upp|handlar\s+om|nämns|förekommer|dyker|figurerar|inblandade?|inblandat)\b"
)
LIST_VERBS = frozenset(
    """
        omfattar omfatta innefattar täcker nämner omnämner reglerar regleras behandlar rör berör
        gäller avser innehåller tar handlar nämns omnämns upprättats upprättat tecknat tecknats
        slutit ingått ingår finns alla samtliga lista visa sök hitta ge räkna existerar cover covers
        förekommer dyker figurerar mention mentions concern include about that agreement agreements contract contracts list
        show find tecknade rörande gällande avseende angående kopplade kopplat ämnet frågor frågan
        saker lyfter tas berörs står stå beskriver ger behöva behöver kan får måste ska skall kunna tillsammans
        innebär medger föras göra görs gör gemensamt samtidigt betala betalar betalas skrivet skrivit skriva ihop
        chans chansen chanser söker letar undrar talas pratas avtalat behövs allt något någonting nåt nånting våra vår vårt någonstans fler flera andra alls
    """.split()
)
TODAY = re.compile(
    r"(?i)\b(?:gäller|är\s+giltiga?|löper|finns)\s+(?:(?:ännu|fortfarande)\s+)?(?:i\s*dag|just\s+nu|nu|för\s+närvarande|fortfarande)\b"
)
"""A list question for the agreements in force."""
IN_FORCE_YEAR = re.compile(
    r"(?i)\b(?:gäller|gällde|gälla|löper|löpte|är\s+giltiga?|var\s+giltiga?|är\s+i\s+kraft|var\s+i\s+kraft|i\s+kraft)"
    r"(?:\s+(?:ännu|fortfarande|alltjämt|även|också|redan|för|under|år|in\s+i))*\s+((?:19|20)\d{2})\b(?!-)"
)
"""A list question for the agreements in force during a year: "gäller fortfarande 2025"."""
_PREAMBLE = re.compile(
    r"(?i)^\W*(?:\w+\s+){0,4}?(?:undrar|frågar|vill\s+veta|behöver\s+veta|hej|snabb\s+fråga|fråga)\b[^:?]{0,60}:\s*(?=\S)"
    r"|^[^?]{3,120}?\b(?:vill|ska|behöver|måste|vore\s+bra\s+att|ber(?:\s+dig)?)\s+(?:jag\s+|vi\s+)?(?:få\s+)?(?:veta|se|reda\s+(?:ut|på)|kolla|förstå|hitta|ta\s+reda\s+på)\s+(?=(?:i\s+)?vilka\s)"
    r"|^[^:?]{3,60}:\s*(?=(?:i\s+)?(?:vilk|var|vart|hur|när|vem|vad|finns|har|får|kan|ska|måste)\w*\b[^?]*\?)"
)


_SHORTHAND = {
    "mkt": "mycket",
    "ngt": "något",
    "ngn": "någon",
    "ngra": "några",
    "ang": "angående",
    "enl": "enligt",
    "ist": "i stället",
    "iom": "i och med",
    "pga": "på grund av",
    "mån": "månader",
    "avt": "avtal",
    "vilk": "vilka",
    "ök": "överenskommelse",
}
"""What people leave out when they type a question; abbreviations of the texts themselves are the word layer's."""
_WHEN = re.compile(r"(?i)^\W*nr(?=\s+[^\W\d]{2,}(?:[rs]|as)\b)")
""" "Nr skrevs …" asks när."""
_SHORT_WORD = re.compile(rf"(?i)\b(?:{'|'.join(_SHORTHAND)})\b\.?")


_SPOKEN = re.compile(r"(?i)\b(vad?|var|vem|när|hur|det?|som)\s+e\b")
_SPOKEN_WHAT = re.compile(r"(?i)^\W*va\b(?=\s+\w)")
_IN_FULL = {"va": "vad", "de": "det"}
"""How it is said, typed: "va e hyran" as "vad är hyran"."""


def written_out(text: str) -> str:
    """The question with its shorthand written out: "hur mkt" as "hur mycket"."""
    text = _GOES_ON.sub("gäller tills vidare", text)
    text = _SPARED.sub(r"får \1gratis", text)
    text = _HANDED_OVER.sub(r"överlåta \1", text)
    text = _SPOKEN.sub(lambda found: f"{_IN_FULL.get(found[1].casefold(), found[1])} är", text)
    text = _SPOKEN_WHAT.sub("vad", text)
    text = _SHORT_WORD.sub(lambda found: _SHORTHAND[found.group().rstrip(".").casefold()], text)
    return _WHEN.sub("när", text)


_AFTERTHOUGHT = re.compile(
    r"(?i)(?<=\?)\s+(?:(?:jag|vi)\s+(?:behöver|ska|måste|vill|planerar|håller)|behöver|ska|måste|vill|planerar|tack|snälla|det\s+är\s+bråttom)\b[^?]*$"
)


_NO_END = r"(?:(?:har|saknar)\s+(?:inget\s+|ingen\s+|ett\s+|en\s+)?(?:\w+\s+)?(?:slutdatum|sluttid|slutdag|sista\s+dag|slut)\s+utan\s+)"
_LASTS = r"(?:fortsätter|fortgår|löper|gäller|rullar|håller|pågår|tickar|varar)"
_GOES_ON = re.compile(
    rf"(?i)\b{_NO_END}?{_LASTS}\s+(?:\w+\s+){{0,2}}?(?:till\s?dess(?:\s+att)?|tills)\s+(?:någon|någondera|en\s+part|ena\s+parten|man)\b[^?.,]*"
    rf"|\b{_LASTS}\s+(?:\w+\s+){{0,2}}?utan\s+(?:att\s+ha\s+)?(?:något\s+|ett\s+|någon\s+|en\s+)?(?:\w+\s+)?slut(?:datum|dag|tid)?\b"
)
"""What has no end but somebody's giving it up: told as until further notice."""


_SPARED = re.compile(
    r"(?i)\bslipp(?:er|a)\s+((?:\w+\s+){0,3}?)betala\b(?:\s+för\b)?(?!\s+(?:hur|mer|mycket|tillbaka))"
)
"""Who need not pay gets it free: both verbs are empty, and would leave nothing of the condition."""
_HANDED_OVER = re.compile(
    r"(?i)\b(?:lämna[rs]?|ge[rs]?|föra?s?|flytta[rs]?|sälj(?:a|as|er|s))\s+(?:över|vidare)\s+((?:hela\s+|själva\s+|sitt\s+)?(?:\w*avtal|\w*kontrakt|överenskommelse)(?:et|en|s)?)\b"
)
"""An agreement that is handed over is assigned; what else is handed over is delivered."""


def without_preamble(text: str) -> str:
    """The question without who asks it, and why: "Kommunikatören undrar: i vilka avtal …? Vi behöver planera."."""
    text = _AFTERTHOUGHT.sub("", text)
    found = _PREAMBLE.match(text)
    return text[found.end() :] if found else text


LIST_FRAME = re.compile(
    rf"(?i)^\W*(?:(?:kan|skulle|vill)\s+(?:du|ni|någon)\s+(?:\w+\s+){{0,2}}?)?{_BRING}\b|"
    r"\b(?:(?:gäller|är\s+giltiga?|löper|finns)\s+(?:(?:ännu|fortfarande)\s+)?(?:i\s*dag|just\s+nu|nu|för\s+närvarande|fortfarande)|tar\s+upp|talar\s+om|säger\s+något\s+om|hänvisar\s+(?:\w+\s+)?till|har\s+(?:\w+\s+){0,2}?med|är\s+\w*\s*part(?:er)?\s+i|part\s+i|"
    r"(?:en\s+|någon\s+)?(?:klausul(?:er)?|bestämmelser?|regler|villkor|skrivning(?:ar)?|avsnitt|paragraf(?:er)?|text|något)\s+om(?:\s+(?:att|hur)\b)?|"
    r"(?:vilka|många)\s+(?:\w+\s+){0,2}?(?:samarbeten|uppgörelser|pakter)|^\W*vad\s+har\s+(?:[\w-]+\s+){1,3}?(?:på\s+gång|ihop)|"
    r"om\s+(?:(?:ingen|ingendera)\b|(?:(?:det|de|man|vi|parterna|part)\s+)?inte\b)[^,?]*?\bs(?:äg|ag)\w*\s+upp\w*|"
    r"eller\s+(?:liknande|motsvarande|dylik\w*)(?:\s+\w+)?|(?:är|varit|var)\s+(?:\w+\s+)?inblanda\w+|som\s+part\s+eller\s+[^?.,]*|"
    r"(?:gå\w*|gick)\s+(?:in|med)\s+i|(?:är|vara|var|varit)\s+med\s+(?:i|om|på)|"
    r"i\s+(?:vilka|så)\s+fall|vilke[nt]\s+(?:klausul|skrivning|formulering)\s+(?:gör|säger|innebär|ger|styr|reglerar|tvingar)|"
    r"med\s+i|kopplade\s+till|rörande|i\s+fråga\s+om|till\s+exempel|exempelvis|part(?:er)?)\b"
)
"""Frames of a list question that carry no subject."""
_SAID = (
    r"(?:(?:skrivit|skrivet|skrivits|sagt|sagts)(?!\s+(?:på|under|upp)\b)|nämnt|nämnts|nämns|reglerat|reglerats|regleras|bestämt|bestämts|avtalat|avtalats"
    r"|angett|angetts|anges|lovat|ordnat|fått\s+med|tagit\s+med|tagits\s+med|tagit\s+upp|tagits\s+upp|kommit\s+överens|kommits\s+överens)"
)
_NOT_A_WORD = r"(?:(?:ett|ett\s+enda|något|ett\s+endaste)\s+ord|(?:en|någon)\s+(?:enda\s+)?rad|ett\s+dugg|något|någonting|någonstans)"
ABSENT = re.compile(
    rf"(?i)\b(?:saknar|saknas|fattas|inte\s+(?:nämner|tar\s+upp|reglerar|innehåller|har|omfattar|anger|talar\s+om|behandlar|rör|omfattas\s+av)"
    rf"|(?:nämner|reglerar|innehåller|har|omfattar|anger|behandlar|rör)\s+inte|tar\s+inte\s+upp|talar\s+inte\s+om|säger\s+(?:inget|ingenting)(?:\s+alls)?\s+om|inte\s+säger\s+något\s+om"
    rf"|(?:finns|står)\s+(?:det\s+)?(?:inget|ingenting|inte\s+något)(?:\s+alls)?\s+om|(?:nämner|tar\s+upp|reglerar|har)\s+(?:inget|ingenting)\s+(?:alls\s+)?om"
    rf"|(?:nämner|reglerar|innehåller|har|anger)\s+(?:inga|ingen|inget)(?:\s+(?:bestämmelser?|regler|villkor|klausul(?:er)?|skrivning(?:ar)?)\s+om)?"
    rf"|(?:har|är)\s+(?:\w+\s+)?(?:inte|aldrig|inget|ingenting|glömt(?:\s+bort)?|missat|struntat\s+i|låtit\s+bli)\s+(?:ens\s+)?(?:att\s+)?(?:{_SAID}|reglera|skriva|nämna|ange|ta\s+(?:med|upp)|bestämma|komma\s+överens|få\s+med)(?:\s+{_NOT_A_WORD})?"
    rf"|glömt(?:\s+bort)?|(?:står|finns|sägs|nämns|skrivs|säger|nämner)\s+(?:det\s+)?(?:inte|aldrig)(?:\s+(?:ens\s+)?{_NOT_A_WORD})?"
    rf"|(?<!håll\s)(?<!hålla\s)(?<!håller\s)(?<!hålls\s)(?:tiger|tyst|tysta)\s+om|(?:är\s+det\s+)?oregler\w+|(?:finns|står)\s+(?:det\s+)?(?:inga|ingen|inget)|ingen(?:stans)?\s+(?:har\s+)?{_SAID}"
    rf"|\b(?!(?:får|kan|ska|skall|bör|måste|behöver|vill|kräver|eller|fast|annars|alls|oss|deras|kostar|går(?=\s+inte\s+att))\b)\w+[rs]\s+inte"
    rf"|(?<=avtal)\s+(?:är\s+|löper\s+)?(?:helt\s+)?utan|(?:är|skrivna|löper)\s+(?:helt\s+)?utan)\b"
    rf"(?:\s+(?:ens|alls|helt(?:\s+och\s+hållet)?))?(?:\s+(?:en\s+|ett\s+|någon\s+|något\s+|några\s+)?(?:bestämmelser?|regler(?:ing)?|regel|villkor|klausul(?:er)?|skrivning(?:ar)?|uppgift(?:er)?|ord|rad|krav)(?=\s+(?:om|på)\b))?"
    rf"(?:\s+(?:om|på)\b(?:\s+(?:hur(?:\s+länge)?|vad|vem|vilka|att|det|vart|när)\b)?)?"
)
"""A list question for the agreements that say nothing of the subject: vilka avtal saknar …?"""
_FIGURE = r"(?:belopp\w*|summ(?:a|an|or)|siffr(?:a|or)|gräns\w*)"
WITH_AMOUNT = re.compile(
    rf"(?i)\bmed\s+(?:ett\s+|en\s+)?(?:angiv\w+|bestäm\w+|fast\w*|viss\w*|utsatt\w*|uttryckt?\w*|nämn\w*)\s+(?:\w+\s+)?{_FIGURE}\b"
    rf"|\bmed\s+(?:belopp|summa|siffror|beloppsgräns)\b(?!\s+(?:på|över|under|om)\b)"
    rf"|\b(?:där|och)\s+{_FIGURE}\s+(?:\w+\s+)?(?:står|anges|nämns|angiv\w+|utsatt\w*)(?:\s+(?:angiv\w+|utsatt\w*|med))?\b"
)
"""A condition of a list question: what the text says of the subject gives an amount."""
MENTIONED = re.compile(r"(?i)\b(?:nämn|omnämn|hänvisa)\w*|\btar\s+inte\s+upp\b|\btalar\s+inte\b|\bmention\w*")
"""What an agreement mentions or does not is a matter of that very word."""
LIGHT = frozenset(
    """
        behandling behandlingen hantering hanteringen användning frågor insatser arbete arbetet område området verksamhet
        form former fråga genomförande möjlighet möjligheter rätt hjälp
    """.split()
)
"""Nouns that carry another ("behandling av personuppgifter"): the one they carry is the subject."""
LIGHT_WEIGHT = 0.3
EMPTY_VERBS = frozenset(
    """
        går gå gick gått blir bli blev blivit kommer komma kom kommit gör göra gjorde gjort ligger hamnar räcker räcka
        slipper slippa brukar ser se låter sätter sätta
    """.split()
)
"""Verbs that say little of what a question of fact or a passage is about: "Vart går pengar som blir över?"."""
COSTING = frozenset("kostar kosta kostade betalar betala betalas uppgår omfattar debiteras".split())
"""Verbs of a question for an amount: an amount that is not of the subject is no answer for them."""
FROM_YEAR = re.compile(r"(?i)(?<=\w)\s+(?:från|av)\s+(?:år\s+)?((?:19|20)\d{2})\b(?!-)")
"""Which of several agreements: "samverkansavtalet från 2024"."""
TAILS = frozenset(
    """
        bestämmelse bestämmelser klausul klausuler krav regler villkor skrivning skrivningar reglering avsnitt paragraf
        frågor fråga
    """.split()
)
"""Last parts of a compound that name a clause, not its subject: sekretessbestämmelser, försäkringskrav."""
COMPARES = re.compile(
    r"(?i)\b(?:jämför(?:a|else(?:n)?)?|(?<!någon\s)skillnad(?:en|er|erna)?|skiljer(?:\s+sig)?|skilja\s+sig|compare|difference)\b(?:\s+åt)?"
)
"""A question that sets agreements beside each other."""
WEAK = frozenset(
    """
        gäller gälla omfattar finns innebär medför ingår avser sägs står stå heter kallas anges okej okay ok
        framgår beskrivs handlar löper pågår krävs behövs betyder möjligt tillåtet avtal avtalet
        avtalen avtalets avtals dokument dokumentet kontraktet kontrakt pengar stor stort lång länge
        hög högt långt tid datum dag år gång ofta sorts slags typ saker person personer namn gånger
        upphör upphöra slutar slut utgång startar börjar började startade upphörde löpte inleds påbörjas börja finnas belopp tecknat tecknade part parter parterna parten respektive senast säger sägs hanteras undertecknades undertecknad undertecknats tecknades skrevs ingicks slöts signerades ta tar tas vart snabbt fort händer
        much money long often does cover agreement contract
    """.split()
)
"""Verbs and frames of a question of fact: what they ask is in `Asks`, not in the text's words."""

FRAME = re.compile(
    rf"(?i){_OPEN_ONE}|"
    r"^\W*(?:vad\s+är\s+|vilken\s+är\s+)?(?:den\s+)?sista\s+(?:giltighets)?dag(?:en)?\s+(?:för|i|på|att)\b|\b(?:till\s+när|hur\s+(?:stor\s+andel|mycket|många|länge|lång|långt|ofta|stor\w*|hög\w*)|vilken\s+(?:andel|frekvens)|vilket\s+(?:år|datum|belopp|antal)|vilken\s+(?:dag|summa)|"
    r"telefonnummer\w*|telefon|e-?post\w*|mejl\w*|kronor|procent|belopp\w*|pengar)\b"
)
TITLE_KIND = re.compile(rf"(?i)\b({'|'.join(KINDS)})(?:e?n|et|ar|er|r|rna|arna|erna|s|ens|ets)?\b")
GENERIC_KINDS = frozenset({"samverkansavtal", "samarbetsavtal", "överenskommelse"})
PARTY_KIND = re.compile(rf"(?i)^\W*vilka\s+(?:\w+\s+)?({PARTY_KINDS[3:-1]})\b.*\bavtal")
"""A question for the parties of a kind: vilka kommuner har avtal?"""
_LEFT = r"(?:har|hade)\s+(?:[\w-]+\s+){0,4}?(?:dragit\s+sig\s+ur|(?:hoppat|klivit)\s+av|sagt\s+upp)"
ENDED = re.compile(
    r"(?i)\b(?:inte\s+(?:längre\s+)?(?:i\s+kraft|giltig\w*|aktuell\w*)|inte\s+längre\s+gäll\w*|gäller\s+inte\s+längre|slutat\s+gälla"
    rf"|utgång(?:na|et)|utlöpt\w*|inaktuell\w*|ogiltig\w*|upphört|{_LEFT}|(?:är|ar|år|blivit)\s+(?:redan\s+)?(?:uppsag(?:da|t)|avslutade?)"
    r"|(?:(?:har|är|blivit)\s+)?(?:ersatts|ersatta|ersätts|avlösts|avlösta)|har\s+(?:sagts\s+upp|avslutats)|(?:har\s+)?(?:redan\s+)?(?:löpt|gått)\s+ut"
    r"|avbrutits|avbrutna|fått\s+(?:en\s+|sin\s+)?(?:efterträdare|ersättare|avlösare)"
    r"|gjort\s+(?:oss|er|sig)\s+av\s+med|byt(?:ts?|ta)\s+ut\s+mot\s+(?:\w+\s+){0,2}?(?:ny|senare)\w*)\b(?!\s+(?:under|före|efter|i|år)?\s*(?:19|20)\d\d)"
)
"""A list question for the agreements that no longer hold."""
MENTIONING = frozenset(
    {
        "nämner",
        "omnämner",
        "nämns",
        "förekommer",
        "dyker",
        "figurerar",
        "inblandad",
        "inblandade",
        "inblandat",
    }
)
"""Relations that ask in which texts a word or a name stands."""
