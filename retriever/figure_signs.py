"""What speaks for and against a figure: the cue before it, whose it is, its unit, its bounds, what the sentence says of it."""

from __future__ import annotations

import re

from corpus.expressions import ExpressionKind
from corpus.types import Span
from retriever.asks import Asks
from retriever.fact_kinds import CARD, CUES, MUST_BE_CUED
from retriever.fact_places import belongs, closeness, counts, is_sum_of_all
from retriever.question import Question
from retriever.statements import Statement
from retriever.tables import Table

CLOSE = 12
"""Characters at most between a cue and the figure that it introduces."""
IN_TABLE = 0.8
"""A number in the asked-for row and column counts what is asked, though the word stands above or beside the table."""


def signs(
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
    dated = question.asks is Asks.LENGTH and kind is ExpressionKind.DATE
    if (question.asks in MUST_BE_CUED or dated) and not (must or stated):
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
        "unit": _unit(question.read_as, _titled(table, span) or text[span.end : span.end + 40]),
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
    r"(?i)\b(?:per|i|om|varje|och|/)\s*(?:[\wåäö]+-)?(?:vfu|lärar|kalender|läs)?(år|månad|vecka|dag|timme|student|elev|invånare|deltagare|anställd|kvadratmeter|kvm|kilo)"
)


_SHORT = {"kvm": "kvadratmeter"}
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


def _titled(table: Table | None, span: Span) -> str:
    """What heads the figure's column; "" where nothing does."""
    if table is None:
        return ""
    row = next((each for each in table.rows if each.start <= span.start < each.end), table.rows[0])
    column = table.column(row, span.start)
    return table.titles[column] if column > 0 else ""


def _units(words: str) -> set[str]:
    found = {_SHORT.get(m[1].casefold(), m[1].casefold()) for m in _PER.finditer(words)}
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
