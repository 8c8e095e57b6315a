"""Who does it, by a statement's own grammar: its subject, the agent after "av", the name behind a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from corpus.expressions import ExpressionKind
from corpus.parties import mentions_of
from corpus.types import FactName, Span
from retriever.asks import Asks
from retriever.expressed import expressed
from retriever.fact_places import closeness
from retriever.figures import Found
from retriever.offices import is_body, office_told
from retriever.owners import asked_side, roles_of, side_of, with_what_is_theirs
from retriever.question import Question, Term
from retriever.short_texts import atoms_in, question_atoms, words_in
from retriever.statement import Statement
from retriever.tables import Table
from retriever.which_sorts import can_be_told, is_no_town, is_outsider, is_person, is_thing

_AGENTS = (
    "kommun|region|landsting|universitet|högskola|lärosäte|bolag|företag|förening|stiftelse|muse|stad|länsstyrelse|myndighet|verk|"
    "nämnd|styrelse|stämma|grupp|råd|kansli|kommitté|beställare|leverantör|utförare|hyresvärd|hyresgäst|ägare|förvaltare|part|"
    "biträde|koordinator|arbetsgivare|givare|tagare|huvudman|förbund|polis|skola|rektor|prorektor|dekan|prefekt|chef|direktör|"
    "ordförande|samordnare|handledare|student|lärare|föreståndare|konsult|sponsor|upplåtare|nyttjare|köpare|säljare|deponent|"
    "församling|handläggare|ombud|sekreterare|ledare|apotekare|läkare|sjuksköterska|forskare|förvaltning|enhet|avdelning|"
    "utskott|företagare|tekniker|ansvarige?|entreprenör|operatör|mottagare|fullmäktige|jurist|strateg|regering|stat|institut|"
    "sekretariat|sällskap|center|centrum|ledning|organisation|institution|examinator|professor|befälhavare|pilot|företrädare|"
    "representant|inspektör|kurator|vaktmästare|bibliotekarie|arkivarie"
)
_QUALIFIED = r"(?:(?:legitimerad|behörig|utsedd|oberoende|extern|auktoriserad|certifierad|medicinskt\s+ansvarig|tillförordnad)[ae]?\s+)?"
_AGENT_NOUN = (
    rf"{_QUALIFIED}(?:[\wåäöÅÄÖ-]+s\s+)?[\wåäöÅÄÖ-]*(?i:{_AGENTS})(?:e?n|e?t|n|a|na|en|an|et|erna|orna|arna)?"
)
_A_BODY = re.compile(_AGENT_NOUN)
_NAME = (
    r"[A-ZÅÄÖ][\wåäö&-]*(?:\s+(?:i\s+(?=[A-ZÅÄÖ]))?(?:[A-ZÅÄÖ][\wåäö&-]*|kommun|stad|universitet|högskola|län|regemente|tingsrätt))+"
    r"|[A-ZÅÄÖ]{2,}"
)
_WHO = rf"(?:{_NAME}|{_AGENT_NOUN})(?:\s+och\s+(?:{_NAME}|{_AGENT_NOUN}))?"
_SUBJECT = re.compile(
    rf"(?:^\W*(?:\d[\d.]*\s+)?(?:[A-ZÅÄÖ][\wåäö ]+[.:]\s+)?|[;,]\s+(?:(?:och|medan|därefter|sedan|men|samt)\s+)?|[.:]\s+)"
    rf"(?P<who>(?:[Ee]n\s+)?{_WHO})\s+(?!i\b|på\b|med\b|för\b|som\b|till\b|av\b|om\b|eller\b)(?=[a-zåäö(])"
)
_INVERTED = re.compile(
    rf"\b(?:svarar|ansvarar|står|betalar|bekostar|ska|skall|äger|leder|har|får|sköter|utser)\s+(?P<who>{_WHO})(?![\wåäö])"
)
_AGENT = re.compile(
    rf"\b(?:av|genom|hos|vid)\s+(?P<who>{_WHO})(?![\wåäö])|\bpå\s+(?P<payer>{_AGENT_NOUN})s\s+bekostnad\b"
    rf"|\bsom\s+(?P<doer>{_WHO})\s+(?:inte\s+)?[a-zåäö]+(?:r|t|s)\b"
)
""" "Av kommunen", "på hyresvärdens bekostnad", "som länsstyrelsen avlönar"."""
_CASE = re.compile(
    r"(?:^\W*(?:\d[\d.]*\s+)?|(?<=[.:]\s))(?P<who>(?:Den|De)\s+som\s+[^.,;]{3,60}?)\s+"
    r"(?:ska|skall|får|kan|måste|betalar|svarar|ansvarar|står|bekostar|beslutar|ordnar|tar|ger|har|utser)\b"
)
""" "Den som är värd betalar maten"."""
_DEED = re.compile(
    r"\b(?!procent|antalet)[a-zåäö]{3,}(?:s|ad|at|ade|ats|da|d|t)\s+(?:\w+\s+){0,2}?av\s+(?P<who>(?:[\wåäö]+s\s+)?(?!de[nt]?\b)[a-zåäö]{4,}(?:\s+i\s+[a-zåäö]+)?)"
)
""" "Betyg sätts av examinator": who does it, whatever the noun."""
_WITH_TASK = re.compile(
    rf"\b(?P<who>(?:en\s+)?{_AGENT_NOUN}),\s+som\s+(?:ska|har|är|ansvarar|svarar|leder|sköter|sätter|bestämmer|beslutar)\b"
)
""" "En legitimerad lärare, som har tillsynsansvaret"."""
_BEING = re.compile(rf"\b(?:är|utgörs\s+av|blir|heter)\s+(?P<who>{_WHO})(?![\wåäö])")
_LABELLED = re.compile(r"(?m)^\W*(?P<label>[^:\n|]{3,60}?)\s*:\s*(?P<who>[^\n;|.,(]{3,80})")
_PLACE_LABEL = re.compile(r"(?i)(?:plats|var|lokal|adress|ort|mötesplats|besöksadress)")
_OPENING = re.compile(
    r"(?:^\W*(?:\d[\d.]*\s+)?(?:[a-zåäö]\)\s+)?|(?<=[.:]\s))(?P<who>[A-ZÅÄÖ][\wåäö-]+(?:\s+[\wåäöÅÄÖ-]+){0,3}?)\s+"
    r"(?=(?:har|är|var|ska|skall|får|kan|måste|bör|äger|står|svarar|ansvarar|leder|driver|betalar|håller|för|gör|ger|tar|utgör|"
    r"blir|utser|väljer|beslutar|ordnar|sköter|samordnar|förvaltar|bekostar|finansierar|upplåter|ställer|lämnar|tillhandahåller)\b)"
)
_PLACED = re.compile(
    r"\b(?:[Ii]|[Pp]å|[Vv]id|[Hh]os|[Tt]ill|[Ff]rån|[Ii]nom|[Aa]v)\s+"
    r"(?:de[nt]\s+)?(?P<who>(?:[\wåäö]+s\s+)?[\wåäö-]*(?:en|et|an|n|lokaler|skola|hus|gård|hall|magasin|sal)\s+(?:[A-ZÅÄÖ][\wåäö-]*|\d+)(?:\s+\d+)?"
    r"|[A-ZÅÄÖ][\wåäö-]+(?:\s+(?:[A-ZÅÄÖ][\wåäö-]+|kommun|stad|län|universitet|högskola|tingsrätt|\d+|[a-zåäö]*(?:station|hus|skola|bibliotek|hall|hamn|museum|torg|gård|centrum|magasin|kyrka|slott|arena|anläggning)))*"
    r"|(?:[\wåäö]+s\s+)?(?:[\wåäö]+a\s+)?[\wåäö]{3,}(?:en|et|an|tingsrätt|lokaler))(?![\wåäö])"
)
_TITLED = re.compile(
    r"(?:(?<![.?!]\s)(?<!^)\b|\b(?=[A-ZÅÄÖ][a-zåäö-]+\s+[A-ZÅÄÖ][a-zåäö]))(?P<who>[A-ZÅÄÖ][\wåäö&-]+(?:\s+(?:i\s+)?(?:[A-ZÅÄÖ0-9][\wåäö&:.-]*|kommun|stad|universitet|högskola|län))*)|[”\"](?P<quoted>[^”\"\n]{2,60})[”\"]"
)
_BESIDE_AFTER = re.compile(r"\s*(?:\(|,\s*|–\s*|(?:är|som|utgör|blir|utses\s+till)\s+(?:[\wåäö]+\s+)?)?$")
_BESIDE_BEFORE = re.compile(
    r"\s*(?:[:–|,]\s*(?:[a-zåäö]+\s+)?|(?:är|blir|heter|innehas\s+av|utgörs\s+av)\s+)?$"
)
_COURT = re.compile(
    r"(?i)\b(?:[A-ZÅÄÖ]\w+s\s+tingsrätt|allmän\s+(?:förvaltnings)?domstol|skiljedom\w*|regeringen|\w+sdomstol\w*)\b"
)
_ASKED_KIND = re.compile(r"(?i)\bvilke[nt]\s+(?:\w+a\s+)?(\w+)(?:\s+eller\s+(\w+))?")
_KIND_FORMS = {
    "kommun": r"kommun|stad\b",
    "stad": r"kommun|stad\b",
    "universitet": r"universitet|högskol",
    "högskola": r"universitet|högskol",
    "lärosäte": r"universitet|högskol",
    "myndighet": r"myndighet|verket|länsstyrelse|inspektion|nämnd|smhi",
    "domstol": r"domstol|tingsrätt|skiljedom",
    "bolag": r"\bAB\b|bolag",
    "företag": r"\bAB\b|bolag",
    "ort": r"^[A-ZÅÄÖ]",
    "part": r"",
    "organisation": r"",
}
MOST_MISSED = 0.5
"""A statement that holds less of the noun asked for gives no name of it."""
_PARTING = re.compile(r"\s*(?:,|och|samt|,\s*och|\([^)]*\)|,\s*samt)(?:\s*(?:och|samt))?\s*")


def holders(question: Question, statement: Statement) -> Iterator[Found]:
    """Everybody that the statement names in a part that may answer, without those that the question names."""
    marks: dict[Span, dict[str, float]] = {}
    for mark, span in _named(question, statement):
        marks.setdefault(span, {})[mark] = 1.0
    asked = question_atoms(question.read_as)
    form = _asked_form(question.read_as)
    verb = _asked_verb(question)
    told_here = office_told(question, statement)
    for span, told in marks.items():
        wording = statement.agreement.text[span.start : span.end]
        stems = {word.stem for word in words_in(wording)}
        echoed = len(stems & asked) / len(stems) if stems else 1.0
        unheld = not told_here and told.keys().isdisjoint({"role", "label"})
        if (
            unheld
            or _NO_HOLDER.match(wording)
            or (question.asks is Asks.PLACE and not _may_be_place(question, told, statement, span))
        ):
            continue
        if not stems or (echoed == 1.0 and not (form and "label" in told)):
            continue
        if asks_for_name(question) and not _is_name_of(statement, wording):
            continue
        if question.asks is Asks.WHAT and _DOERS.issuperset(told):
            continue
        if is_person(question.read_as) and (
            is_body(statement, told, wording)
            or (asks_for_name(question) and any(map(_A_BODY.fullmatch, wording.split())))
            or (told.keys() == {"name"} and not _CALLED.search(wording))
        ):
            continue
        if told.keys() == {"name"} and _WHO_DOES.match(question.read_as) and not _CALLED.search(wording):
            continue  # a word with a capital in "Samordning av Verksamhetsförlagd utbildning" does nothing
        if told.keys() <= _DOERS and _is_predicate(question, statement, span):
            continue
        if _FIRM.search(question.read_as) and _PUBLIC.search(wording):
            continue
        roles = roles_of(statement.agreement.text, statement.agreement.parties)
        if is_thing(question.read_as, wording, _A_BODY, roles) or not can_be_told(
            question.read_as, wording, statement.text
        ):
            continue
        if is_outsider(question.read_as) and not _CALLED.search(wording):
            continue
        fits = float(form is not None and re.search(f"(?i){form}", wording) is not None)
        shown, text = _shown(question, statement, span)
        yield Found(
            statement,
            shown,
            text,
            {
                **told,
                "echoed": echoed,
                "fits": fits if form else 0.5,
                "close": closeness(statement, span),
                "beside": _beside(statement, span),
                "does": _does(verb, statement, span) if verb else 0.0,
                "side": _side(question, statement, span) if "person" in told else 0.0,
            },
        )


_IS = re.compile(rf"(?P<who>{_WHO})\s+(?:är|blir)\s+$")


def _is_predicate(question: Question, statement: Statement, span: Span) -> bool:
    """True for what the sentence says that another is: "Granboda är värdkommun" tells of Granboda, unless Granboda is what is
    asked about."""
    text = statement.agreement.text
    subject = _IS.search(text, max(statement.span.start, span.start - LONGEST_SUBJECT), span.start)
    wording = text[span.start : span.end]
    if subject is None or wording[:1].isupper() or _DEFINITE.search(wording):
        return False
    return atoms_in(subject["who"]).isdisjoint(question_atoms(question.read_as))


_DEFINITE = re.compile(r"(?:en|et|rn|an|na|ns)$")
""" "Ordförande är omsorgsdirektören": a predicate as well, and it tells who."""
LONGEST_SUBJECT = 80
"""Characters before a predicate in which its subject stands."""
_FIRM = re.compile(r"(?i)\bvilket\s+\w*(?:bolag|företag)\b")
_PUBLIC = re.compile(r"(?i)\b(?:kommun|stad|region|universitet|högskola|länsstyrelse)\w*\b")


_DOERS = frozenset({"subject", "inverted", "organisation", "deed", "agent", "role"})
"""Asked "vad bidrar föreningen med?", who does it is no answer."""


def _side(question: Question, statement: Statement, span: Span) -> float:
    """1 for a person of the party asked about, -1 for another party's; 0 where either is open."""
    asked = asked_side(question, statement.agreement)
    side = side_of(statement.agreement, statement.span, span) if asked else frozenset()
    if len(side) != 1:
        return 0.0
    return 1.0 if side == asked else -1.0


_AT = re.compile(
    r"(?i)^\W*(?:i|på|vid|hos|till|från|inom|av)\s+vilk(?:en|et|a)\b|\bvilke[nt]\s+\w*(?:ort|plats|lokal|sal|hall|hus|skola|adress|gata|väg)\b"
)


def _asks_where(question: Question) -> bool:
    """True for "var …?" and for a "vilken" of places: what stands behind an "av" or "i" answers no other."""
    return question.asks is Asks.PLACE or (
        question.asks is Asks.WHICH and _AT.search(question.read_as) is not None
    )


_NAMES = re.compile(r"(?i)^\W*vad\s+heter\b")
_WHO_DOES = re.compile(r"(?i)\W*vem\b(?!\s+(?:är|var|heter|hette)\b)")
""" "Vem ansvarar …?": who does something, not who somebody is."""
_CALLED = re.compile(r"[A-ZÅÄÖ][\wåäö-]+(?:\s+[\w-]+)*\s+[A-ZÅÄÖ]|[A-ZÅÄÖ]{2}")
"""Two words with a capital, or letters: "Ordförande" alone begins a sentence, and is nobody's name."""


def asks_for_name(question: Question) -> bool:
    """True for "vad heter …?": a role or a sentence is no answer."""
    return _NAMES.match(question.read_as) is not None


def _is_name_of(statement: Statement, wording: str) -> bool:
    """True for a name in a statement that speaks of who or what is asked for."""
    return statement.told.get("missed", 0.0) <= MOST_MISSED and _CALLED.search(wording) is not None


_WHERE = re.compile(r"(?i)\b(?:i|på|vid|hos|inom|till)\s+(?:de[nt]\s+)?$")


_OR_THERE = re.compile(r"(?:(?:, [A-ZÅÄÖ][\wåäö-]+)* (?:eller|och|samt) [A-ZÅÄÖ][\wåäö-]+)")
""" "I Sverige eller Finland": the other places of the same row."""


def _shown(question: Question, statement: Statement, span: Span) -> tuple[Span, str]:
    """What is shown of it: "hos" before a place, and behind a role the party that has it: "beställaren (Region Norr)"."""
    text = statement.agreement.text
    if question.asks is Asks.PLACE and (before := _WHERE.search(text, statement.span.start, span.start)):
        others = _OR_THERE.match(text, span.end, statement.span.end)
        span = Span(before.start(), others.end() if others else span.end)
        return span, " ".join(text[span.start : span.end].split())
    if text[span.start : span.end].isdigit() and (kind := _asked_form(question.read_as)):
        before = re.compile(rf"(?i)\b(?:{kind})\w*\s+$").search(text, statement.span.start, span.start)
        span = Span(before.start(), span.end) if before else span  # "årskurs 8"
    wording = " ".join(text[span.start : span.end].split())
    party = roles_of(text, statement.agreement.parties).get(wording.casefold().removesuffix("s"), frozenset())
    if len(party) != 1 or wording.casefold() in next(iter(party)).casefold():
        return span, wording
    return span, f"{wording} ({next(iter(party))})"


_NO_HOLDER = re.compile(
    r"(?i)(?:en|ett|den|det|de)$|.*\bsom$|[\w ]+-$|(?:vem|vad|vilka|vilken|vilket|hur|var|när|bilaga|punkt|artikel|dnr|paragraf)\b"
    r"|\d[\d .,\xa0]*(?:kronor|kr|procent|%|mkr|tkr)(?!\w)|(?-i:För|Med|Av|Till|Från|Om|Efter|Under|Enligt|Utöver|Inom|Genom|Utan|Mot)\s"
)
""" "För detta betalar föreningen": what opens the sentence does nothing."""
_PLACE_MARKS = frozenset({"place", "court", "label", "name", "kindred"})
_BY = re.compile(r"(?i)\bav\s+(?:de[nt]\s+)?$")
""" "Centralen i Granboda drivs av regionen": who does it is no place."""
_SEAT = re.compile(r"(?i)\bsäte\s+i\s+$")
_ASKS_SEAT = re.compile(r"(?i)\b(?:säte|hemort|hemvist|hemma|huvudkontor|kontor|kansli)\w*")


def _may_be_place(question: Question, told: Mapping[str, float], statement: Statement, span: Span) -> bool:
    """False for a doer where a place is asked for, for a party's seat, and for a body where a town is."""
    text = statement.agreement.text
    if _SEAT.search(text, statement.span.start, span.start) and not _ASKS_SEAT.search(question.read_as):
        return False
    if is_no_town(question.read_as, text[span.start : span.end], _A_BODY):
        return False
    if told.keys() <= _DOERS | {"place"} and _BY.search(text, statement.span.start, span.start):
        return False
    return not _PLACE_MARKS.isdisjoint(told)


_VERB = re.compile(
    r"(?i)^\W*(?:vem|vilka|vilken\s+\w+|vilket\s+\w+)\s+(?:ska\s+|skall\s+|måste\s+|får\s+|har\s+)?(\w+)"
)


def _asked_verb(question: Question) -> Term | None:
    """What is done, of "vem leder …?", where it is a word of the subject."""
    found = _VERB.match(question.read_as)
    return next((t for t in question.terms if found and t.word.split()[0] == found[1].casefold()), None)


def _does(verb: Term, statement: Statement, span: Span) -> float:
    """1 where the verb asked for stands within three words of the holder, 0 elsewhere."""
    near = verb.near
    after = [w for w in statement.words if w.start >= span.end][:3]
    before = [w for w in statement.words if w.end <= span.start][-3:]
    return float(any(not near.isdisjoint(word.atoms) for word in (*before, *after)))


def _asked_form(asked: str) -> str | None:
    """The pattern of what a "vilken …" asks for: its own noun, or what such are called; None where nothing is told."""
    kind = _ASKED_KIND.search(asked)
    forms = (
        [_KIND_FORMS.get(n.casefold(), re.escape(n[:-1] if len(n) > 5 else n)) for n in kind.groups() if n]
        if kind
        else []
    )
    return "|".join(forms) or None


@lru_cache(maxsize=256)
def _kindred(form: str) -> re.Pattern[str]:
    """What stands right after the noun asked for: "licensen CC0", "referens 8814"; a language before its own."""
    if "språk" in form:
        return re.compile(r"\b(?P<who>svenska|engelska|finska|norska|danska|tyska|franska)\b")
    named = r"[A-ZÅÄÖ0-9][\w&:-]*(?:\s+[A-ZÅÄÖ0-9][\w&:-]*)*"
    return re.compile(rf"(?i:{form})\w*\s+(?:(?:är|heter|motsvarande|nivå)\s+){{0,2}}(?P<who>{named})")


def _beside(statement: Statement, span: Span) -> float:
    """The weight of the asked word that stands right beside the span ("X är ordförande", "ordförande: X"), of the heaviest."""
    text = statement.agreement.text
    most = max((term.weight for term in statement.terms), default=0.0)
    best = 0.0
    for word in statement.words:
        after = span.end <= word.start <= span.end + 25 and _BESIDE_AFTER.fullmatch(
            text[span.end : word.start]
        )
        before = word.end <= span.start <= word.end + 25 and _BESIDE_BEFORE.fullmatch(
            text[word.end : span.start]
        )
        if after or before:
            near = (t.weight for t in statement.terms if not t.named and not t.near.isdisjoint(word.atoms))
            best = max(best, max(near, default=0.0))
    return best / most if most else 0.0


def _named(question: Question, statement: Statement) -> Iterator[tuple[str, Span]]:
    """Each with the grammar that it was told by."""
    text, (start, end) = statement.agreement.text, (statement.span.start, statement.span.end)
    yield from _by_grammar(text, start, end)
    if _asks_where(question):
        yield from _told_by("place", _PLACED, statement.text, start)
    if question.asks is Asks.WHICH and (form := _asked_form(question.read_as)):
        for match in _kindred(form).finditer(statement.text):
            yield "kindred", Span(start + match.start("who"), start + match.end("who"))
    for match in _TITLED.finditer(statement.text):
        group = "who" if match["who"] else "quoted"
        yield "name", Span(start + match.start(group), start + match.end(group))
    asked = question_atoms(question.read_as)
    for match in _LABELLED.finditer(statement.text):
        placed = question.asks is Asks.PLACE and _PLACE_LABEL.fullmatch(match["label"])
        if placed or not asked.isdisjoint(atoms_in(match["label"])):
            yield "label", _trimmed(text, start + match.start("who"), start + match.end("who"))
    table = Table.around(text, start)
    if table and (cells := table.cells(statement.span)) and statement.span.holds(cells[0]):
        yield "label", cells[0]
    for span in _organisations(question, statement):
        yield "organisation", span
    if question.asks is Asks.PERSON:
        yield from (("person", span) for span in expressed(text, statement.span, ExpressionKind.PERSON))
    yield from (("role", span) for span in _role_holders(asked, statement))
    for match in _COURT.finditer(text, start, end):
        yield "court", Span(*match.span())


@lru_cache(maxsize=8192)
def _by_grammar(text: str, start: int, end: int) -> tuple[tuple[str, Span], ...]:
    """What a sentence's grammar tells whoever asks: kept from one question to the next."""
    sentence = text[start:end]
    return tuple(found for mark, pattern in _GRAMMAR for found in _told_by(mark, pattern, sentence, start))


_GRAMMAR = (
    ("subject", _SUBJECT),
    ("inverted", _INVERTED),
    ("agent", _AGENT),
    ("deed", _DEED),
    ("agent", _BEING),
    ("subject", _OPENING),
    ("subject", _CASE),
    ("subject", _WITH_TASK),
)


def _told_by(mark: str, pattern: re.Pattern[str], sentence: str, start: int) -> Iterator[tuple[str, Span]]:
    for match in pattern.finditer(sentence):
        group = match.lastgroup or "who"
        yield mark, Span(start + match.start(group), start + match.end(group))


def _organisations(question: Question, statement: Statement) -> Iterable[Span]:
    """Names in the statement, neighbours joined into one span, without those that the question holds."""
    text = statement.agreement.text
    spans: list[Span] = []
    for mention in mentions_of(text):
        if mention.start < statement.span.start or mention.end > statement.span.end:
            continue
        if mention.name in question.parties:
            continue
        end = with_what_is_theirs(text, mention.name, mention.end, statement.span.end)
        if spans and _PARTING.fullmatch(text[spans[-1].end : mention.start]):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(mention.start, end))
    return spans


def _role_holders(asked: frozenset[str], statement: Statement) -> Iterator[Span]:
    """Where the holders of the contact roles that the question names are written."""
    for fact in statement.agreement.facts:
        if (
            fact.name is not FactName.CONTACT_ROLE
            or not statement.span.start <= fact.start < statement.span.end
        ):
            continue
        if not fact.detail or asked.isdisjoint(atoms_in(fact.value)):
            continue
        words = r"\s+".join(map(re.escape, fact.detail.split()))
        found = re.compile(words, re.IGNORECASE).search(
            statement.agreement.text, statement.span.start, statement.span.end
        )
        if found:
            yield Span(found.start(), found.end())


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(" ,;"))
    return Span(first, start + len(words.rstrip(" ,;")))
