"""Kinds of parties, and the list question that asks for one: vilka avtal har vi med kommuner?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.quantities import number_value
from corpus.types import Agreement, Fact, FactName
from indexer.swedish.words import words_of
from retriever.question import Question

_ABROAD = r"\b(?:university|college|institute\s+of|polytechnic|universi(?:dad|tat|tà|té|täte?t|teit|dade)|uniwersytet|hochschule|fachhochschule|école|politecnico)\b"
"""What a university is called in another language."""
_COUNTRIES = r"(?:norge|danmark|finland|island|åland|estland|lettland|litauen|tyskland|polen|nederländerna|belgien|frankrike|spanien|portugal|italien|österrike|schweiz|irland|storbritannien|england|skottland|ukraina|kanada|kina|japan|indien|norway|denmark|iceland|estonia|latvia|lithuania|germany|poland|netherlands|belgium|france|spain|italy|austria|switzerland|ireland|united\s+kingdom|ukraine|canada|china|japan|india|usa)"
_CALLED = {
    "kommun": r"(?i)\b(?:kommun|stad)\b",
    "stad": r"(?i)\bstad\b",
    "region": r"(?i)\b(?:region|landsting\w*)\b",
    "länsstyrelse": r"(?i)\blänsstyrelse\w*",
    "högskola": rf"(?i)\w*(?:högskola|universitet|institutet)\w*|{_ABROAD}",
    "universitet": rf"(?i)\w*universitet\w*|{_ABROAD}",
    "utländskt lärosäte": rf"(?i){_ABROAD}",
    "utländsk part": rf"(?i){_ABROAD}|\b(?:kommune|fylkeskommune|kommuner\s+i\s+{_COUNTRIES}|GmbH|Oy|ApS|IKS|Ltd|Inc|{_COUNTRIES})\b",
    "myndighet": r"(?i)\b(?:\w*myndighet\w*|polis(?:en|region\w*|område\w*)?|\w+(?<!nät)verket|\w+(?:förmedlingen|kassan|inspektionen|bevakningen|ombudsmannen)|socialstyrelsen|kriminalvården|försvarsmakten|länsstyrelse\w*|statens\s+\w+)\b",
    "bolag": r"(?i)\b(?:AB|aktiebolag|Ltd|HB)\b",
    "förening": r"(?i)(?:förening|(?:student|teknolog|scout|lotta|resurs)kår|(?<!samordnings)(?<!räddnings)(?<!räddnings- )(?<!kommunal)(?<!tjänst)förbund|allians|klubb|(?:bya?|bygde|jakt|idrotts)lag|sällskap|samfällighet|(?:kvinno|tjej|mans|brottsoffer)jour|scout)(?:en|et)?\b|\w+kretsen\b|\bideella?\b|(?-i:\b(?:BK|IF|IK|IFK|FF|FK|SK|AIK)\b)",
    "stiftelse": r"(?i)\bstiftelse\w*",
    "fackförbund": r"(?i)\b(?:fack(?!högskol|skol|nämnd|förvaltning)\w*|kollektivavtal\w*|kommunal(?!\w|\s+\w)|vision(?!\w)|\w*(?:vård|läkar|lärar|akademiker|tjänstemanna)(?:förbund|lag|ring|union)\w*|sveriges\s+lärare|unionen|saco\w*|vårdledarna|seko|byggnads|if\s+metall)\b|(?-i:\bFörbundet\s+[A-ZÅÄÖ])",
    "studentkår": r"(?i)\w*(?:student|teknolog|medicinar|filosof)k[åa]r\w*|\b(?:akademisk|student)\w*\s*(?:\w+\s+)?\w*förening\w*",
}
"""What a party is called when it is of the kind."""
NAMED = {
    "kommun": "en kommun",
    "stad": "en stad",
    "region": "en region",
    "länsstyrelse": "en länsstyrelse",
    "högskola": "ett lärosäte",
    "universitet": "ett universitet",
    "utländskt lärosäte": "ett utländskt lärosäte",
    "utländsk part": "någon utanför Sverige",
    "myndighet": "en myndighet",
    "bolag": "ett företag",
    "förening": "en förening",
    "stiftelse": "en stiftelse",
    "fackförbund": "ett fackförbund",
    "studentkår": "en studentkår eller studentförening",
}
"""The kind as a statement says it."""
_WRITTEN = {
    "kommun": "kommun kommuner kommunerna",
    "stad": "stad städer",
    "region": "region regionerna regioner landsting",
    "länsstyrelse": "länsstyrelse länsstyrelser länsstyrelsen länsstyrelserna",
    "högskola": "högskola högskolor högskolorna lärosäte lärosätet lärosäten lärosätena",
    "universitet": "universitet",
    "myndighet": "myndighet myndigheter myndigheterna verk verken",
    "bolag": "bolag bolagen företag företagen aktiebolag firma firmor näringsliv näringslivet",
    "förening": "förening föreningar föreningarna föreningsliv föreningslivet klubbar klubb frivilligorganisation frivilligorganisationer civilsamhället civilsamhälle civilsamhällets byalag byalagen byalaget jaktlag jaktlagen jaktlaget bygdelag idrottslag",
    "stiftelse": "stiftelse stiftelser stiftelserna",
    "fackförbund": "fack facket facken fackförbund fackförbunden fackförbundet fackforbund fackförening fackföreningar",
    "studentkår": "studentkår studentkåren studentkårer kåren kårerna studentförening studentföreningar",
}
_KIND_OF = {word: kind for kind, words in _WRITTEN.items() for word in words.split()}
_ANY = r"(?:(?:någon|något|några|en|ett|andra|annan|olika|flera|de|enbart|bara|ideell|ideella|privat|privata|statlig|statliga|offentliga|kommunala|svenska|utländska?|vinstdrivande|kommersiella?|fristående|lokala)\s+){0,2}"
_MORE_KINDS = rf"(?:\s*(?:,|\beller\b|\boch\b)\s*{_ANY}(?:{'|'.join(_KIND_OF)})\b)*"
_COMPOUND = {
    "kommun": "kommun",
    "region": "region",
    "förening": "förenings",
    "bolag": "(?:bolags|företags)",
    "fackförbund": r"(?:fack|fackliga\s+)",
}
"""How a compound with avtal begins: föreningsavtal, bolagsavtal."""
_OUTSIDE = r"(?:utanför\s+(?:Sverige|landet|landets\s+gränser)|(?:i|från)\s+(?:andra\s+länder|ett\s+annat\s+land|utlandet)|utomlands)"
_JOINS = r"är\s+(?:part|motpart|med|undertecknare)(?:er)?\b|ingår\b|deltar\b|(?:har\s+)?(?:skriver|skrivit|skrev)\s+(?:på|under)\b|(?:har\s+)?undertecknat?[rd]?e?\b"
"""What makes a party of one: "där privata bolag är med och skriver under"."""
_ASKED = re.compile(
    rf"(?i)\b(?:avtal(?:en)?|överenskommelser(?:na)?|samarbeten(?:a)?|kontrakt(?:en)?|uppgörelser|vi|ni|tecknat|slutit|skrivet|skrivit|något)\s+(?:(?:har\s+)?(?:finns|är|gäller|ingås|slutits|tecknats|ingåtts|ingicks)\s+)?(?:(?:slutna|tecknade|ingångna|träffade|skrivna)\s+)?(?:med|mellan)\s+{_ANY}(?:\w+\s+eller\s+(?:annan|annat|andra)\s+)?"
    rf"(?P<kind>{'|'.join(_KIND_OF)})\b(?-i:(?!\s+[A-ZÅÄÖ]))"
    rf"|\b(?:har\s+(?:vi\s+|ni\s+)?)?(?:(?:slutits|tecknats|ingåtts|slutna|tecknade)\s+)?(?:med|har|om)\s+{_ANY}(?P<abroad>(?<=utländsk\s)(?:part|motpart|partner|aktör|organisation)\b|(?<=utländska\s)(?:parter|motparter|partner|aktörer|organisationer)\b|(?:parter|motparter|partner|aktörer|organisationer|någon)\s+(?:som\s+finns\s+)?{_OUTSIDE}(?:\s+som\s+(?:mot)?part(?:er)?\b)?)"
    rf"|\b(?P<among>{'|'.join(_KIND_OF)})\s+(?:är\s+|som\s+)?(?:en\s+av\s+)?(?:de\s+)?(?:avtalande|parterna|motpart(?:en|er)?|undertecknarna)\b"
    rf"|\b(?:där|i\s+vilka|som)\s+{_ANY}(?P<joins>{'|'.join(_KIND_OF)})\s+(?P<joined>(?:{_JOINS})(?:\s+och\s+(?:{_JOINS}))?)(?!\s+i\b)"
    rf"|\b(?:avtal|kontrakt|överenskommelser|samarbeten)\s+(?:där|som|har)\s+{_ANY}(?:har\s+)?{_ANY}(?P<as_party>{'|'.join(_KIND_OF)}){_MORE_KINDS}\s+(?:är|som|ingår\s+som)\s+(?:mot)?part"
    rf"|\bvilka\s+{_ANY}(?P<had>{'|'.join(_KIND_OF)})\s+har\s+(?:vi|ni|man|\w+(?:en|an|et))\s+(?:\w+\s+){{0,2}}?(?:avtal|papper|kontrakt|överenskommelser|samarbeten?|uppgörelser)\s+(?:ihop\s+|tillsammans\s+)?med\b"
    rf"|(?:\bvilka\s+(?:\w+\s+)?|^\W*)(?P<compound>{'|'.join(_COMPOUND.values())})(?:avtal|kontrakt)(?:en)?\b"
)


_BESIDE_PARTY = re.compile(rf"(?i)\bmed\s+{_ANY}(?P<kind>{'|'.join(_KIND_OF)})\b(?-i:(?!\s+[A-ZÅÄÖ]))")
""" "… har Lurö kommun med föreningar": the kind of the other party."""
_OR_KIND = re.compile(rf"(?i)\s*(?:,|\b(?:eller|och)\b)\s*{_ANY}(?P<kind>{'|'.join(_KIND_OF)})\b")


_ALL_OF = re.compile(
    rf"(?i)\b(?:alla|samtliga)\s+(?:de\s+)?(?P<count>två|tre|fyra|fem|sex|sju|åtta|nio|tio)\s+(?P<kind>{'|'.join(_KIND_OF)})\b"
    rf"[^?]{{0,20}}?\b(?:part(?:er)?|med|ingår|deltar|undertecknat|skrivit\s+(?:på|under))\b"
)
""" "Alla fyra kommunerna är parter"."""


def _kind_in(question: Question) -> re.Match[str] | None:
    """Where the question names the kind of party that it asks for."""
    named = _BESIDE_PARTY if question.parties else _ASKED
    found = _ALL_OF.search(question.read_as) or named.search(question.read_as)
    return None if found and _opens_name(question, found) else found


def _opens_name(question: Question, found: re.Match[str]) -> bool:
    """True for "med länsstyrelsen i Älmhärad": the word is the named party's own, not the kind of another."""
    word = re.match(r"(?i)\s+(?:i\s+)?([\w-]+)", question.read_as[found.end() :])
    names = {part.casefold().rstrip("s") for party in question.parties for part in party.split()}
    return word is not None and word[1].casefold().rstrip("s") in names


def asked_kinds(question: Question) -> tuple[str, ...]:
    """The kinds of party, one of which is enough, whose agreements a list question asks for; none for any other question."""
    found = _kind_in(question)
    if found is None:
        return ()
    named = found.groupdict()
    if named.get("abroad"):
        return ("utländsk part",)
    if named.get("compound"):
        starts = _COMPOUND.items()
        return tuple(kind for kind, start in starts if re.fullmatch(start, named["compound"], re.I))
    word = next(named[name] for name in ("kind", "joins", "as_party", "had", "among") if named.get(name))
    kinds = {_KIND_OF[word.casefold()]: None}
    end = _end_of_kind(found)
    both = _is_between(found) or _other_kind(
        question
    )  # "mellan kommuner och regioner" asks for what has both
    while not both and (more := _OR_KIND.match(question.read_as, end)):
        kinds[_KIND_OF[more["kind"].casefold()]] = None
        end = more.end()
    if {"högskola", "universitet"} & {*kinds} and (
        _FOREIGN.search(found.group()) or _ELSEWHERE.match(question.read_as, end)
    ):
        return ("utländskt lärosäte",)
    return tuple(kinds)


_FOREIGN = re.compile(r"(?i)\butländsk")
_ELSEWHERE = re.compile(
    r"(?i)\s*(?:i\s+(?:andra|ett\s+annat|främmande)\s+l[aä]nd(?:er)?|utomlands|i\s+utlandet|utanför\s+Sverige)\b"
)


def with_kinds(question: Question, kinds: Sequence[str]) -> str:
    """What the agreements have, as a statement says it: "en förening som part", "alla fyra kommunerna som parter"."""
    if all_of := _ALL_OF.search(question.read_as):
        return f"alla {all_of['count']} {all_of['kind']} som parter"
    if other := _other_kind(question):
        return f"{named_kinds(kinds)} och {NAMED[other]} som parter"
    return f"{named_kinds(kinds)} som part"


def named_kinds(kinds: Sequence[str]) -> str:
    """The kinds as a statement says them: "en förening eller ett företag"."""
    return " eller ".join(NAMED[kind] for kind in kinds)


def _other_kind(question: Question) -> str | None:
    """The second kind of "avtal mellan ett lärosäte och en kommun", and of "ett lärosäte och en kommun som parter": both are
    asked for. "Avtal med kommuner och regioner" asks for either."""
    found = _kind_in(question)
    if found is None:
        return None
    joined = _AND_KIND if _is_between(found) else _AND_A_KIND
    other = joined.match(question.read_as, _end_of_kind(found))
    return _KIND_OF[other["kind"].casefold()] if other else None


def _is_between(found: re.Match[str]) -> bool:
    return "mellan" in found.group().casefold()


def _end_of_kind(found: re.Match[str]) -> int:
    """Where the word for the kind ends: a match that tells its party goes on."""
    return found.end("as_party") if found.groupdict().get("as_party") else found.end()


_KIND = rf"(?P<kind>{'|'.join(_KIND_OF)})\b(?-i:(?!\s+[A-ZÅÄÖ]))"
_AND_KIND = re.compile(rf"(?i)\s+och\s+{_ANY}{_KIND}")
_AND_A_KIND = re.compile(rf"(?i)\s+och\s+(?:en|ett)\s+{_ANY}{_KIND}")


def with_parties(
    question: Question, agreements: Sequence[Agreement], kinds: Sequence[str]
) -> list[tuple[Agreement, Fact]]:
    """The agreements that have the parties asked for, beside those that the question names, each with the first of the kind."""
    found = with_party(agreements, kinds, question.parties, least_parties(question))
    other = _other_kind(question)
    if other is None:
        return found
    also = {agreement.agreement_id for agreement, _ in with_party(agreements, (other,), question.parties)}
    two = {a.agreement_id for a, _ in with_party(agreements, (*kinds, other), question.parties, 2)}
    return [(agreement, fact) for agreement, fact in found if agreement.agreement_id in also & two]


def least_parties(question: Question) -> int:
    """How many of the parties are of the kind: four for "alla fyra kommunerna", two for "avtal mellan kommuner", else one."""
    if all_of := _ALL_OF.search(question.read_as):
        return int(number_value(all_of["count"]) or 1)
    return 2 if _BETWEEN.search(question.read_as) else 1


_BETWEEN = re.compile(rf"(?i)\bmellan\s+{_ANY}(?:{'|'.join(_KIND_OF)})\b(?!\s+och\b)")


def without_kind(question: Question) -> Question:
    """The question without the word for the kind of party and what makes a party of it: the subject that is left."""
    found = _kind_in(question)
    aside = (
        (_ASIDE.match(question.read_as, found.end()) or _ELSEWHERE.match(question.read_as, found.end()))
        if found
        else None
    )
    end = aside.end() if aside else found.end() if found else 0
    framing = {word.word for word in words_of(question.read_as, found.start(), end)} if found else set()
    terms = tuple(
        term
        for term in question.terms
        if term.word not in framing
        and term.word not in _KIND_OF
        and term.word not in _BESIDE
        and not _KIND_AVTAL.fullmatch(term.word)
    )
    kept = ((term for term in subject if term in terms) for subject in question.subjects)
    return replace(
        question, terms=terms, subjects=tuple(subject for each in kept if (subject := tuple(each)))
    )


_ASIDE = re.compile(r"\s*\([^)]*\)")
""" "Mellan kommuner (eller deras bolag)"."""
_BESIDE = frozenset(
    "ideell ideella privat privata statlig statliga alltså vinstdrivande kommersiell kommersiella avtalande parterna motpart".split()
)
_KIND_AVTAL = re.compile(rf"(?i)(?:{'|'.join(_COMPOUND.values())})(?:avtal|kontrakt)(?:en)?")
OPENING = 500
"""Characters at the start of an agreement that present its parties."""


def with_party(
    agreements: Sequence[Agreement], kinds: Sequence[str], beside: Sequence[str] = (), least: int = 1
) -> list[tuple[Agreement, Fact]]:
    """The agreements that have `least` parties of the kinds that are not among `beside`, each with the first such party."""
    found: list[tuple[Agreement, Fact]] = []
    called = re.compile("|".join(f"(?:{_CALLED[kind].replace('(?i)', '(?i:', 1)}))" for kind in kinds))
    for agreement in agreements:
        parties = [fact for fact in _parties_of(agreement, called) if fact.value not in beside]
        if len({fact.value for fact in parties}) >= least:
            found.append((agreement, parties[0]))
        elif least > 2 and (said := _said_of_all(kinds, least, agreement.text)):
            found.append((agreement, Fact(FactName.PARTY, said.group(), said.start(), said.end())))
    return found


def _said_of_all(kinds: Sequence[str], count: int, text: str) -> re.Match[str] | None:
    """Where the text says so of all: "alla fyra kommunerna", "mellan de fyra kommunerna"."""
    words = "|".join(word for word, kind in _KIND_OF.items() if kind in kinds)
    found = re.finditer(rf"(?i)\b(?:alla|samtliga|de)\s+(\w+)\s+(?:{words})\b", text)
    return next((said for said in found if number_value(said[1]) == count), None)


_WORD_BEFORE = re.compile(r"[\wåäö-]+\s+$")
_WORDS_AFTER = re.compile(r"\s*[,(]\s*(?:en\s+|ett\s+)?(?:ideell\w*\s+)?[\wåäö]+")


def _presented_as(text: str, party: Fact, called: re.Pattern[str]) -> bool:
    """True where the text says the kind beside the name: "teaterföreningen Ljuset", "Ljuset (ideell förening)"."""
    before = _WORD_BEFORE.search(text, max(0, party.start - OPENING // 10), party.start)
    after = _WORDS_AFTER.match(text, party.end)
    return any(words is not None and called.search(words.group()) for words in (before, after))


def _parties_of(agreement: Agreement, called: re.Pattern[str]) -> list[Fact]:
    """The card's parties of the kind; where it knows one party at most, what the opening calls so."""
    facts = [f for f in agreement.facts if f.name is FactName.PARTY]
    named = [
        fact for fact in facts if called.search(fact.value) or _presented_as(agreement.text, fact, called)
    ]
    if named or len(agreement.parties) > 1:
        return named
    found = called.finditer(agreement.text, 0, min(OPENING, len(agreement.text)))
    return [Fact(FactName.PARTY, match.group(), match.start(), match.end()) for match in found]
