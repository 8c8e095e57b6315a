"""What kind of short answer a question wants, told by how it begins."""

from __future__ import annotations

import re
from enum import StrEnum


class Asks(StrEnum):
    """The type of a short answer."""

    END = "end"
    START = "start"
    SIGNED = "signed"
    DATE = "date"
    AMOUNT = "amount"
    NOTICE = "notice"
    SIZE = "size"
    CLOCK = "clock"
    PERIOD = "period"
    LENGTH = "length"
    FREQUENCY = "frequency"
    PERCENT = "percent"
    SHARE = "share"
    NUMBER = "number"
    PERSON = "person"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    REGISTRY = "registry"
    PLACE = "place"
    WHICH = "which"
    WHAT = "what"
    YES_NO = "yes_no"
    TEXT = "text"


_FEW = r"(?:[\wåäö-]+\s+){0,5}?"
_ENDS = r"(?:upphör\w*|(?:stängs|stängdes|avvecklas|avslutas|avslutades)|läggs\s+ned?\b|slut(?:ar|ade|at|(?=\s+(?:med|på)\b))|(?:tar|tog)\s+(?:[\w§-]+\s+){0,14}?slut\b|(?:löp\w+|gå\w*|gick)\s+(?:[\w-]+\s+)*ut)"
_PARTY = r"(?:parter|aktörer|organisationer|kommuner|myndigheter|regioner|lärosäten|högskolor|företag)"
_SUM = r"(?:pris|hyra|avgift|belopp|kostnad|vite|ersättning|arvode|budget|summa|värde(?!r)|bidrag|lön|stipendi|taxa|självrisk|nota\b|notan|timpenning|tillägg\b|tillägget|schablon|premie|deposition|takvolym|volymtak|tak(?:et)?\b)"
_PER = r"(?:per\s+\w+|(?:om|i)\s+(?:året|månaden|veckan|timmen|dagen))"
_NO_MATTER = (
    r"(?:pengar|medel|stöd|bidrag|kontant\w*|eget|lön|hyra|kapital|vite|kan|av|de|den|det|man|vi|\w*tid|ska|skall|som|mer|"
    r"mindre|\w*ersättning|\w*stånd|\w*bidrag|\w*stöd|\w*pengar|\w*medel|\w*kronor|\w+(?:r|de|te|s|lle)(?!\s+(?:får|kan|ska|skall|måste|har|är|ryms|behövs)\b))"
)
"""After "hur mycket": what asks for money, and what is no matter that is measured; a verb may follow the matter, and no verb ("hur
mycket vätgas får …")."""
_PLACES = (
    r"(?:kommun|stad|ort|plats|adress|lokal|skola|byggnad|fastighet|region|tingsrätt|domstol|hamn|station|avdelning|enhet|nämnd|"
    r"förvaltning|stadsdel|by|hus|rum|land|länder)"
)
_MANY_PLACES = r"(?:kommuner|länder|städer|orter|lokaler|byggnader|fastigheter|hus|rum|skolor|regioner|hamnar|stadsdelar|byar|socknar|län)"
_LIES = (
    r"(?:ligger|hålls|sitter|sker|bedrivs|förvaras|lämnas|hämtas|träffas|möts|anordnas|ges|placeras|lagras|arkiveras|hämtar|parkerar|genomförs|utförs|äger|avgörs|"
    r"prövas|löses|tas|finns\s+(?!det\b|bestäm|regler|skriv|stöd)|ska\s+(?!det\b)[^?]*\b(?:ligga|hållas|ske|förvaras|lämnas|placeras|byggas|avgöras|prövas|lösas)|(?:får|kan|ska|skall|brukar)\s+(?!det\b)[^?]*\b(?:hålla\s+till|bo|sova|träna|mötas|träffas|parkera|bada)\b|har\s+\w+\s+si(?:tt|n|na)|"
    r"(?:är|finns|blir|var)\s+[^?]*\b(?:placera|belägn?|förlag|station|inrym)\w*)"
)
_OF_TEXT = (
    r"(?:regel|regler|villkor|krav|klausul|skrivning|formulering|bestämmelse|bestämmelser|ansvar|skyldighet|rättighet|möjlighet|sätt|syfte|betydelse|skillnad|ordning|åtgärd|avsnitt|"
    r"paragraf|punkt|(?<!an)del|frågor|saker|mål|uppgifter|insatser|områden)"
)
_LENGTHS = r"(?:sträcka\w*|väg(?:en|ar|arna)?|ledning\w*|spår\w*|(?:spårvagns|buss|tåg|färje)linje\w*|bana\w*|slinga\w*|kabel\w*|tunnel\w*|bro(?:n|ar)?|kaj\w*|stig\w*|stängsel\w*|staket\w*|led(?:en|er|erna)?|rutt\w*)"
SPEED_ASKED = r"hur\s+(?:fort|snabbt)\s+(?:(?:får|kan|ska|skall|går)\s+)(?:\w+\s+){0,2}?(?:kör|köra|åka|cykla|framföra\w*|färdas)\b"
""" "Hur fort får man köra?": a speed, not the time that something takes."""
_LASTING = r"(?:intyg|licens|certifikat|tillstånd|garanti|offert|biljett|kort|bevis|tystnadsplikt|sekretess|pris|fullmakt|behörighet|erbjudande|nyckel|rabatt)"
"""What an agreement says how long it is good for: its own term is another matter."""
_WEEKDAYS = r"(?:\w*dagar(?:na)?|kvällar(?:na)?|veckor(?:na)?|månader(?:na)?|årstider|tider)"
_DOES = (
    r"(?:har\s+hand\s+om|sköter|leder|ansvarar|svarar|betalar|äger|driver|ordnar|anordnar|arrangerar|bygger|finansierar|"
    r"bekostar|står|utser|väljer|beslutar|bestämmer|sitter)"
)
_NAMED = r"(?-i:[A-ZÅÄÖ])[^?]*\?\s*$"
"""A field and a name, and nothing more: "Uppsägningstid Campus Norr?"."""
_PATTERNS: tuple[tuple[Asks, str], ...] = (
    (Asks.PERIOD, rf"(?:uppsägningstid|avtalstid|löptid|hyrestid)(?:en)?\s+{_NAMED}"),
    (Asks.END, rf"slutdatum(?:et)?\s+{_NAMED}"),
    (Asks.AMOUNT, rf"(?:hyran?|priset|pris|avgiften?|vitet|vite|arvodet?|ersättningen)\s+{_NAMED}"),
    (Asks.TEXT, r"vad\s+(?:är|blir)\s+(?:konsekvens|följd|påföljd)\w*"),
    (Asks.CLOCK, rf"när\s+på\s+(?:året|dygnet|dagen|kvällen|morgonen|natten|veckan)\b|(?:(?:före|från|mellan|vid)\s+)?(?:vilket\s+klockslag|vilken\s+tidpunkt|vilka\s+(?:\w+\s+)?(?:klockslag|\w*tider))\b|(?:på\s+|under\s+)?(?:vilka\s+(?:\w+\s+)?{_WEEKDAYS}|vilken\s+(?:vecko|var)dag)\b|hur\s+dags\b|hur\s+(?:sent|tidigt)\s+(?:har|är|stäng\w+|öppn\w+|(?:får|kan)\s+det)\b|hur\s+länge\b[^?]*\b(?:öppe[nt]|kvällen|kvällar\w*)\b"),
    (Asks.NOTICE, r"hur\s+mycket\s+(?:uppsägning\w*|varsel)\b|när\s+(?:\w+\s+)?(?:måste|ska|skall|behöver|kan)\b.*\b(?:säg\w*\s+upp|uppsägning\w*|option\w*)|(?:hur\s+lång\w*(?:\s+tid)?|hur\s+långt?)\s+(?:i\s+förväg|innan|före)\b|hur\s+(?:sent|tidigt)\b"),
    (Asks.LENGTH, rf"hur\s+länge\s+(?:gäller|gällde|är)\s+(?:\w+\s+){{0,2}}?\w*{_LASTING}(?!\w*(?:avtal|kontrakt))\w*\b"),
    (Asks.END, rf"(?:vilken\s+dag|vilket\s+datum|vilket\s+år)\s+{_FEW}{_ENDS}|när\s+{_FEW}{_ENDS}|till\s+(?:och\s+med\s+)?(?:när|vilket\s+(?:datum|år)|vilken\s+dag)|hur\s+länge\s+(?:(?:har|får)\s+\w+\s+kvar|gäller|gällde|löper|är\s+\w+\s+giltig|kan\s+.*\b(?:löpa|gälla|förlängas))|sista\s+(?:giltighets)?dag(?!\w*\s+(?:att|för\s+att|för\s+(?:an|av)mälan|för\s+ansökan)\b)|(?:vilket\s+|[^?]*,\s*vilket\s+)slutdatum|när\s+[^?]*\binte\s+längre\b|hur\s+långt?\s+(?:går|gäller|löper|sträcker\s+sig)\s+[\w-]*(?:avtal|kontrakt)\w*"),
    (Asks.START, r"(?:från|sedan)\s+(?:och\s+med\s+)?(?:när|vilket\s+(?:datum|år)|vilken\s+dag)|(?:när|vilken\s+dag|vilket\s+(?:datum|år))\s+(?:[\w-]+\s+){0,4}?(?:träd\w+\s+i\s+kraft|börja\w*|start\w+|inled\w+)"),
    (Asks.SIGNED, r"(?:när|vilket\s+datum|vilken\s+dag)\s+(?:\w+\s+){0,4}?(?:undertecknad\w*|undertecknats|tecknade\w*|tecknats|skrevs|skrivits|ingicks|ingåtts|slöts|signera\w*|skr(?:ev|iver)\s+(?:[\w-]+\s+){1,8}?(?:på|under))\b"),
    (Asks.FREQUENCY, r"hur\s+ofta|hur\s+många\s+gånger|med\s+vilken\s+frekvens|hur\s+regelbundet"),
    (Asks.SHARE, rf"hur\s+(?:ska\s+|skall\s+)?(?:för)?dela[sdt]?\w*\b|hur\s+(?:är|blir)\s+{_FEW}(?:för)?dela\w*"),
    (Asks.PERCENT, r"vad\s+[^?]*\bför\s+(?:rabatt|ränta|moms)\w*|hur\s+mycket\s+(?:ska|skall)\b[^?]*\b(?:minsk|sänk|öka|höj|dra\s+ner|skära)\w*|hur\s+(?:många\s+procent|stor\s+(?:andel|del|bit|procent|tjänst)|mycket\s+av)\b|vilket\s+(?:\w+\s+)?påslag\b|hur\s+(?:mycket|stor)\s+\w*(?:ränta|rabatt)\b|vilken\s+(?:procent|procentsats|\w*andel|del|moms\w*|\w*ränta|räntesats)\b|hur\s+hög\s+(?:är\s+)?(?:moms\w*|\w*räntan?)\b"),
    (Asks.LENGTH, r"(?:i\s+|under\s+)?hur\s+länge\b|how\s+long\b"),
    (Asks.NUMBER, r"hur\s+mycket\s+(?:folk|publik|personal)\b"),
    (Asks.SIZE, rf"hur\s+nära\b|{SPEED_ASKED}|hur\s+långa?\s+(?:är|var|blir|blev|ska|skall)\s+(?:(?!\w*(?:tid|frist|period)\w*\b)[\w-]+\s+){{0,3}}?\w*{_LENGTHS}\b|vad\s+är\s+\w+\s+för\s+hur\s+mycket\s+(?!{_NO_MATTER}\b)\w{{2,}}|(?:hur\s+mycket|vad)\s+väg(?:er|de)\b|hur\s+mycket\s+(?:rymmer|mäter|förbrukar|producerar|lastar)\b"),
    (Asks.PERIOD, r"vad\s+(?:är|var)\s+(?:\w+\s+){0,2}?\w*(?:tid(?:en)?|frist(?:en)?|period(?:en)?)\b|hur\s+(?:snabbt|fort|snart)\b|hur\s+kort\w*\s+(?:tid|varsel|frist)\w*|inom\s+(?:hur\s+lång|vilken)\s+tid|hur\s+(?:lång|långt|gam(?:mal|la)|många\s+(?:\w+\s+)?(?:dagar|veckor|månader|år|timmar|minuter|dygn))\b|vilken\s+(?:\w*tid|\w*frist|\w*period)\b|hur\s+(?:mycket|mkt)\s+(?:\w*tid|före|innan|tidigare|senare|efter)\b|(?:(?:från|vid|till|för|i|mellan)\s+)?vilk(?:en|a)\s+åld(?:er|rar|ersgrupp|ersspann)\w*"),
    (Asks.EMAIL, r"(?:vilken\s+|vad\s+är\s+|har\s+)?(?:e-?post|mejl|mail)(?:adress\w*)?\b"),
    (Asks.PHONE, r"(?:vilket|vad\s+är|vad\s+har|har)\s+.*\btelefon(?:e?n|nummer|numret|nr)?\b|telefon(?:nummer)?\w*\b|(?:på\s+)?vilket\s+nummer\s+(?:ringer|når)"),
    (Asks.REGISTRY, r"(?:vilket|vilken|vad\s+är|vad\s+har|under\s+vilket)\s+.*\b(?:diarie|ärende|avtals|kontrakts|dokument)(?:nummer|numret|nr)\b"),
    (Asks.SIZE, rf"hur\s+(?:mycket|mkt)\s+(?!{_NO_MATTER}\b)\w{{2,}}"),
    (Asks.AMOUNT, rf"hur\s+(?:mycket|mkt)|vilke[nt]\s+(?:(?:är|den|det|\w+[ae]|\w+(?:ig|sk|ad)t?|fast|hög|låg|stor|ny)\s+){{0,3}}?\w*{_SUM}\w*\b|hur\s+dyr\w*|vad\s+(?:satsa[rd]e?|avsätter|avsatte|lägger|lade|debiteras|faktureras)\b|vad\s+(?:får|fick|ger|gav|tar|tog)\b[^?]*\bför\s+(?!rabatt|ränta)\w+|var\s+(?:ligger|går)\s+(?:\w*tak|\w*gräns|\w*nivå|\w*pris|\w*belopp)\w*|vad\s+(?!händer|gäller|säger|står|sker|menas)[^?]*\b{_PER}|vad\s+får\b[^?]*\bbetalt\b|vad\s+(?:får|fick|ger|gav)\b[^?]*\b(?:årligen|varje\s+år)\b|vad\s+(?:går|gick|landar|uppgår)\b[^?]*\b(?:på|till)\b|\w*(?:pris|hyra|avgift|kostnad)(?:et|en|n)?\s+(?:för|per)\b|\w*(?:priset|hyran|avgiften|kostnaden|arvodet|taxan)\s+(?:när|om|vid|enligt|i|hos|till)\b|vad\s+(?!händer|gäller|säger|står|sker|menas){_FEW}(?:\w+\s+){{0,3}}?(?:kostar|kostade|kosta|betalar|betalade|betala|betalt|tjänar)\b|vad\s+.*\bi\s+(?:pengar|kronor|\w*ersättning|hyra|avgift|bidrag|vite|\w*lön|\w*arvode)\b|vad\s+(?:är|var|blir|ligger)\s+(?:\w+\s+){{0,3}}?\w*{_SUM}\w*\b|hur\s+många\s+(?:kronor|miljoner)|hur\s+(?:stor\w*|hög\w*)\s+{_FEW}\w*{_SUM}\w*|hur\s+(?:stor\w*|hög\w*)\s+{_FEW}medel\b"),
    (Asks.SIZE, r"hur\s+(?:stor\w*|hög\w*|tung\w*|bred\w*|djup\w*|varm\w*|kall\w*|tjock\w*|stark\w*|ljus\w*|fuktig\w*)\b|vilken\s+(?:yta|storlek|temperatur|effekt|kapacitet)"),
    (Asks.NUMBER, r"hur\s+många|antal(?:et)?\b|vilket\s+(?:antal|\w*nummer)"),
    (Asks.DATE, r"när\b|sista\s+dag(?:en)?\b|(?:på\s+)?vilka\s+datum|vilket\s+(?:år|årtal|datum)|vilken\s+(?:dag|månad|vecka)\b"),
    (Asks.ORGANISATION, rf"(?:vem|vilka|med\s+vem|med\s+vilka|vilken)\s+(?:\w+\s+){{0,2}}?(?:har|är|som)?\s*(?:\w+\s+){{0,2}}?avtal\w*\s+(?:med|mellan)|(?:vilka|vem)\s+(?:är\s+)?(?:avtals)?part(?:er|erna)?\b|vilka\s+(?:andra\s+)?(?:\w+\s+){{0,2}}?{_PARTY}\b|vilka\s+(?:\w+\s+)?(?:ingår|deltar|medverkar|är\s+med|har\s+(?:tecknat|skrivit\s+(?:på|under))|står\s+bakom)|(?:mellan|med)\s+(?:vilka|vem)\b|vilken\s+(?:kommun|högskola|region|myndighet|part|organisation|domstol)|vilket\s+(?:företag|bolag|universitet|lärosäte)|vem\s+(?:är\s+)?(?:leverantör\w*|beställare\w*|hyresvärd\w*|hyresgäst\w*|ansvarar|äger|betalar|står|finansierar|svarar)"),
    (Asks.PERSON, rf"vem\b|vems\b|vilka\s+personer|vilken\s+(?:person|tjänsteman|chef|befattning|roll)|vilka\s+{_DOES}\b|vad\s+heter"),
    (Asks.PLACE, rf"(?:i|inom)\s+vilka\s+(?:\w+\s+)?\w*{_MANY_PLACES}\b(?![^?]*\bavtal)|(?:i|på|vid|från|till|inom)\s+vilke[nt]\s+(?:\w+\s+)?\w*{_PLACES}\w*\b|var\s+(?:någonstans\s+)?{_LIES}|vart\s+(?:ska|skall|skickas|lämnas|vänder)"),
    (Asks.WHICH, rf"(?:på|från|vid)\s+vilka\s+(?!\w*{_OF_TEXT})\w+|(?:(?:i|på|av|till|med|enligt|för|hos|från)\s+)?vilke[nt]\s+(?!\w*{_OF_TEXT}(?:e?n|et|na|er)?\b)\w+"),
    (Asks.YES_NO, r"(?:kan|får|ska|skall|måste|är|finns|fanns|medför|innebär|gäller|tar|ger|har|hade|omfattar|ingår|krävs|behöver|behövs|går|bör|tillåter|kräver|hindrar|förlängs|betalar|räcker|lovar|kostar|kostade|skulle|kunde|fick|blir|slipper|stämmer|\w+(?:nks|ngs|öjs|ggs|lls|öps|äms|yrs|örs|ägs))\b(?!\s+vi\s+(?:något|nåt)\b)"),
    (Asks.WHAT, r"hur\s+(?:bra|duktig\w*)\b|vad\s+(?!händer|gäller|säger|står|sker|menas|innebär|betyder|finns|regleras|har\s+(?:vi|ni))\w+"),
)  # fmt: skip
_LEAD = r"(?:(?:och|men|om|inom|efter|till|med|för|på|upp\s+till|fram\s+till|senast|tidigast|under|per|hos|av|minst|högst|som\s+mest|ungefär|cirka|ca|exakt|precis|ur)\s+)?"
_SITUATION = (
    r"(?!\W*(?:vilk|i\s+vilk|var\b|finns|lista|visa|what|which))[^?]{8,}(?:,|\s[–—-])\s+(?:då\s+|så\s+)?"
)
"""What a question may tell before it asks: "Om vi vill gå ur förbundet, hur många år tar det?"."""
ASK_PATTERNS = tuple(
    (asks, re.compile(rf"(?i)^{before}\W*{_LEAD}(?:{pattern})"))
    for before in ("", _SITUATION)
    for asks, pattern in _PATTERNS
)
"""Tried in this order: "hur många procent" before "hur många", and the question's beginning before what follows a comma."""
