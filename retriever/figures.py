"""The figures of a statement that may answer: dates, amounts, periods, shares, numbers, "ingen"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.expressions import ExpressionKind, expressions_in
from corpus.types import Span
from indexer.swedish.words import words_of
from retriever.asks import Asks
from retriever.fact_kinds import CARD, CUES, KINDS, MUST_BE_CUED
from retriever.fact_places import belongs, clause_share, closeness, counts, is_sum_of_all
from retriever.question import Question
from retriever.statements import Statement
from retriever.tables import Table

CLOSE = 12
"""Characters at most between a cue and the figure that it introduces."""


IN_TABLE = 0.8
"""A number in the asked-for row and column counts what is asked, though the word stands above or beside the table."""


@dataclass(frozen=True, slots=True)
class Found:
    """A possible answer: `span` is the wording that answers, `text` what is shown, `told` what it is judged by."""

    statement: Statement
    span: Span
    text: str
    told: Mapping[str, float]


_ALIKE = frozenset({Asks.NOTICE, Asks.SIZE})
"""Asked so, each of the kinds answers as well."""


def figures(question: Question, statement: Statement) -> Iterator[Found]:
    """Every expression of the kinds asked for, and a denial of there being any."""
    kinds = KINDS.get(question.asks, ())
    text = statement.agreement.text
    spans = [
        (place, kind, Span(e.start, e.end))
        for place, kind in enumerate(kinds)
        for e in expressions_in(text, statement.span.start, statement.span.end, kind)
    ]
    if question.asks is Asks.AMOUNT:
        spans.extend((0, ExpressionKind.AMOUNT, bare) for bare in _bare_prices(statement))
    if question.asks is Asks.REGISTRY:
        spans.extend(
            (0, ExpressionKind.NUMBER, Span(fact.start, fact.end))
            for fact in statement.agreement.facts
            if fact.name in CARD[Asks.REGISTRY] and statement.span.holds(Span(fact.start, fact.end))
        )
    if question.asks is Asks.NUMBER:
        spans = [each for each in spans if _is_number(statement, each[2])]
    if question.asks is Asks.SHARE:
        yield from _shares(statement, [span for _, _, span in spans])
        return
    own = [span for _, _, span in spans]
    for place, kind, span in spans:
        told = _told(question, statement, span, kind)
        if told is not None:
            told |= {
                "second": float(place > 0 and kind is not kinds[0] and question.asks not in _ALIKE),
                "sole": float(len(spans) == 1),
                "clause": clause_share(statement, own, span),
            }
            end = span.end - (_GENITIVE.search(text[span.start : span.end]) is not None)
            whole = Span(_with_bound(text, statement.span, span.start), end)
            yield Found(statement, whole, _plain(text[whole.start : whole.end]), told)
    yield from _denials(question, statement, bool(spans))


_GENITIVE = re.compile(r"(?i)(?:års|månaders|månads|dagars|veckors|timmars|halvårs)$")
""" "Tre års uppsägningstid" is three years."""


def _told(
    question: Question, statement: Statement, span: Span, kind: ExpressionKind
) -> dict[str, float] | None:
    """What speaks for the figure; None for one that cannot be the one asked for."""
    text, sentence = statement.agreement.text, statement.span
    cue = CUES.get(Asks.PERIOD if kind is ExpressionKind.PERIOD else question.asks)
    before, anywhere = _cued(cue, text, sentence, span) if cue else (False, False)
    stated = any(
        f.start == span.start and f.name in CARD.get(question.asks, ()) for f in statement.agreement.facts
    )
    must = before if kind is ExpressionKind.DATE else anywhere
    if question.asks in MUST_BE_CUED and not (must or stated):
        return None
    table = Table.around(text, span.start)
    whose = belongs(question, statement, span, table)
    counted = counts(question, statement, span) if question.asks is Asks.NUMBER else 0.0
    if table is not None and question.asks is Asks.NUMBER and whose > 0:
        counted = IN_TABLE
    return {
        "cued": float(before),
        "cue": float(anywhere),
        "stated": float(stated),
        "table": float(table is not None),
        "close": 0.5 if table else closeness(statement, span),
        "whose": whose,
        "others": float(whose < 0 and table is None),
        "changed": float(_is_changed(text, sentence, span.start, span.end)),
        "sum": float(is_sum_of_all(question, statement.text)),
        "counts": counted,
        "outside": float(_OUTSIDE.search(statement.text) is not None),
        "bounded": _bounded(question.read_as, text[max(sentence.start, span.start - 30) : span.start]),
        "prolongs": float(
            _PROLONGS.search(text[max(sentence.start, span.start - 40) : span.start]) is not None
        ),
        "unit": _unit(question.read_as, text[span.end : span.end + 40]),
    }


def _cued(cue: re.Pattern[str], text: str, sentence: Span, span: Span) -> tuple[bool, bool]:
    """Whether a cue stands just before the figure, and anywhere in the sentence."""
    closely = any(span.start - m.end() <= CLOSE for m in cue.finditer(text, sentence.start, span.start))
    return closely, closely or cue.search(text, sentence.start, sentence.end) is not None


_PROLONGS = re.compile(r"(?i)\b(?:förläng\w*|option\w*)\b[^.]*$")
""" "Förlängs med två år": no term of notice, nor the agreement's own length."""
_MOST = re.compile(r"(?i)\b(?:som\s+(?:längst|mest|högst)|längst|högst\w*|max\w*|upp\s+till|tak)\b")


def _bounded(asked: str, before: str) -> float:
    """1 where the question asks for the most there may be and the words before the figure set such a bound."""
    return float(_MOST.search(asked) is not None and _MOST.search(before) is not None)


_PER = re.compile(
    r"(?i)\b(?:per|i|om|varje|och|/)\s*(?:[\wåäö]+-)?(?:vfu|lärar|kalender|läs)?(år|månad|vecka|dag|timme|student|elev|invånare|deltagare|anställd|kvadratmeter|kilo)"
)


_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("år", re.compile(r"(?i)\b(?:årlig\w*|årsvis|års(?:avgift|hyra|kostnad|belopp)\w*)")),
    ("månad", re.compile(r"(?i)\b(?:månatlig\w*|månads(?:avgift|hyra|kostnad|lön)\w*)")),
    ("timme", re.compile(r"(?i)\btim(?:pris|arvode|lön|kostnad)\w*")),
)


def _unit(asked: str, after: str) -> float:
    """1 where both count by the same unit ("per månad"), -1 where by different ones, 0 where either is silent."""
    wanted = _units(asked)
    given = _units(after)
    if not wanted or not given:
        return 0.0
    return 1.0 if wanted & given else -1.0


def _units(words: str) -> set[str]:
    found = {m[1].casefold() for m in _PER.finditer(words)}
    return found | {unit for unit, pattern in _BY if pattern.search(words)}


_OUTSIDE = re.compile(
    r"(?i)\b(?:ingår|omfattas|tillämpas)\s+inte\b|\bomfattar\s+inte\b|\butanför\s+(?:avtalet|överenskommelsen)\b|\bhar\s+ingen\s+del\b|\binte\s+(?:en\s+)?garantera\w*"
)
"""A figure that the agreement mentions to say that it is none of its own."""
_FROM = re.compile(r"(?i)\bfrån\s+$")
_REPLACED = re.compile(r"(?i)^.{0,40}?\b(?:ersätts\s+(?:av|med)|(?:höjs|sänks|ändras|ökas)\s+till)\b")
_TO = re.compile(r"(?i)^.{0,30}?\btill\s+(?:\d|en\b|ett\b|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)")


def _is_changed(text: str, sentence: Span, start: int, end: int) -> bool:
    """True for the first figure of "från … till …" or "… ersätts av …": the sentence replaces it."""
    rest = text[end : sentence.end]
    return bool(_REPLACED.match(rest) or (_FROM.search(text[sentence.start : start]) and _TO.match(rest)))


_YEAR = re.compile(r"(?:19|20)\d{2}")
_OTHERS = (ExpressionKind.DATE, ExpressionKind.AMOUNT, ExpressionKind.PERCENT, ExpressionKind.PHONE)
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖ][a-zåäö]|\d{1,2}\.\d{1,2}\.\d")


def _is_number(statement: Statement, span: Span) -> bool:
    """False for a year, a paragraph's number, an article ("en"), and a figure of a date or an amount."""
    text, sentence = statement.agreement.text, statement.span
    wording = text[span.start : span.end]
    if _YEAR.fullmatch(wording) or wording.casefold() in ("en", "ett"):
        return False
    if re.search(
        r"[A-ZÅÄÖ]\w*(?:gatan|vägen)\s$|(?i:\b(?:linje|plan|rum|hus|agenda)\s)$",
        text[max(0, span.start - 25) : span.start],
    ):
        return False
    if span.start == sentence.start and _NUMBERING.match(text, span.start):
        return False
    if re.search(
        r"(?i)(?:§|punkt|artikel|bilaga|nr|nivå|årskurs|klockan|kl\.?)\s*$",
        text[max(0, span.start - 12) : span.start],
    ):
        return False
    return not any(
        e.start <= span.start < e.end
        for kind in _OTHERS
        for e in expressions_in(text, max(sentence.start, span.start - 30), sentence.end, kind)
    )


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
    for cell in table.cells(statement.span):
        if _PRICE.fullmatch(text[cell.start : cell.end]):
            yield cell


_BOUND = re.compile(
    r"(?i)\b(?:till\s+och\s+med|t\.\s?o\.\s?m\.?|från\s+och\s+med|fr\.\s?o\.\s?m\.?|längst\s+till|fram\s+till|senast|cirka|ca|högst|minst|upp\s+till|drygt|knappt|omkring)"
    r"(?:\s+(?:den|utgången\s+av|år))*\s+$"
)


def _with_bound(text: str, sentence: Span, start: int) -> int:
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
    told = {"cue": float(_DIVIDES.search(statement.text) is not None), "close": 1.0, "clause": 1.0}
    if len(spans) > 1:
        start = min(span.start for span in spans)
        words = re.search(r"(?:[\w.]+\s+){0,3}$", text[statement.span.start : start])
        whole = Span(start - len(words.group()) if words else start, max(span.end for span in spans))
        yield Found(statement, whole, _plain(text[whole.start : whole.end]), told)
    elif told["cue"] and (shared := _SHARED.search(text, statement.span.start, statement.span.end)):
        yield Found(statement, Span(*shared.span()), _plain(shared.group()), told)


_NONE = re.compile(r"(?i)\b(?:ingen|inga|inget)\s+(?:\w+\s+){0,2}?\w+")


def _denials(question: Question, statement: Statement, has_figures: bool) -> Iterator[Found]:
    """ "Ingen uppsägningstid gäller": the thing asked for is said not to be."""
    if has_figures or question.asks not in (Asks.PERIOD, Asks.AMOUNT, Asks.NUMBER, Asks.NOTICE):
        return
    text = statement.agreement.text
    for match in _NONE.finditer(text, statement.span.start, statement.span.end):
        for word in words_of(text, match.start(), min(match.end() + 30, statement.span.end))[1:4]:
            if any(term.stem == word.stem for term in question.terms):
                told = {"cue": 1.0, "close": 1.0, "sole": 1.0, "clause": 1.0, "denial": 1.0, "counts": 1.0}
                yield Found(
                    statement, Span(match.start(), word.end), _plain(text[match.start() : word.end]), told
                )
                break


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
