"""Who answers for the agreement: contact roles and the roles that hold them, never a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.clauses.statements import Statement
from corpus.types import Fact, FactName

_ROLE = re.compile(
    r"(?i)\b(?P<role>kontaktperson|kontaktfunktion|sammankallande|företrädare|(?<=s )beställare(?=\s+är\s)|(?<=s )ombud(?=\s*:|\s+är\s)|ansvarig\s+(?:handläggare|tjänsteman|chef)"
    r"|avtals(?:ansvarig|förvaltare|ägare|handläggare|koordinator|controller|samordnare|ombud)|huvudkontakt|projektägare"
    r"|(?:projekt|uppdrags|kund|process|samverkans|program|drift|beställar|leverantörs|objekts)(?:ansvarig|ledare)|ansvarig(?=\s+för\s+(?:avtal|överenskommels|samverkan|samarbet|tillämp|leverans|uppfölj)))"
    r"(?:er|erna|en|n|na|a|e)?\b(?!\s+(?:chef|lärare|läkare|sköterska)\w*)"
)
_PARTY_WORDS = r"(?:leverantör|entreprenör|operatör|arrangör|utförare|beställare|köpare|säljare|förmedlare|\w+givare|\w+tagare|ägare|markägare|mottagare|konsument|student|patient|medlem|ledamöt|ledamot)"
_PLAIN_WORDS = r"(?:för|gör|bör|rör|kör|hör|tillhör|framför|därför|varför|jämför|utför|vidare|tidigare|senare|närmare|snarare|ytterligare|fortfarande|dokument\w*|moment\w*|procent\w*|patent\w*|element\w*|tvist\w*|frist\w*|brist\w*)"
"""Words that end as a title does and are none."""
_HEAD = (
    rf"(?!{_PARTY_WORDS}(?:en|n|na|ens)?\b)(?!{_PLAIN_WORDS}\b)[\wåäö-]*(?:chef|are|ör|ist|ent|log|rektor|prefekt|dekan|koordinator|controller|samordnare|strateg|pedagog|registrator|arkivarie|tjänsteman|sköterska|kapten|ordförande|"
    r"arkitekt|ekonom|ombud|råd|ansvarig|kurator|inspektor|lektor|kansli|avdelning|enhet|stab|funktion)"
)
_MODIFIER = r"(?:(?:medicinskt\s+ansvarig[ae]|biträdande|kundansvarig[ae]?|\w+ansvariga|\w+(?:ell|isk)|verkställande|tf\.?|den\s+\w+a|mark-\s+och)\s+)?"
_PLAIN = r"(?!(?:är|och|som|ska|för|i|hos|under|utgör|utses|kontaktperson\w*|sammankallande|företrädare|\w+ansvarig[ae]?|\w+förvaltare|projektledare)\b)[\wåäö:-]+"
_HOLDER = re.compile(
    rf"(?i)(?<![\w-])(?P<holder>(?:[\wåäö-]+s\s+)?{_MODIFIER}{_HEAD}(?:en|n|et|an|ern|t|a|e)?"
    rf"(?:\s+(?:för|vid|på|i|inom|hos)\s+(?!\w+\s+frågor\b|alla\b|den\s+dagliga){_PLAIN}(?:\s+(?:(?:och|för|i)\s+)?{_PLAIN}){{0,3}}?(?<!-)(?=\s+(?:är|ska|som|utgör|utses|och|samt|hos|kontakt|avtals|sammank|förvaltar|ansvarar|svarar|företräder|i)|[.,;:|\n)]|$))?)(?![\w-])"
)
_IS = re.compile(
    r"(?i)^(?:,\s+som\s+|[^.;:|]{0,90}?\s+)?(?:är|utgör|utses\s+till|fungerar\s+som|ska\s+vara)\s+(?:[\wåäö]+s\s+|även\s+|också\s+)?(?:[\wåäö]+\s+och\s+)?$"
)
_THEN = re.compile(
    r"(?i)^(?:\s+(?:för|hos|i|från|på|vid)\s+[^.;:|]{2,60}?)?\s*(?:är|[:|]|–|utgörs\s+av|innehas\s+av|genom(?:\s+(?:sin|dess))?)\s*$"
)
_TASKS = (
    ("kontaktperson", re.compile(r"(?i)^\s+(?:som\s+)?tar\s+emot\s+(?:frågor|synpunkter)\b")),
    ("ordförande", re.compile(r"(?i)^\s+är\s+ordförande\b")),
    ("ledare", re.compile(r"(?i)^\s+leder\s+(?:\w*gruppen|projektet|samarbetet)\b")),
    ("sammankallande", re.compile(r"(?i)^\s+sammankallar\s+(?:\w*grupp\w*|parterna|mötena|till\s+möten)\b")),
    (
        "företrädare",
        re.compile(
            r"(?i)^\s+företräder\s+[^.;]{2,40}?\s+i\s+frågor\s+om\s+(?:avtalet|överenskommelsen|samarbetet)\b"
        ),
    ),
    (
        "förvaltare",
        re.compile(r"(?i)^\s+förvaltar\s+(?:avtalet|överenskommelsen|avsiktsförklaringen|partnerskapet)\b"),
    ),
    (
        "ansvarig",
        re.compile(
            r"(?i)^\s+(?:ansvarar|svarar)\s+för\s+(?:att\s+)?(?:avtalet|överenskommelsen|avtalets|överenskommelsens|leveransen|samverkan|uppföljningen\s+av\s+(?:avtalet|överenskommelsen))\b"
        ),
    ),
)
"""A role told by what its holder does."""


def contact_facts(statements: Sequence[Statement]) -> list[Fact]:
    """Contact roles: `value` the role, `detail` who holds it, a role too, as written. The span holds both."""
    found: dict[tuple[str, str], Fact] = {}
    for statement in statements:
        for fact in list(_stated(statement)) or list(_listed(statement)):
            found.setdefault((fact.value, fact.detail.casefold()), fact)
    proper = [fact for fact in found.values() if fact.value not in _LEADS]
    busy = {fact.detail.casefold() for fact in proper if fact.value != _CONVENES}
    kept = [f for f in proper if f.value != _CONVENES or f.detail.casefold() not in busy]
    return kept or list(found.values())


_CONVENES = "sammankallande"
"""The one who calls the meetings is a contact where that person has no other role."""
_LEADS = ("ordförande", "ledare")
"""Who leads a group is a contact only where nobody else is named."""
_CONTACT_HEADING = re.compile(r"(?i)\b(?:kontakt|\w*ansvariga?$|avtalsförvaltning|företrädare)")
_ROW_LABEL = re.compile(r"[\W\d]*(?:[^\n:|]{2,60}[:|]\s*){0,2}")
_COLUMN = re.compile(r"(?i)funktion(?:en)?|ansvarig|avdelning|enhet")
"""The head of a column, held by nobody."""
_KEEPS_CONTACT = re.compile(r"(?i)^\s+(?:håller\s+i|sköter|ansvarar\s+för)\s+(?:det|den|de)\s+löpande\b")


def _listed(statement: Statement) -> Iterator[Fact]:
    """Under a heading of contacts who opens a row ("Biblioteket: licenshandläggaren") or keeps the daily contact."""
    heading = statement.heading.rpartition(" · ")[2]
    if not _CONTACT_HEADING.search(heading):
        return
    named = _ROLE.search(heading)
    role = _base(named["role"]) if named else "kontaktperson"
    holders = list(_HOLDER.finditer(statement.text, statement.start, statement.end))
    if (
        not holders
        or _COLUMN.fullmatch(holders[0].group())
        or not _ROW_LABEL.fullmatch(statement.before(holders[0].start()))
    ):
        return
    both = len(holders) > 1 and re.fullmatch(
        r"\s+(?:och|samt)\s+", statement.text[holders[0].end() : holders[1].start()]
    )
    chosen = holders[:2] if both else holders[:1]
    after = statement.after(chosen[-1].end())
    if not (
        _KEEPS_CONTACT.match(after)
        or re.fullmatch(r"(?:\s+(?:för|vid|på|i|inom|hos)\s[^.;|]*)?(?:[\s.;,|]*|\s*\|[^\n]*)", after)
    ):
        return
    for holder in chosen:
        yield Fact(FactName.CONTACT_ROLE, role, holder.start(), holder.end(), _flat(holder["holder"]))


def _stated(statement: Statement) -> Iterator[Fact]:
    text = statement.text
    roles = list(_ROLE.finditer(text, statement.start, statement.end))
    anyone = list(_HOLDER.finditer(text, statement.start, statement.end))
    holders = [
        holder
        for holder in anyone
        if not any(role.start() < holder.end() and holder.start() < role.end() for role in roles)
        or re.match(r"\s+är\s", statement.after(holder.end()))
        or any(r.end() < holder.start() and _THEN.match(text[r.end() : holder.start()]) for r in roles)
    ]
    for role in roles:
        for holder in _holders_of(statement, role, holders):
            start, end = min(role.start(), holder.start()), max(role.end(), holder.end())
            yield Fact(FactName.CONTACT_ROLE, _base(role["role"]), start, end, _flat(holder["holder"]))
    for holder in anyone:
        for name, task in _TASKS:
            if done := task.match(statement.after(holder.end())):
                end = holder.end() + done.end()
                yield Fact(FactName.CONTACT_ROLE, name, holder.start(), end, _flat(holder["holder"]))
        if asked := _ASKED.search(statement.before(holder.start())):
            start = statement.start + asked.start()
            yield Fact(FactName.CONTACT_ROLE, "kontaktperson", start, holder.end(), _flat(holder["holder"]))


_ASKED = re.compile(
    r"(?i)\b(?:löpande\s+frågor|frågor\s+(?:om|rörande|kring)\s+(?:[^\s.;,|]+\s+){1,5}?)\s*(?:besvaras|sköts|hanteras|handläggs|ställs|riktas|går|tas\s+om\s+hand)\s+(?:av|till|via)\s+(?:respektive\s+)?$"
)
"""Who answers the questions is a contact."""


def _holders_of(
    statement: Statement, role: re.Match[str], holders: Sequence[re.Match[str]]
) -> Iterator[re.Match[str]]:
    """Who the sentence says holds the role: "X är kontaktperson", "är X kontaktperson", "kontaktperson är X";
    with it the one joined to it by "och"."""
    text = statement.text
    before = [holder for holder in holders if holder.end() <= role.start()]
    after = [holder for holder in holders if holder.start() >= role.end()]
    if before and _holds(text, role, before[-1]):
        yield before[-1]
        if len(before) > 1 and re.fullmatch(
            r"\s+(?:och|samt)\s+", text[before[-2].end() : before[-1].start()]
        ):
            yield before[-2]
        if after and _ELLIPSIS.fullmatch(
            text[role.end() : after[0].start()] + "§" + statement.after(after[0].end())
        ):
            yield after[0]
    elif after and _THEN.match(text[role.end() : after[0].start()]):
        yield after[0]


_ELLIPSIS = re.compile(
    r"(?is)[^.;]{0,60}?\s(?:och|samt)\s+§\s+(?:i|för|under|hos)\s+(?:(?!\b(?:är|ska|som)\b)[^.;,])*[.;]?"
)
""" "… är kontaktperson i X och Y i Z": the verb and the role are not said again."""


def _holds(text: str, role: re.Match[str], holder: re.Match[str]) -> bool:
    between = text[holder.end() : role.start()]
    inverted = re.search(r"(?i)\b(?:är|utses)\s+$", text[max(0, holder.start() - 12) : holder.start()])
    if inverted and re.fullmatch(r"\s+(?:till\s+)?(?:[\wåäö]+s\s+)?", between):
        return True
    return _IS.match(between) is not None


def _base(role: str) -> str:
    """The role without its ending: kontaktpersoner is kontaktperson."""
    return _flat(role).casefold()


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
