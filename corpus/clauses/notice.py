"""How an agreement is ended and prolonged: the ordinary period of notice, the last day for it, the extension."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.clauses.statements import AGREEMENT, Statement
from corpus.expressions import Expression, ExpressionKind, date_value
from corpus.quantities import add_duration, duration_value
from corpus.types import Fact, FactName, SectionRole, Span

_NOTICE = re.compile(
    r"(?i)\b(?:uppsägning\w*|varsel\w*|säga[s]?\s+upp|sägs?\b.{0,60}?\bupp|säger\b.{0,60}?\bupp|sagts?\s+upp|uppsagt|frånträd\w*|utträd\w*|lämna[rs]?\s+(?:samarbetet|samverkan|partnerskapet|överenskommelsen|avtalet)|(?:inte|ej)\s+längre\s+(?:vill|önskar)\s+delta|dra\s+sig\s+ur|hör\w*\s+av\s+sig|säga\s+till|avslutas?\s+(?:i\s+förtid|tidigare|av\b)|av\s+endera\s+parten\s+avslutas|notice|withdraw|terminate[ds]?)\b"
)
_NOTICE_HEADING = re.compile(r"(?i)uppsägning")
_BREACH = re.compile(
    r"(?i)\b(?:avtalsbrott\w*|kontraktsbrott\w*|bryter|brister|åsidosätt\w*|häv\w*|omedelbar\w*|rättelse|rättar|dröjsmål\w*|konkurs\w*|insolven\w*|misskött?\w*|förverka\w*|missbruk\w*|vite|force\s+majeure|särskilda\s+skäl|synnerliga)\b"
)
_BREACH_HEADING = re.compile(r"(?i)hävning|avtalsbrott|kontraktsbrott|förverkande|påföljd")
_PART_OF = re.compile(
    r"(?i)\b(?:enskil(?:d|t)\s+\w+|avrop\w*|anställning\w*|abonnemang\w*|tilläggstjänst\w*|delavtal\w*|underhyres\w*|bilagan?|platsen|plats|moment(?:et)?|prisbilag\w*|licens\w*|deltagande\w*|uppdragsbeställning\w*)\b"
)
_OF_A_VISIT = re.compile(
    r"(?i)\b(?:granska|revision|inspektera|besöka|kontrollera)\b|\b(?:avsluta|säga\s+upp)\s+(?:ett|varje)\s+(?:\w+\s+)?avrop\b"
)
"""What notice may be given of besides the agreement's end."""
_BESIDES = re.compile(r"(?i)\b(?:dessutom|därutöver|härutöver|därtill)\b")
_IF = re.compile(r"(?i)^[^.;]{0,30}?,?\s+(?:om|ifall|för\s+det\s+fall|därest)\s+(?!\d)\w+")
"""Notice on a condition: not the ordinary one where there is another."""
_NOTICE_VERB = re.compile(
    r"(?i)uppsäg|säg[as]*\b.{0,60}?\bupp\b|sagts?\s+upp|frånträd|utträd|lämna|delta|dra\s+sig"
)
_HEADS = re.compile(
    r"(?i)^[\s(]*(?:\w+\)?\s+){0,2}?(?:uppsägning\w*|varsel\w*|skriftlig\s+uppsägning|notifiering|framförhållning|frist\b)|^['’]?\s+(?:prior\s+)?(?:written\s+)?notice\b"
)
_LEADS = re.compile(
    r"(?i)(?:uppsägningstid\w*|varseltid\w*|uppsägning\w*|varsel\w*|notice(?:\s+period)?)\W*(?:\w+\W+){0,3}?(?:är|om|på|av|utgör|uppgår\s+till|ska\s+vara|med|till)?\W*(?:minst\s+|ömsesidigt\s+)?$"
)
_AHEAD = re.compile(r"(?i)^\s*(?:\w+\s+)?(?:före|innan|before|i\s+förväg|dessförinnan|därförinnan)\b")
_AT_LATEST = re.compile(r"(?i)\b(?:senast|minst|tidigast|at\s+least|no\s+later\s+than)\s+(?:den\s+)?$")
_END = (
    r"(?:avtals(?:tid|period)\w*|avtalets|överenskommelsens|hyres(?:tid|period)\w*|giltighets(?:tid|period)\w*|periodens|"
    r"löptid\w*|partnerskapets|avsiktsförklaringens|samarbetets|samverkans(?:tid|period)?\w*|partnerskaps(?:tid|period)\w*|"
    r"utgången|utgång|den\s+löpande\s+\w+|respektive\s+\w+|varje\s+\w*(?:avtals|förlängnings)period\w*|kontrakts(?:tid|period)\w*|förlängnings\w*|innevarande\s+\w+|pågående\s+\w+|tillägg\w*|avtalet)"
)
_BEFORE_END = re.compile(
    rf"(?i)\b(?:före|innan|till)\s+(?:utgången\s+av\s+)?(?:den\s+)?(?:(?:avtalade|aktuella|gällande|ordinarie|överenskomna)\s+)?(?:{_END})(?:\s+(?:\w+\s+){{0,3}}?(?:utgång\w*|slut\w*|upphör\w*|löper|går|förfall\w*|period\w*))?"
)
_YEAR_END = re.compile(
    r"(?i)\b(?:årsskifte|kalenderår\w*|läsår\w*|termin\w*|månadsskifte|halvårsskifte|kvartals?\w*)\b"
)
_PROLONGED = re.compile(
    r"(?i)\b(?:förläng\w*|prolonger\w*|fortsätter|(?:löper|rullar|gäller)\s+(?:det\s+|den\s+|avtalet\s+)?vidare|extended|renewed)\b"
)
_NOT_AUTOMATIC = re.compile(
    r"(?i)\b(?:inte\s+automatiskt|ej\s+automatiskt|utan\s+automatisk|kan\b|får\b|möjlighet\b|option\w*|rätt\s+(?:att|till)|efter\s+(?:skriftlig|särskil|gemensam)\w*|överens\s+om|enas\s+om|beslutar\s+om)"
)
_AUTOMATIC = re.compile(
    r"(?i)\bautomatisk\w*|\bi\s+(?:taget|sänder)\b|\båt\s+gången\b|\bår\s+för\s+år\b|\bårsvis\b|\binte\s+(?:\w+\s+){0,5}?upp\b|\bej\s+(?:\w+\s+){0,3}?(?:upp|sker)\b|\buppsägning\s+(?:inte|ej)|\bingen\s+(?:av\s+parterna|part)\b|\bingen\b[^.]{0,40}\bupp\b|\bannars\b|\bav\s+sig\s+själv\w*|\bom\s+ingen\b|\bautomatically\b|\bunless\b|\bi\s+annat\s+fall\b|\boch\s+därefter\b"
)
_STEP = re.compile(r"(?i)^\s*(?:i\s+(?:taget|sänder)|åt\s+gången|per\s+gång|vid\s+varje\s+tillfälle)")


def notice_facts(statements: Sequence[Statement], valid_to: str | None) -> list[Fact]:
    """notice_period, last_notice_day and extension, each at most once.

    The last day is reckoned only where notice must be given before the agreement's end and both end and period
    are stated (`valid_to` an ISO day), or where the text itself states the day.
    """
    found: list[Fact] = []
    extension = _extension(statements)
    if extension:
        found.append(extension)
    candidates = [each for statement in statements for each in _notices(statement)]
    if candidates:
        statement, period, _ = max(candidates, key=lambda each: each[2])
        duration = duration_value(statement.text[period.start : period.end])
        span = _wording(statement, period)
        if duration:
            found.append(Fact(FactName.NOTICE_PERIOD, duration, span.start, span.end))
            found.extend(_last_day(statement, period, duration, valid_to, extension is not None))
    if not any(fact.name is FactName.LAST_NOTICE_DAY for fact in found):
        found.extend(_stated_day(statements, valid_to))
    return found


def _notices(statement: Statement) -> Iterator[tuple[Statement, Expression, int]]:
    """Periods of ordinary notice in the statement, with how clear they are."""
    words = statement.words
    under = bool(_NOTICE_HEADING.search(statement.heading))
    if statement.role is SectionRole.CONTACT or _BREACH_HEADING.search(statement.heading):
        return
    if not (_NOTICE.search(words) or under):
        return
    for period in statement.expressions(ExpressionKind.PERIOD):
        before, after = statement.before(period.start), statement.after(period.end)
        heads, leads = bool(_HEADS.match(after)), bool(_LEADS.search(before))
        ahead = bool(_AHEAD.match(after)) and (bool(_AT_LATEST.search(before)) or bool(_NOTICE.search(words)))
        if not (heads or leads or ahead) or _for_breach(before, after) or _OF_A_VISIT.search(before + after):
            continue
        if duration_value(statement.text[period.start : period.end]) is None:
            continue
        clarity = 2 * (heads or leads) + ahead
        clarity += 2 * bool(re.search(rf"(?i)\b(?:{AGREEMENT})\b", words)) + under
        clarity -= 3 * bool(_PART_OF.search(words)) + 2 * bool(_BESIDES.search(before))
        clarity -= 2 * bool(_IF.match(after)) + 2 * (not _NOTICE_VERB.search(words) and not under)
        if re.search(
            r"(?i)förläng\w*\s+(?:sker|begärs|meddelas)|begäran\s+om\s+förlängning|option", words
        ) and not _NOTICE.search(words):
            continue
        yield statement, period, clarity


def _for_breach(before: str, after: str) -> bool:
    """True where the period is for notice on a breach, not the ordinary one."""
    if _BREACH.search(before):
        return True
    if later := _BREACH.search(after):
        return not re.search(r"(?i)[;.]|\b(?:eller|men|dock|däremot|utom)\b", after[: later.start()])
    return False


def _wording(statement: Statement, period: Expression) -> Span:
    """The period with the words that make it a notice: "sex månaders uppsägningstid"."""
    start, end = period.start, period.end
    if head := re.match(r"(?i)[\s(]*(?:\w+\)?\s+){0,2}?(?:uppsägning\w*|varsel\w*)", statement.after(end)):
        end += head.end()
    elif lead := re.search(
        r"(?i)(?:en\s+)?(?:uppsägningstid|varseltid)\w*\W*(?:\w+\W+){0,4}?$", statement.before(start)
    ):
        start = statement.start + lead.start()
    elif late := re.search(r"(?i)\b(?:senast|minst)\s+$", statement.before(start)):
        start = statement.start + late.start()
    return Span(start, end)


def _last_day(
    statement: Statement, period: Expression, duration: str, valid_to: str | None, extended: bool
) -> list[Fact]:
    if valid_to is None:
        return []
    after = statement.after(period.end)
    anchored = _BEFORE_END.search(after) and not _YEAR_END.search(after[:60])
    conditional = extended and _PROLONGED.search(statement.words)
    if not (anchored or conditional):
        return []
    day = add_duration(date.fromisoformat(valid_to), duration, -1)
    span = statement.clause(period.start, period.end)
    return [Fact(FactName.LAST_NOTICE_DAY, day.isoformat(), span.start, span.end)]


_YEAR_BEFORE = re.compile(r"(?i)\s*(?:kalender)?året\s+(?:innan|före|dessförinnan)\b")


def _stated_day(statements: Sequence[Statement], valid_to: str | None) -> list[Fact]:
    """ "ska sägas upp senast den 30 juni 2026", or "… den 31 december året innan avtalstiden går ut"."""
    for statement in statements:
        if not _NOTICE.search(statement.words) or _BREACH.search(statement.words):
            continue
        for each in statement.expressions(ExpressionKind.DATE):
            late = re.search(
                r"(?i)(?<!dock )\b(?:senast|före|innan)\s+(?:den\s+)?$", statement.before(each.start)
            )
            written = statement.text[each.start : each.end]
            if (
                valid_to
                and _YEAR_BEFORE.match(statement.after(each.end))
                and not re.search(r"\d{4}", written)
            ):
                written = f"{written} {int(valid_to[:4]) - 1}"
            value = date_value(written)
            if late and value and value == date_value(written, last_day=True):
                span = statement.clause(each.start, each.end)
                return [Fact(FactName.LAST_NOTICE_DAY, value.isoformat(), span.start, span.end)]
    return []


def _extension(statements: Sequence[Statement]) -> Fact | None:
    """The automatic extension, its clause and the period of each step; an option to prolong is none."""
    for statement in statements:
        for verb in _PROLONGED.finditer(statement.text, statement.start, statement.end):
            opens = max(
                statement.before(verb.start()).rfind(". "), statement.before(verb.start()).rfind("; ")
            )
            clause = statement.before(verb.start())[opens + 1 :] + statement.after(verb.start())
            optional = _NOT_AUTOMATIC.search(_near(statement, verb))
            if not _AUTOMATIC.search(clause) or optional:
                continue
            if fact := _step(statement, verb):
                return fact
    return next((fact for statement in statements if (fact := _in_turn(statement))), None)


_THEREAFTER = re.compile(r"(?i)\b(?:därefter|därpå|sedan|thereafter)\s+(?:(?:med|för|på|i)\s+)?$")


def _in_turn(statement: Statement) -> Fact | None:
    """ "Fem år, därefter ett år åt gången": the extension that no verb tells."""
    for period in statement.expressions(ExpressionKind.PERIOD):
        then = _THEREAFTER.search(statement.before(period.start))
        step = _STEP.match(statement.after(period.end))
        duration = duration_value(statement.text[period.start : period.end])
        if then and step and duration and not _NOT_AUTOMATIC.search(statement.words):
            opens = period.start - len(then.group())
            return Fact(FactName.EXTENSION, duration, opens, period.end + step.end())
    return None


def _near(statement: Statement, verb: re.Match[str]) -> str:
    """The words from the clause's start to ten words after the verb."""
    before = statement.before(verb.start())
    opens = max(before.rfind(mark) for mark in (",", ";", ". ", "\n\n"))
    after = statement.after(verb.end())
    return before[opens + 1 :] + verb.group() + re.split(r"[,;]", after)[0]


def _step(statement: Statement, verb: re.Match[str]) -> Fact | None:
    for period in statement.expressions(ExpressionKind.PERIOD):
        written = statement.text[period.start : period.end]
        before = statement.text[verb.end() : period.start]
        if period.start < verb.end() or re.search(
            r"[;]|\b(?:senast|minst|uppsägning\w*|längst|högst)\b", before
        ):
            continue
        if re.match(r"(?i)\s*(?:före|innan|uppsägning)", statement.after(period.end)):
            continue
        duration = duration_value(written)
        if duration is None:
            continue
        step = _STEP.match(statement.after(period.end))
        end = period.end + (step.end() if step else 0)
        return Fact(FactName.EXTENSION, duration, verb.start(), end)
    for period in statement.expressions(ExpressionKind.PERIOD):
        step = _STEP.match(statement.after(period.end))
        duration = duration_value(statement.text[period.start : period.end])
        if step and duration and period.end < verb.start():
            return Fact(FactName.EXTENSION, duration, period.start, verb.end())
    words = statement.after(verb.end())
    if yearly := re.match(r"(?i)[^.;,]{0,40}?\b(?:årsvis|år\s+för\s+år|ett\s+kalenderår)\b", words):
        return Fact(FactName.EXTENSION, "P1Y", verb.start(), verb.end() + yearly.end())
    return None
