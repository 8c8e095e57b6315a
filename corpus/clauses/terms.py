"""Ends that are reckoned from a stated term: "gäller i tre år från undertecknandet", "remains in force for four years"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from corpus.clauses.clarity import VERB, clarity
from corpus.clauses.statements import AGREEMENT, Statement
from corpus.expressions import Expression, ExpressionKind
from corpus.quantities import add_duration, duration_value
from corpus.types import Fact, FactName

_COUNTED = re.compile(
    r"(?i)(?P<from>från(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?|räknat\s+från|efter|med\s+början)\s+(?:och\s+med\s+)?(?:den\s+|det\s+|dagen\s+för\s+|dag\s+för\s+|datum(?:et)?\s+för\s+|detta\s+avtals\s+|avtalets\s+|överenskommelsens\s+|parternas\s+|sist[ae]\s+)*"
    r"(?:(?P<signing>undertecknande\w*|undertecknats|underskrift\w*|signering\w*|tecknande\w*|ingående\w*)|(?P<start>ikraftträdande\w*|avtalsstart\w*|startdatum\w*|tillträd\w*|startdagen))"
    r"|\bfrom\s+(?:the\s+)?(?:date\s+of\s+)?(?:its\s+|the\s+)?(?:last\s+)?(?P<signature>signature|signing)\b"
)


def counted_end(statements: Sequence[Statement], facts: list[Fact], signed: str | None) -> list[Fact]:
    """An end (and a start) reckoned from a stated term: "gäller i tre år från undertecknandet"."""
    known = {fact.name: fact for fact in facts}
    if FactName.VALID_TO in known or FactName.UNTIL_FURTHER_NOTICE in known:
        return []
    for statement in statements:
        if clarity(statement) < 1:
            continue
        for period in statement.expressions(ExpressionKind.PERIOD):
            duration = duration_value(statement.text[period.start : period.end])
            if duration is None or not _is_term(statement, period):
                continue
            return _reckoned(statement, period, duration, known, signed)
    return _of_years(statements, known)


_YEARLONG = re.compile(
    rf"(?i)\b(?:ett|en|det|den)\s+(?:\w+\s+)?(?P<years>\w+årig[at]?)\s+(?:\w+\s+)?{AGREEMENT}\b"
)


def _of_years(statements: Sequence[Statement], known: dict[FactName, Fact]) -> list[Fact]:
    """The end of "ett treårigt avtal" that starts on a known day."""
    start = known.get(FactName.VALID_FROM)
    for statement in statements if start else ():
        said = _YEARLONG.search(statement.text, statement.start, statement.end)
        duration = duration_value(said["years"]) if said else None
        if said and start and duration and not _EARLIER.search(statement.before(said.start())):
            end = add_duration(date.fromisoformat(start.value), duration) - timedelta(days=1)
            return [Fact(FactName.VALID_TO, end.isoformat(), said.start("years"), said.end())]
    return []


_EARLIER = re.compile(r"(?i)\b(?:ersätter|tidigare|föregående|avlöser)\b")


def _is_term(statement: Statement, period: Expression) -> bool:
    """True where the period is how long the agreement holds, not a notice, a payment or an extension."""
    before, after = statement.before(period.start), statement.after(period.end)
    if re.match(
        r"(?i)\s*(?:uppsägning|varsel|efter\s+(?:avtalets|att)|före|innan|i\s+(?:taget|sänder)|['’]|notice|before|prior|after\s+the\s+(?:expiry|end))",
        after,
    ):
        return False
    if re.search(
        r"(?i)\b(?:förläng\w*|ytterligare|uppsägning\w*|inom|varsel|senast|efter|option\w*|därefter|varje|vart|renew\w*|extend\w*|notice|within|after|further|additional)\b[^.]{0,40}$",
        before,
    ):
        return False
    return bool(
        re.search(
            rf"(?i)\b(?:{VERB}|avtalstid\w*|avtalsperiod\w*|hyrestid\w*|löptid\w*|giltighetstid\w*)\b[^.;]{{0,80}}$",
            statement.before(period.end),
        )
    )


def _reckoned(
    statement: Statement, period: Expression, duration: str, known: dict[FactName, Fact], signed: str | None
) -> list[Fact]:
    counted = _COUNTED.search(statement.words)
    from_signing = counted is not None and bool(counted["signing"] or counted["signature"])
    own_start = known.get(FactName.VALID_FROM)
    start = signed if from_signing else (own_start.value if own_start else None)
    if start is None or len(start) != 10:
        return []
    first = date.fromisoformat(start)
    end = add_duration(first, duration) - timedelta(days=1)
    reach = statement.start + counted.end() if counted else period.end
    span = statement.clause(min(period.start, reach), max(period.end, reach))
    found = [Fact(FactName.VALID_TO, end.isoformat(), span.start, span.end)]
    if from_signing and own_start is None and signed and counted:
        begin = statement.start + counted.start()
        found.append(Fact(FactName.VALID_FROM, signed, begin, statement.start + counted.end()))
    return found
