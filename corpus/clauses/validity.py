"""From when and until when an agreement holds: dates, ranges, terms counted from a day, and "tills vidare"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from corpus.clauses.statements import AGREEMENT, Statement
from corpus.expressions import Expression, ExpressionKind, date_value
from corpus.quantities import add_duration, duration_value
from corpus.types import Fact, FactName, SectionRole

_VERB = r"(?:gäller|gälla|gällande|giltig\w*|löper|löpa|upphör\w*|träder|träda|börjar|startar|ingås|tecknas|sträcker|varar|förlängs|avslutas|inleds|påbörjas)"
_VALID = re.compile(
    rf"(?i)\b(?:{_VERB}|avtalstid\w*|avtalsperiod\w*|giltighet\w*|hyrestid\w*|löptid\w*|ikraftträdande\w*|startdatum|slutdatum|tillträde\w*|varaktighet\w*)\b"
)
_TERM_HEADING = re.compile(
    r"(?i)giltighet|avtalstid|avtalsperiod|avtalets? (?:tid|längd)|löptid|hyrestid|varaktighet|ikraftträd|upphörande|\btid\b|uppsägning|förläng"
)
_OWN_TERM = re.compile(
    rf"(?i)\b(?:{AGREEMENT}|avtalstiden?|avtalsperioden|hyrestiden|giltighetstiden|löptiden|partnerskapsperioden|uppdraget|det|den|detta|denna|parterna)\W*$"
)
_TERM_LABEL = re.compile(
    r"(?i)^\W*(?:avtalstid\w*|avtalsperiod\w*|giltighet\w*|gäller|löptid|hyrestid|period|startdatum|slutdatum|start|slut|ikraftträdande|tillträde\w*)\b\s*(?:[:|]|\d|fr|t)"
)
_OTHER = re.compile(
    r"(?i)\b(?:ersätter|upphäver|tidigare|föregående|dessförinnan|avlöser|tillämpas även|jubileum|budget\w*|strategi\w*)\b"
)
_LOST = re.compile(r"(?i)\b(?:upphörde|gällde|löpte|sades)\b")
_GAP = r"(?:\s+(?:den|dag(?:en)?|utgången\s+av|slutet\s+av|och\s+med|med|vid|årsskiftet|år|månadsskiftet))*:?\s*$"
_TO = re.compile(
    rf"(?i)(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|längst(?:\s+till)?|senast|fram\s+till|löper\s+ut|upphör\w*(?:\s+att\s+gälla)?(?:\s+automatiskt|\s+därefter)?|går\s+ut|avslutas|slutdatum\W*|till|utgången\s+av){_GAP}"
)
_FROM = re.compile(
    rf"(?i)(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|\bfrom\b|från|sedan|träder\s+i\s+kraft|ikraftträdande\W*|börjar\s+(?:gälla|löpa)|börja\s+gälla|startar|start(?:datum)?\W*|med\s+start|inleds|tillträde\w*\W*(?:sker)?|med\s+verkan|påbörjas){_GAP}"
)
_DURING = re.compile(
    r"(?i)(?:avtalstid\w*|avtalsperiod\w*|period\w*|giltig\w*|gäller|under|för|mellan|hyrestid\w*|löptid\w*)\W*(?:är|omfattar|avser|för|under|tiden|perioden|åren|kalenderåren|kalenderåret|år)*\W*(?:den\s+)?$"
)
_JOIN = re.compile(
    r"\s*(?:–|-|—|och|t\.?\s?o\.?\s?m\.?|till(?:\s+och\s+med)?)\s*(?:den\s+|utgången\s+av\s+)*\s*"
)
_COUNTED = re.compile(
    r"(?i)(?P<from>från(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?|räknat\s+från|efter|med\s+början)\s+(?:och\s+med\s+)?(?:den\s+|det\s+|dagen\s+för\s+|dag\s+för\s+|datum(?:et)?\s+för\s+|detta\s+avtals\s+|avtalets\s+|överenskommelsens\s+|parternas\s+|sist[ae]\s+)*"
    r"(?:(?P<signing>undertecknande\w*|undertecknats|underskrift\w*|signering\w*|tecknande\w*|ingående\w*)|(?P<start>ikraftträdande\w*|avtalsstart\w*|startdatum\w*|tillträd\w*|startdagen))"
)
_UNTIL_FURTHER = re.compile(r"(?i)\btills\s*vidare\b")
_CAPPED = re.compile(r"(?i)^[\s,]*(?:dock|men|och)?\s*(?:längst|högst|som längst|t\.?o\.?m|till och med)")


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound of validity with how clearly the statement speaks of the agreement itself (higher is clearer)."""

    fact: Fact
    clarity: int


def validity_facts(statements: Sequence[Statement], signed: str | None) -> list[Fact]:
    """valid_from, valid_to and until_further_notice, each at most once, the clearest statement first.

    A term counted from the signing ("i tre år från undertecknandet") needs `signed`, a whole ISO day.
    """
    bounds: list[Bound] = []
    for statement in statements:
        if statement.role is SectionRole.CONTACT or not (
            _VALID.search(statement.words) or _TERM_HEADING.search(statement.heading)
        ):
            continue
        clarity = _clarity(statement)
        if clarity >= 0:
            bounds.extend(Bound(fact, clarity) for fact in _stated(statement))
    bounds.extend(_from_signing(statements, signed))
    facts = _clearest(bounds)
    facts.extend(_counted(statements, facts, signed))
    return _consistent(facts)


def _clearest(bounds: list[Bound]) -> list[Fact]:
    chosen: dict[FactName, Bound] = {}
    for bound in bounds:
        known = chosen.get(bound.fact.name)
        if known is None or bound.clarity > known.clarity:
            chosen[bound.fact.name] = bound
    return [bound.fact for bound in chosen.values()]


def _consistent(facts: list[Fact]) -> list[Fact]:
    """Without an end that is before the start: one of the two was misread, and the start is the surer."""
    start = next((fact.value for fact in facts if fact.name is FactName.VALID_FROM), "")
    return [fact for fact in facts if fact.name is not FactName.VALID_TO or fact.value >= start]


def _clarity(statement: Statement) -> int:
    """3 the agreement is the subject, 2 a label, 1 the heading speaks of its term, 0 nothing known, -1 another's."""
    words = statement.words
    if _LOST.search(words):
        return -1
    if _TERM_LABEL.match(words):
        return 2
    under = 1 if _TERM_HEADING.search(statement.heading) else 0
    verb = re.search(rf"(?i)\b{_VERB}\b", words)
    if verb is None:
        return (
            3
            if re.search(r"(?i)\b(?:avtalstiden|avtalsperioden|hyrestiden|giltighetstiden|löptiden)\b", words)
            else under
        )
    subject = words[: verb.start()]
    follower = re.match(
        rf"(?i)\W*(?:även\s+)?(?:detta\s+|denna\s+|det\s+)?{AGREEMENT}\b", words[verb.end() :]
    )
    if _OWN_TERM.search(subject) or follower:
        pronoun = re.search(r"(?i)\b(?:det|den|detta|denna|parterna)\W*$", subject)
        return (2 if under else 0) if pronoun else 3
    if (
        re.search(rf"(?i)^(?:\W*(?:detta|denna|föreliggande))?\W*{AGREEMENT}\b", subject)
        and len(subject) < 120
    ):
        return 3 if under else 2
    if under:
        return 0 if re.search(r"(?i)[a-zåäö]{4,}(?:en|et|na|n|ar|er|or)\W*$", subject) else 1
    return 0 if re.match(rf"(?i)\W*(?:det|den|{AGREEMENT})\b", words) else -1


def _stated(statement: Statement) -> Iterator[Fact]:
    dates = [each for each in statement.expressions(ExpressionKind.DATE) if not _of_another(statement, each)]
    yield from _range(statement, dates)
    for each in dates:
        before = statement.before(each.start)
        written = statement.text[each.start : each.end]
        if re.search(r"(?i)\b(?:varje|årligen|senast)\b[^,.]{0,25}$", before) and not re.search(_TO, before):
            continue
        if _deadline(before) or _IF_EXTENDED.search(before):
            continue
        if _TO.search(before) and (last := date_value(written, last_day=True)):
            yield Fact(FactName.VALID_TO, last.isoformat(), each.start, each.end)
        elif _FROM.search(before) and (first := date_value(written)):
            yield Fact(FactName.VALID_FROM, first.isoformat(), each.start, each.end)
        elif re.match(r"(?i)\s*(?:löper|upphör|går)\b", statement.after(each.end)) and (
            last := date_value(written, last_day=True)
        ):
            yield Fact(FactName.VALID_TO, last.isoformat(), each.start, each.end)
        elif _one_year(before, written) and (first := date_value(written)):
            yield Fact(FactName.VALID_FROM, first.isoformat(), each.start, each.end)
            yield Fact(FactName.VALID_TO, first.replace(month=12, day=31).isoformat(), each.start, each.end)
    further = _UNTIL_FURTHER.search(statement.text, statement.start, statement.end)
    if further and not _CAPPED.match(statement.after(further.end())):
        yield Fact(
            FactName.UNTIL_FURTHER_NOTICE,
            re.sub(r"\s+", " ", further.group()).casefold(),
            further.start(),
            further.end(),
        )


_FROM_SIGNING = re.compile(
    r"(?i)\b(?:från\s+(?:och\s+med\s+)?(?:det|den\s+dag)\s+(?:att\s+)?|(?:träder\s+i\s+kraft|börjar\s+gälla)\s+(?:när|då|vid|så\s+snart|i\s+och\s+med)\s+)(?:[^\s.;,]+\s+){0,5}?(?:undertecknan\w*|undertecknats?|underskrift\w*|signering\w*|signerats?)\b"
    r"|\bfrån\s+(?:och\s+med\s+)?(?:dagen\s+för\s+|dag\s+för\s+|datum(?:et)?\s+för\s+|dess\s+|avtalets\s+|parternas\s+)*(?:undertecknan\w*|underskrift\w*|signering\w*)"
)


def _from_signing(statements: Sequence[Statement], signed: str | None) -> list[Bound]:
    """ "gäller från dagen för undertecknandet": the start is the day of signing, where that is known."""
    if signed is None:
        return []
    found: list[Bound] = []
    for statement in statements:
        if not _VALID.search(statement.words) or _clarity(statement) < 1:
            continue
        match = _FROM_SIGNING.search(statement.text, statement.start, statement.end)
        if match:
            fact = Fact(FactName.VALID_FROM, signed, match.start(), match.end())
            found.append(Bound(fact, _clarity(statement)))
    return found


def _one_year(before: str, written: str) -> bool:
    return bool(re.fullmatch(r"(?:år\s+)?\d{4}", written) and re.search(r"(?i)\bkalenderåret\s*$", before))


_DEADLINE_WORDS = re.compile(
    r"(?i)\b(?:utvärder\w*|redovis\w*|rapport\w*|revider\w*|uppföljning\w*|ses över|omförhandl\w*|begär\w*|sägas? upp|sägs|meddela\w*)\b"
)


_IF_EXTENDED = re.compile(
    r"(?i)\b(?:rätt|möjlighet|option\w*|kan|får)\b[^.;]{0,40}?\bförläng\w*[^.;]{0,60}\b(?:längst|högst)\b[^;]{0,30}$"
)
"""An end that the agreement reaches only if somebody prolongs it."""


def _deadline(before: str) -> bool:
    """True where the date is when something shall be done: "utvärderas senast den 1 mars 2026"."""
    late = re.search(r"(?i)\bsenast\s+(?:den\s+)?$", before)
    return bool(
        late
        and (
            _DEADLINE_WORDS.search(before)
            or not re.search(r"(?i)upphör|löper ut|(?:ska|skall) vara (?:avsluta|slutför)", before)
        )
    )


def _of_another(statement: Statement, each: Expression) -> bool:
    """True for a date of an agreement that this one replaces, names or follows."""
    before = statement.before(each.start)
    cues = list(_OTHER.finditer(before))
    if not cues:
        return False
    since = before[cues[-1].end() :]
    return not re.search(rf"(?i)\b(?:{_VERB}|gäller)\b", since)


def _range(statement: Statement, dates: Sequence[Expression]) -> Iterator[Fact]:
    """ "1 januari 2019–31 december 2022", "mellan den 1 mars och den 31 maj 2024", "2024–2026"."""
    text = statement.text
    for each in dates:
        written = text[each.start : each.end]
        span = re.fullmatch(r"(\d{4})\s*[–-]\s*(\d{4})", written)
        if span and _DURING.search(statement.before(each.start)):
            yield Fact(FactName.VALID_FROM, f"{span[1]}-01-01", each.start, each.end)
            yield Fact(FactName.VALID_TO, f"{span[2]}-12-31", each.start, each.end)
            return
    for first, last in pairwise(dates):
        between = text[first.end : last.start]
        if not _JOIN.fullmatch(between):
            continue
        if (
            re.search(r"(?i)\boch\b", between)
            and not re.search(r"(?i)\bmellan\s+(?:den\s+)?$", statement.before(first.start))
            and "med" not in between
        ):
            continue
        end = date_value(text[last.start : last.end], last_day=True)
        start = date_value(text[first.start : first.end]) or (
            date_value(f"{text[first.start : first.end]} {end.year}") if end else None
        )
        if start and end:
            yield Fact(FactName.VALID_FROM, start.isoformat(), first.start, first.end)
            yield Fact(FactName.VALID_TO, end.isoformat(), last.start, last.end)
            return


def _counted(statements: Sequence[Statement], facts: list[Fact], signed: str | None) -> list[Fact]:
    """An end (and a start) reckoned from a stated term: "gäller i tre år från undertecknandet"."""
    known = {fact.name: fact for fact in facts}
    if FactName.VALID_TO in known or FactName.UNTIL_FURTHER_NOTICE in known:
        return []
    for statement in statements:
        if _clarity(statement) < 1 or not (
            _VALID.search(statement.words) or _TERM_HEADING.search(statement.heading)
        ):
            continue
        for period in statement.expressions(ExpressionKind.PERIOD):
            duration = duration_value(statement.text[period.start : period.end])
            if duration is None or not _is_term(statement, period):
                continue
            return _reckoned(statement, period, duration, known, signed)
    return []


def _is_term(statement: Statement, period: Expression) -> bool:
    """True where the period is how long the agreement holds, not a notice, a payment or an extension."""
    before, after = statement.before(period.start), statement.after(period.end)
    if re.match(
        r"(?i)\s*(?:uppsägning|varsel|efter\s+(?:avtalets|att)|före|innan|i\s+(?:taget|sänder))", after
    ):
        return False
    if re.search(
        r"(?i)\b(?:förläng\w*|ytterligare|uppsägning\w*|inom|varsel|senast|efter|option\w*|därefter|varje|vart)\b[^.]{0,40}$",
        before,
    ):
        return False
    return bool(
        re.search(
            rf"(?i)\b(?:{_VERB}|avtalstid\w*|avtalsperiod\w*|hyrestid\w*|löptid\w*|giltighetstid\w*)\b[^.;]{{0,80}}$",
            before,
        )
    )


def _reckoned(
    statement: Statement, period: Expression, duration: str, known: dict[FactName, Fact], signed: str | None
) -> list[Fact]:
    counted = _COUNTED.search(statement.words)
    from_signing = counted is not None and counted["signing"] is not None
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
