"""The figures of a statement that may answer: dates, amounts, periods, shares, numbers, "ingen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.expressions import ExpressionKind
from corpus.types import Span
from indexer.swedish.words import words_of
from retriever.asks import Asks
from retriever.expressed import expressed
from retriever.fact_kinds import CARD, KINDS, RATE
from retriever.fact_places import part_share
from retriever.figure_fits import can_be_meant
from retriever.figure_forms import FREE, enumerated, forms_in, is_of_length
from retriever.figure_signs import signs
from retriever.figure_sorts import asks_for_pay, is_no_such_sum, is_of_other_spell, is_other_rate
from retriever.owners import is_anothers
from retriever.question import Question
from retriever.statement import Statement
from retriever.tables import Table


@dataclass(frozen=True, slots=True)
class Found:
    """A possible answer: `span` is the wording that answers, `text` what is shown, `told` what it is judged by."""

    statement: Statement
    span: Span
    text: str
    told: Mapping[str, float]


_KIND_OF = {
    Asks.PERIOD: ExpressionKind.PERIOD,
    Asks.LENGTH: ExpressionKind.PERIOD,
    Asks.NOTICE: ExpressionKind.PERIOD,
    Asks.END: ExpressionKind.PERIOD,
    Asks.FREQUENCY: ExpressionKind.FREQUENCY,
    Asks.AMOUNT: ExpressionKind.AMOUNT,
    Asks.SIZE: ExpressionKind.MEASURE,
}
"""What the forms of `figure_forms` are; of any other kind they are numbers."""
_ALIKE = frozenset({Asks.NOTICE, Asks.SIZE, Asks.LENGTH, Asks.CLOCK})
"""Asked so, each of the kinds answers as well."""


def figures(question: Question, statement: Statement) -> Iterator[Found]:
    """Every expression of the kinds asked for, and a denial of there being any."""
    kinds = KINDS.get(question.asks, ())
    if question.asks is Asks.PERCENT and RATE.search(question.read_as):
        kinds = kinds[:1]
    text = statement.agreement.text
    spans = [
        (place, kind, span)
        for place, kind in enumerate(kinds)
        for span in expressed(text, statement.span, kind)
    ]
    if question.asks is Asks.AMOUNT:
        spans.extend((0, ExpressionKind.AMOUNT, bare) for bare in _bare_prices(statement))
    units = _of_enumeration(statement, kinds, spans)
    spans.extend((place, kind, span) for span, (place, kind, _) in units.items())
    forms = list(forms_in(question.asks, text, statement.span))
    spans = [each for each in spans if not any(form.holds(each[2]) for form in forms)]
    taken = [span for _, _, span in spans]
    other = len(kinds) if question.asks is Asks.DATE else 0
    spans.extend(
        (other, _KIND_OF.get(question.asks, ExpressionKind.NUMBER), form)
        for form in forms
        if not any(form.overlaps(each) for each in taken)
    )
    if question.asks is Asks.REGISTRY:
        spans.extend(
            (0, ExpressionKind.NUMBER, Span(fact.start, fact.end))
            for fact in statement.agreement.facts
            if fact.name in CARD[Asks.REGISTRY] and statement.span.holds(Span(fact.start, fact.end))
        )
    if not spans and question.asks is not Asks.SHARE:
        yield from _denials(question, statement, False)
        return
    spans = [each for each in spans if _is_of_kind(question, text, each[1], each[2])]
    spans = [
        each
        for each in spans
        if can_be_meant(question.asks, question.read_as, text, statement.span, each[1], each[2])
    ]
    if question.asks is Asks.PERCENT and is_other_rate(question.read_as, text, statement.span):
        spans = []
    if question.asks in (Asks.AMOUNT, Asks.SIZE) and is_no_such_sum(question.read_as, text, statement.span):
        spans = []
    if question.asks in (Asks.AMOUNT, Asks.PERCENT) and is_anothers(
        question, statement.agreement, statement.text
    ):
        spans = []
    if question.asks is Asks.AMOUNT:
        if asks_for_pay(question.read_as) or _IN_CURRENCY.search(question.read_as):
            spans = [each for each in spans if each[1] is not ExpressionKind.PERCENT]
        spans = [
            each
            for each in spans
            if not is_of_other_spell(question.read_as, text[each[2].end : each[2].end + 25])
        ]
    if question.asks is Asks.NUMBER:
        spans = [each for each in spans if _is_number(question.read_as, statement, each[2])]
    if question.asks is Asks.SHARE:
        yield from _shares(statement, [span for _, _, span in spans])
        return
    own = [span for _, _, span in spans]
    for place, kind, span in spans:
        told = signs(question, statement, span, kind)
        if told is not None:
            told |= {
                "second": float(
                    place > 0
                    and kind is not next(iter(kinds), kind)
                    and (question.asks not in _ALIKE or _is_sum_for_matter(question, kind))
                ),
                "sole": float(len(spans) == 1),
                "part": part_share(statement, own, span),
                "free": float(FREE.fullmatch(text, span.start, span.end) is not None),
            }
            end = span.end - (_GENITIVE.search(text[span.start : span.end]) is not None)
            if kind is ExpressionKind.PERIOD:
                end = _as_often(text, statement.span, end)
            whole = Span(with_bound(text, statement.span, span.start), end)
            if question.asks is Asks.DATE and kind is ExpressionKind.PERIOD:
                whole = Span(whole.start, _counted_from(text, statement.span, end))
            unit = f" {units[span][2]}" if span in units else ""
            yield Found(statement, whole, plain(text[whole.start : whole.end]) + unit, told)
    yield from _denials(question, statement, bool(spans))


_MATTER = re.compile(r"(?i)\bhur\s+(?:mycket|mkt)\s+(?!\w+(?:are|re)\b)\w{2,}")


def _is_sum_for_matter(question: Question, kind: ExpressionKind) -> bool:
    """True for money where a matter is asked for by its name: "hur mycket mark …?"."""
    matter = question.asks is Asks.SIZE and _MATTER.search(question.read_as)
    return bool(matter) and kind is ExpressionKind.AMOUNT and not _OF_MONEY.search(question.read_as)


_OF_MONEY = re.compile(
    r"(?i)betal|kost|pris|avgift|ersätt|pengar|kronor|\b(?:tog|tar|gav|ger|fick|gick|lade|lägger)\b"
)


def _of_enumeration(
    statement: Statement, kinds: Sequence[ExpressionKind], spans: Sequence[tuple[int, ExpressionKind, Span]]
) -> dict[Span, tuple[int, ExpressionKind, str]]:
    """The figures that share the unit of another in their sentence, each with its kind's place, kind and unit."""
    found: dict[Span, tuple[int, ExpressionKind, str]] = {}
    for kind in (ExpressionKind.PERCENT, ExpressionKind.AMOUNT):
        told = [span for _, each, span in spans if each is kind]
        if not told:
            continue
        for span, unit in enumerated(statement.agreement.text, statement.span, told[-1]):
            if unit and not any(span.overlaps(other) for _, _, other in spans):
                found.setdefault(span, (kinds.index(kind), kind, unit))
    return found


_OFTEN = re.compile(r"(?i)\s+(?:i|per|om|varje)\s+(?:dag|dygn|vecka|månad|termin|läsår|år)(?:e?n|et)?(?!\w)")


def _as_often(text: str, sentence: Span, end: int) -> int:
    """Where a period ends that comes again and again: "en dag i veckan"."""
    after = _OFTEN.match(text, end, sentence.end)
    return after.end() if after else end


_COUNTED_FROM = re.compile(
    r"(?i)\s+(?:efter|före|innan|från|räknat\s+från)\s+[\wåäö-]+(?:\s+[\wåäö-]+){0,3}?(?=[.,;:]|$)"
)


def _counted_from(text: str, sentence: Span, end: int) -> int:
    """Where a period that is told for a day ends: "fyra månader efter projektstart"."""
    after = _COUNTED_FROM.match(text, end, sentence.end)
    return after.end() if after else end


def _is_of_kind(question: Question, text: str, kind: ExpressionKind, span: Span) -> bool:
    """False for a number that is no money though it looks so, for another measure than a length where one is asked for, and
    for "utan kostnad" where somebody's pay is."""
    figure = text[span.start : span.end]
    if kind is ExpressionKind.AMOUNT:
        if FREE.fullmatch(figure):
            leaves = _LEAVES.search(text[max(0, span.start - 60) : span.start])
            return not (asks_for_pay(question.read_as) or (leaves and not _LEAVES.search(question.read_as)))
        return _is_money(text, span) and not _OF_A_RANGE.search(text[max(0, span.start - 30) : span.start])
    return kind is not ExpressionKind.MEASURE or is_of_length(question.read_as, figure)


_LEAVES = re.compile(r"(?i)\b(?:avbok|avbest|återbud|häv|avsluta)\w*|\bsäg\w*\s+upp\b|\bställ\w*\s+in\b")
""" "Kan avbokas utan kostnad": the thing itself has its price."""
_OF_A_RANGE = re.compile(
    r"(?i)\b(?:termin|terminerna|årskurs|årskurserna|klass|nivå|punkt|bilaga)\s+\d{1,2}\s*[–-]\s*$"
)
""" "Termin 9–11 kr per studentvecka": the name of a row runs on into its unit."""
_CURRENCY = re.compile(
    r"(?i)\b(?:kr|kronor\w*|sek|mnkr|mkr|tkr|mdkr|euro?|öre|pund|dollar|usd|gbp|nok|dkk)\b|[€$£]|:-"
)
_COUNTED = re.compile(
    r"\s+(?:kilometer|km|invånare|resor|ton|kilo|kubikmeter|kvadratmeter|besök\w*|liter|timmar|mil)\b|\s+[kMG]Wh\b"
)


def _is_money(text: str, span: Span) -> bool:
    """False for a bare number that counts something else: "3,1 miljoner kilometer"."""
    return _CURRENCY.search(text[span.start : span.end]) is not None or not _COUNTED.match(text, span.end)


_IN_CURRENCY = re.compile(r"(?i)\b(?:i|hur\s+många)\s+kronor\b")
"""What is asked for in money is no share."""
_GENITIVE = re.compile(r"(?i)(?:års|månaders|månads|dagars|veckors|timmars|halvårs)$")
""" "Tre års uppsägningstid" is three years."""


_YEAR = re.compile(r"(?:19|20)\d{2}")
_OTHERS = (ExpressionKind.DATE, ExpressionKind.AMOUNT, ExpressionKind.PERCENT, ExpressionKind.PHONE)
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖ][a-zåäö]|\d{1,2}\.\d{1,2}(?:\.\d|\s|$)")
_LATER_NUMBERING = re.compile(r"\d{1,2}\.\d{1,2}\s+[A-ZÅÄÖ]")
_NO_COUNT = re.compile(
    r"(?i)(?:§|\b(?:punkt|artikel|article|section|bilaga|nr|nivå|årskurs|årskurserna|termin|terminerna|klass|vecka|sida|plan|"
    r"version|klockan|kl\.?))\s*(?:\d{1,2}\s*[–-]\s*)?$|\d[/:-]$|\byear\s$|\b(?:en|ett|två|tre|\d)\s+av\s$|\b(?:fastigheten|kvarteret|kv\.?|tomten)\s+[\wåäö]+\s$"
)
""" "Termin 8–11", "KS 2025/61", "fastigheten Ugglan 3", "en av tio": a name, a number of something, none of how many."""


_BROKEN = re.compile(r"(?<=\w)-\n\s*(?=\w)")
"""A word parted at the end of a line: "bi-laga 2"."""
_PART_OF = re.compile(r"(?i)\s+av\s+(?:\d|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv|tjugo|hundra)\b")
""" "En av tio" is a share."""
_MEASURED = re.compile(
    r"(?i)\s+(procent\w*|(?:centi|kilo|milli|kvadrat|kubik)?meters?|månad\w*|veck(?:a|or)\b|dag(?:ar)?\b|timm\w*|minut\w*|år\b|liter|kilo|ton|grader|kilowatt\w*|högskolepoäng|poäng|credits)\b"
)


def _is_number(asked: str, statement: Statement, span: Span) -> bool:
    """False for a year, a paragraph's number, an article ("en"), a figure of a date or an amount, and a measure not asked for."""
    text, sentence = statement.agreement.text, statement.span
    wording = text[span.start : span.end]
    if _YEAR.fullmatch(wording) or wording.casefold() in ("en", "ett") or wording.startswith("0,"):
        return False
    if re.search(
        r"[A-ZÅÄÖ]\w*(?:gatan|vägen)\s$|(?i:\b(?:linje|plan|rum|hus|agenda)\s)$",
        text[max(0, span.start - 25) : span.start],
    ):
        return False
    if (span.start == sentence.start and _NUMBERING.match(text, span.start)) or _LATER_NUMBERING.match(
        text, span.start
    ):
        return False
    before = _BROKEN.sub("", text[max(0, span.start - 30) : span.start])
    if _NO_COUNT.search(before) or _PART_OF.match(text, span.end):
        return False
    measured = _MEASURED.match(text, span.end)
    if measured and measured[1][:4].casefold() not in asked.casefold():
        return False
    return not any(
        e.start <= span.start < e.end
        for kind in _OTHERS
        for e in expressed(text, Span(max(sentence.start, span.start - 30), sentence.end), kind)
    )


_PRICED = re.compile(r"(?i)pris|avgift|belopp|ersättning|kronor|\bkr\b")
_WHOLE = re.compile(r"\d{1,3}(?:[ \xa0]?\d{3})*(?:,\d{2}|:-)?")
_PRICE = re.compile(r"\d{1,3}(?:[ \xa0]\d{3})*(?:,\d{2}|:-)|\d{1,3}(?:[ \xa0]\d{3})+")


def _bare_prices(statement: Statement) -> Iterator[Span]:
    """Figures without a currency in a table's cells, where what stands above speaks of prices."""
    text = statement.agreement.text
    table = Table.around(text, statement.span.start)
    if table is None:
        return
    above = text[max(0, table.rows[0].start - 120) : table.rows[0].end]
    if not re.search(r"(?i)pris|kronor|\bkr\b|avgift|belopp|ersättning|exkl|moms", above):
        return
    row = next((each for each in table.rows if each.overlaps(statement.span)), table.rows[0])
    for cell in table.cells(statement.span):
        column = table.column(row, cell.start)
        titled = column > 0 and _PRICED.search(table.titles[column])
        if (_WHOLE if titled else _PRICE).fullmatch(text[cell.start : cell.end]):
            yield cell


_BOUND = re.compile(
    r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m\.?|från\s+och\s+med|fr\.\s?o\.\s?m\.?|längst\s+till|fram\s+till|senast|cirka|ca|högst|minst|upp\s+till|drygt|knappt|omkring|sista|(?:i\s+)?(?:början|mitten|slutet)\s+av|mellan\s+\d[\d ]*(?:,\d+)?\s+och)"
    r"(?:\s+(?:den|utgången\s+av|år))*\s+$"
)


def with_bound(text: str, sentence: Span, start: int) -> int:
    """Where the answer starts when the words before it are part of it: till och med 2017, högst 61 miljoner."""
    before = _BOUND.search(text, sentence.start, start)
    return before.start() if before else start


_SHARED = re.compile(
    r"(?i)\b(?:lika(?:\s+mellan\s+\w+)?|hälften\s+var(?:dera)?|till\s+hälften\s+av\s+vardera\s+\w+|en\s+tredjedel\s+var|efter\s+\w+|i\s+proportion\s+till\s+\w+)"
)
_DIVIDES = re.compile(r"(?i)\b(?:för)?del(?:a[rs]?|at|ade|ats)\b|\bbekosta\w*\b|\bbetala\w*\b|\bstår\b")


def _shares(statement: Statement, spans: list[Span]) -> Iterator[Found]:
    """How something is divided: from the first part to the last, or in words."""
    text = statement.agreement.text
    told = {"cue": float(_DIVIDES.search(statement.text) is not None), "close": 1.0}
    if len(spans) > 1:
        start = min(span.start for span in spans)
        words = re.search(r"(?:[\w.]+\s+){0,3}$", text[statement.span.start : start])
        end = max(span.end for span in spans)
        rest = re.match(r"(?:\s+[\wåäö-]+){0,4}", text[end : statement.span.end])
        whole = Span(start - len(words.group()) if words else start, end + len(rest.group()) if rest else end)
        yield Found(statement, whole, plain(text[whole.start : whole.end]), told)
    elif told["cue"] and (shared := _SHARED.search(text, statement.span.start, statement.span.end)):
        yield Found(statement, Span(*shared.span()), plain(shared.group()), told)


_NONE = re.compile(r"(?i)\b(?:ingen|inga|inget)\s+(?:\w+\s+){0,2}?\w+")


def _denials(question: Question, statement: Statement, has_figures: bool) -> Iterator[Found]:
    """ "Ingen uppsägningstid gäller": the thing asked for is said not to be."""
    if has_figures or question.asks not in (Asks.PERIOD, Asks.LENGTH, Asks.AMOUNT, Asks.NUMBER, Asks.NOTICE):
        return
    text = statement.agreement.text
    for match in _NONE.finditer(text, statement.span.start, statement.span.end):
        for word in words_of(text, match.start(), min(match.end() + 30, statement.span.end))[1:4]:
            if any(term.stem == word.stem for term in question.terms):
                told = {"cue": 1.0, "close": 1.0, "sole": 1.0, "denial": 1.0, "counts": 1.0}
                yield Found(
                    statement, Span(match.start(), word.end), plain(text[match.start() : word.end]), told
                )
                break


def plain(words: str) -> str:
    """The words with single blanks."""
    return re.sub(r"\s+", " ", words).strip()
