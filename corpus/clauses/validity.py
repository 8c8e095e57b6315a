"""From when and until when an agreement holds: dates, ranges, terms counted from a day, and "tills vidare"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.clauses.clarity import VALID, VERB, clarity
from corpus.clauses.ended import ended_early
from corpus.clauses.statements import Statement
from corpus.clauses.terms import counted_end
from corpus.expressions import Expression, ExpressionKind, date_value
from corpus.types import Fact, FactName, SectionRole

_OTHER = re.compile(
    r"(?i)\b(?:ersätter|upphäver|tidigare|föregående|dessförinnan|avlöser|tillämpas även|jubileum|budget\w*|strategi\w*)\b"
)
_GAP = r"(?:\s+(?:den|dag(?:en)?|utgången\s+av|slutet\s+av|och\s+med|med|vid|i|and\s+including|the|årsskiftet|år|månadsskiftet))*:?\s*$"
_TO = re.compile(
    rf"(?i)(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|längst(?:\s+till)?|senast|fram\s+till|löper\s+ut|upphör\w*(?:\s+att\s+gälla)?(?:\s+automatiskt|\s+därefter)?|går\s+ut|avslutas|slutdatum\W*|till|until|through|expires?(?:\s+on)?|utgången\s+av){_GAP}"
)
_FROM = re.compile(
    rf"(?i)(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|\bfrom\b|från|sedan|(?:börjar|ska)\s+tillämpas|takes\s+effect(?:\s+on)?|(?:enters|comes)\s+into\s+force(?:\s+on)?|effective(?:\s+as\s+of)?|starting|träder\s+i\s+kraft|ikraftträdande\W*|börjar\s+(?:gälla|löpa)|börja\s+gälla|startar|start(?:datum)?\W*|med\s+start|inleds|tillträde\w*\W*(?:sker)?|med\s+verkan|påbörjas){_GAP}"
)
_DURING = re.compile(
    r"(?i)(?:avtalstid\w*|avtalsperiod\w*|period\w*|giltig\w*|gäller|under|för|mellan|hyrestid\w*|löptid\w*)\W*(?:är|omfattar|avser|för|under|tiden|perioden|åren|kalenderåren|kalenderåret|år)*\W*(?:den\s+)?$"
)
_JOIN = re.compile(
    r"\s*(?:–|-|—|och|and|to|until|t\.?\s?o\.?\s?m\.?|till(?:\s+och\s+med)?)\s*(?:den\s+|utgången\s+av\s+)*\s*"
)
_UNTIL_FURTHER = re.compile(r"(?i)\btills\s*vidare\b|\buntil\s+further\s+notice\b")
_CAPPED = re.compile(r"(?i)^[\s,]*(?:dock|men|och)?\s*(?:längst|högst|som längst|t\.?o\.?m|till och med)")


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound of validity with how clearly the statement speaks of the agreement itself (higher is clearer)."""

    fact: Fact
    clarity: int


def validity_facts(statements: Sequence[Statement], signed: str | None) -> list[Fact]:
    """valid_from, valid_to and until_further_notice, each at most once, the clearest statement first.

    A note that says when an agreement under notice ceased tells its end. A term counted from the signing ("i tre år från undertecknandet") needs `signed`, a whole ISO day.
    """
    bounds: list[Bound] = []
    for statement in statements:
        clear = clarity(statement)
        if clear >= 0 and statement.role is not SectionRole.CONTACT:
            bounds.extend(Bound(fact, clear) for fact in _stated(statement))
    bounds.extend(_from_signing(statements, signed))
    facts = _clearest(bounds)
    facts.extend(counted_end(statements, facts, signed))
    ended = ended_early(statements[0].text) if statements else None
    if ended and not any(f.name is FactName.VALID_FROM and f.value > ended.value for f in facts):
        facts = [*(fact for fact in facts if fact.name is not FactName.VALID_TO), ended]
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


def _stated(statement: Statement) -> Iterator[Fact]:
    yield from _listed_years(statement)
    dates = [each for each in statement.expressions(ExpressionKind.DATE) if not _of_another(statement, each)]
    yield from _range(statement, dates)
    for each in dates:
        before = statement.before(each.start)
        written = statement.text[each.start : each.end]
        if re.search(r"(?i)\b(?:varje|årligen|senast)\b[^,.]{0,25}$", before) and not re.search(_TO, before):
            continue
        if _deadline(before) or _IF_EXTENDED.search(before) or _WOULD_HAVE.search(before):
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
        if not VALID.search(statement.words) or clarity(statement) < 1:
            continue
        match = _FROM_SIGNING.search(statement.text, statement.start, statement.end)
        if match:
            fact = Fact(FactName.VALID_FROM, signed, match.start(), match.end())
            found.append(Bound(fact, clarity(statement)))
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


_WOULD_HAVE = re.compile(
    r"(?i)\bskulle\s+(?:\w+\s+)?(?:upphör|löp|gå|gått|tagit|ta|slut)\w*\s+(?:\w+\s+){0,2}$"
)
"""An end that is put off: "som skulle ha upphört den 30 juni 2025, förlängs till …"."""


def _deadline(before: str) -> bool:
    """True where the date is when something shall be done: "utvärderas senast den 1 mars 2026"."""
    late = re.search(r"(?i)(?<!dock )\bsenast\s+(?:i\s+|den\s+)?$", before)
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
    return not re.search(rf"(?i)\b(?:{VERB}|gäller)\b", since)


_YEARS = re.compile(
    r"(?i)\b(?P<unit>läsåren|kalenderåren|åren)\s+(?P<first>\d{4})(?P<half>/\d{2,4})?(?:(?:\s*,\s*|\s+och\s+|\s*[–-]\s*)(?P<last>\d{4})(?:/\d{2,4})?)+"
)
_YEAR_ON = re.compile(r"(?i)\bgäller\s+(?P<first>\d{4})\s+och\s+\w+\s+år\s+framåt\b")


def _listed_years(statement: Statement) -> Iterator[Fact]:
    """ "kalenderåren 2024, 2025 och 2026", "läsåren 2024/25–2026/27" (from July to June), "2025 och tre år framåt"."""
    if ahead := _YEAR_ON.search(statement.text, statement.start, statement.end):
        yield Fact(FactName.VALID_FROM, f"{ahead['first']}-01-01", ahead.start("first"), ahead.end())
    for years in _YEARS.finditer(statement.text, statement.start, statement.end):
        if _OTHER.search(statement.before(years.start())) or bool(years["half"]) != (
            "läs" in years["unit"].casefold()
        ):
            continue
        first, last = int(years["first"]), int(years["last"])
        start, end = (
            (f"{first}-07-01", f"{last + 1}-06-30") if years["half"] else (f"{first}-01-01", f"{last}-12-31")
        )
        yield Fact(FactName.VALID_FROM, start, years.start(), years.end())
        yield Fact(FactName.VALID_TO, end, years.start(), years.end())


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
            re.search(r"(?i)\b(?:och|and)\b", between)
            and not re.search(r"(?i)\b(?:mellan|between)\s+(?:den\s+)?$", statement.before(first.start))
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
