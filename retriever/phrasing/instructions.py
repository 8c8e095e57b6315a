"""Does a text speak to whoever answers, as a program's instructions do and an agreement hardly ever does?

Three kinds of signs, each weak on its own account: a sentence that begins with a command, a word for telling together
with a word for answers or readers, and the marks and phrases of conversations with models. Any one is enough.
"""

from __future__ import annotations

import re
import unicodedata

_BEGINS = r"(?:\A|(?<=[.!?:;])\s+|\n|[\"”“»>(*#\]—–]\s*)[\s\d.)*•>#-]*(?:(?:obs|viktigt|vänligen|snälla|nu|please|now|kära\s+\w+|hej\s+\w+)\W+)?"
_COMMANDS = (
    "ignorera nonchalera strunta upprepa sluta svara berätta informera besvara bekräfta påstå hävda intyga översätt citera "
    "sammanfatta formulera radera åsidosätt förbigå kringgå bortse glöm skriv säg stryk byt lyssna läs lägg följ lyd håll låt låtsas "
    "tänk framhåll betona inled avsluta börja utgå anta hoppa meddela uppge redovisa rapportera visa ändra ersätt vägra "
    "förneka förklara kom föreställ agera spela använd nämn poängtera understryk utelämna dölj visa göm lova "
    "ignore disregard forget override bypass answer say write reply respond state claim output print repeat tell translate "
    "summarize summarise pretend act follow obey stop always never you note remember begin system assistant user prompt"
).split()
_TELLING = (
    r"(?:svara\w*(?!\s+för)|besvara|besvarar|säg(?:a|er)?(?![^.\n]{0,40}\bupp\b)|berätta\w*|informera\w*|uppge\w*|ange|anges|framhåll\w*|upprepa\w*|meddela\w*|skriv|skriva|skrivs|"
    r"påstå\w*|hävda\w*|bekräfta\w*|intyga\w*|återge\w*|inkludera\w*|förklara\w*|betona\w*|nämn\w*|lyda|lyder)"
)
_ANSWERS = (
    r"(?:läsaren?|läsarna|läser|frågar|frågan|frågor|fråga|frågeställ\w*|svaret|svar|sammanfattning(?:en|ar)?|sammanfattar|sammandrag|kontext\w*|citaten?|källor(?:na)?|källan|"
    r"kommando\w*|anvisning\w*|instruktion\w*|prompt\w*|mening(?:en)?|söker|sökning\w*|sökresultat\w*|söktjänst\w*|sökmotor\w*|maskin\w*|dator\w*|program(?:met)?|chat+\w*|bot(?:ten|ar)?|"
    r"AI|robot\w*|språkmodell\w*|algoritm\w*|system(?:et)?|användaren|mig|ordagrant|undantagslöst)"
)
_MACHINE = r"(?:AI(?:-\w+)?|språkmodell\w*|assistant|language\s+model|chat+\w*|robot(?:en)?|L\.?L\.?M|\w*G\.?P\.?T|sök(?:motorn?|tjänsten)|textgenerator\w*)"
_ENGLISH = re.compile(
    r"(?i)\b(?:the|that|this|must|should|please|respond|user|answer|instructions?|ignore|you|your|model|note|override|begin|is|are|only|all|previous|to|told)\b"
)
_ENGLISH_WORDS = 3
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_BEGINS}(?:{'|'.join(_COMMANDS)})\b(?!\s*:?\s*\d)",
        rf"\b{_TELLING}\b[^.\n]{{0,60}}(?:\batt\b|:)|\binformera\w*\s+\w+\s+om\s+att\b",
        rf"\b{_TELLING}\b[^.\n]{{0,60}}\b{_ANSWERS}\b|\b{_ANSWERS}\b[^.\n]{{0,60}}\b{_TELLING}\b",
        rf"\b{_MACHINE}\b[^.\n]{{0,40}}\b(?:ska|skall|måste|bör|får|svara\w*|skriv\w*|läser|must|should|shall)\b",
        rf"\b(?:till|kära|hej|dear|hey)\s+(?:den\s+|dig\s+som\s+)?{_MACHINE}\b|\b{_MACHINE}\s*:",
        r"\b(?:system|assistant|assistent|user|developer|kommando|command|prompt|output)\s*(?:prompt|meddelande|message)?\s*[:>\]\"]",
        r"<[|!/]|</?[a-z]+>|\[/?[A-Za-zÅÄÖåäö]+\]|<</?SYS|```|\{\{|#{2,}\s*(?:instru|system|svar|response)|\bsystem\s?-?prompt\w*|\bny(?:a|tt)?\s+(?:instruktion\w*|anvisning\w*|systemmeddelande)",
        r"\b(?:(?-i:[Dd]u)|dig|din|dina|ditt|you|your)\b",
        r"\b(?:låtsas\s+(?:att|som|vara)|föreställ\s+dig|agera\s+som|tänk\s+dig|pretend|act\s+as|roleplay|jailbreak|override)\b",
        r"\b(?:allt\s+(?:ovan|annat|tidigare)|ovanstående|tidigare|föregående)\s+(?:instruktion\w*|anvisning\w*|regler|text|citat|order|direktiv)\s+(?:är|ska|gäller|upphör)",
        r"\b(?:svaret|svar)\b[^.\n]{0,40}\b(?:(?:ska|skall|måste)\s+(?:lyda|vara\s+att|bli)|lyder|är\s+att)\b|\b(?:varje|alla|en|rätt|korrekt)\s+(?:svar|sammanfattning\w*)\b[^.\n]{0,30}\b(?:ska|måste|bör|är)\b",
    )
)
_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cn"})


def speaks_to_a_model(text: str) -> bool:
    """True where some words address a language model or whoever is to answer.

    It errs on the side of yes: such a text is quoted as it stands, and only never phrased anew.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    return (
        any(pattern.search(plain) for pattern in _PATTERNS) or len(_ENGLISH.findall(plain)) >= _ENGLISH_WORDS
    )
